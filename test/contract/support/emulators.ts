/** Other emulators of AWS, each a Python program on a free port. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PythonName, pythonProgram } from './equipment.ts';

export interface Emulator {
  readonly endpoint: string;
  stop(): Promise<void>;
}

interface EmulatorKind {
  readonly python: PythonName;
  readonly args: (port: number) => readonly string[];
  readonly env: (port: number) => Readonly<Record<string, string>>;
}

export const EMULATORS = {
  moto: {
    python: 'clients',
    args: (port) => ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    env: () => ({}),
  },
  ministack: {
    python: 'ministack',
    args: () => ['-c', 'from ministack.app import main; main()'],
    env: (port) => ({ GATEWAY_PORT: String(port), MINISTACK_HOST: '127.0.0.1' }),
  },
} as const satisfies Readonly<Record<string, EmulatorKind>>;

export type EmulatorName = keyof typeof EMULATORS;

const START_LIMIT_MS = 120_000;

/** Starts an emulator and waits until it answers. @throws when it ends or does not answer in two minutes, with what it said */
export async function startEmulator(name: EmulatorName, workDir: string): Promise<Emulator> {
  const { python, args, env } = EMULATORS[name];
  const port = await findPort();
  const child = spawn(pythonProgram(python), args(port), {
    cwd: workDir,
    env: { ...process.env, ...env(port), TMPDIR: workDir, HOME: workDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4_000)));
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  for (const startedMs = performance.now(); performance.now() - startedMs < START_LIMIT_MS; await sleep(200)) {
    if (child.exitCode !== null) break;
    const isUp = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (isUp) return { endpoint, stop };
  }
  await stop();
  throw new Error(`${name} did not answer: ${said}`);
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
