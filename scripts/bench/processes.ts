/** Child processes of the benchmark: started, asked for their memory, stopped by their own id. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../lib/config/config.ts';

const START_TIMEOUT_MS = 20_000;
const POLL_MS = 2;

export interface Child {
  readonly url: string;
  /** Resident memory in megabytes; Linux only, otherwise not a number. */
  rssMb(): number;
  /** Open files and sockets; Linux only, otherwise not a number. */
  openFiles(): number;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** A program that prints its URL as the first line. */
export async function startPrinting(args: readonly string[]): Promise<Child> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', (line: Buffer) => resolve(line.toString('utf8').trim()));
  });
  return describe(child, url);
}

/** NODE_OPTIONS of the image. */
export function readImageFlags(): string {
  const dockerfile = readFileSync(join(import.meta.dirname, '..', '..', 'Dockerfile'), 'utf8');
  const flags = /NODE_OPTIONS="([^"]+)"/.exec(dockerfile)?.[1];
  if (flags === undefined) throw new Error('The Dockerfile sets no NODE_OPTIONS.');
  return flags;
}

/**
 * The bundle as a server.
 * @param execArgv further options of Node
 * @returns when /health answers 200
 */
export async function startServer(
  bundle: string,
  port: number,
  env: Environment,
  execArgv: readonly string[] = [],
): Promise<Child> {
  const child = spawn(process.execPath, [...execArgv, bundle], {
    stdio: 'ignore',
    env: { ...env, CLOUDWATCH_MCP_PORT: String(port), LOG_LEVEL: 'ERROR' },
  });
  const url = `http://127.0.0.1:${port}`;
  const untilMs = performance.now() + START_TIMEOUT_MS;
  while (!(await isHealthy(url))) {
    if (performance.now() > untilMs) throw new Error(`${bundle} does not answer at ${url}`);
    await sleep(POLL_MS);
  }
  return describe(child, url);
}

/** Milliseconds of a whole run of `node -e 0`. */
export async function timeBareNode(): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return performance.now() - startedMs;
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}

function describe(child: ChildProcess, url: string): Child {
  return {
    url,
    rssMb() {
      try {
        const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
        return Number(kilobytes) / 1_000;
      } catch {
        return Number.NaN;
      }
    },
    openFiles() {
      try {
        return readdirSync(`/proc/${child.pid}/fd`).length;
      } catch {
        return Number.NaN;
      }
    },
    signal: (name) => void child.kill(name),
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
    },
  };
}
