/** A server whose memory is looked at all the time; RSS as the system counts it, in MB. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startServer } from '../processes.ts';

const SAMPLE_MS = 50;
const COLLECT_MS = 1_000;
/** The first collection frees what the second finds unreachable. */
const COLLECTIONS = 2;

export interface WatchedServer {
  readonly url: string;
  rssMb(): number;
  /** The highest since the last call of it. */
  takePeakMb(): number;
  /** Collects all garbage, and says what is left: what is held. */
  collect(): Promise<Held>;
  stop(): Promise<void>;
}

export interface Held {
  readonly rssMb: number;
  /** Objects of the heap that are in use. */
  readonly heapMb: number;
}

/** The server must collect garbage on SIGUSR2 (collect-on-signal.mjs). */
export async function watchServer(...args: Parameters<typeof startServer>): Promise<WatchedServer> {
  const server = await startServer(...args);
  let peakMb = 0;
  const look = (): void => {
    peakMb = Math.max(peakMb, server.rssMb());
  };
  const timer = setInterval(look, SAMPLE_MS);
  return {
    url: server.url,
    rssMb: () => server.rssMb(),
    takePeakMb() {
      look();
      const taken = peakMb;
      peakMb = 0;
      return taken;
    },
    async collect() {
      for (let count = 0; count < COLLECTIONS; count += 1) {
        server.signal('SIGUSR2');
        await sleep(COLLECT_MS);
      }
      return { rssMb: server.rssMb(), heapMb: await readHeapMb(server) };
    },
    async stop() {
      clearInterval(timer);
      await server.stop();
    },
  };
}

async function readHeapMb({ url }: Child): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1]) / 1_000_000;
}
