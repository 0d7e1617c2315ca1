/** A server whose memory is looked at all the time; RSS as the system counts it, in MB. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../../lib/config/config.ts';
import { type Child, startServer } from '../processes.ts';

const SAMPLE_MS = 50;
const COLLECT_MS = 1_000;
/** The first collection frees what the second finds unreachable. */
const COLLECTIONS = 2;
/** Options of Node for a server that is watched. */
const COLLECT_ON_SIGNAL = ['--expose-gc', '--import', join(import.meta.dirname, '..', 'collect-on-signal.mjs')];

export interface WatchedServer {
  readonly url: string;
  rssMb(): number;
  /** Open files and sockets; Linux only, otherwise not a number. */
  openFiles(): number;
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

/** @param start as `startServer` takes it; the server collects garbage on SIGUSR2 besides (collect-on-signal.mjs) */
export async function watchServer(
  ...start: readonly [bundle: string, port: number, env: Environment]
): Promise<WatchedServer> {
  const server = await startServer(...start, COLLECT_ON_SIGNAL);
  let peakMb = 0;
  const look = (): void => {
    peakMb = Math.max(peakMb, server.rssMb());
  };
  const timer = setInterval(look, SAMPLE_MS);
  return {
    url: server.url,
    rssMb: () => server.rssMb(),
    openFiles: () => server.openFiles(),
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
