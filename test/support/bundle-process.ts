/** Starts the built bundle as a process and watches it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';

const LAMBDA_HOST = join(import.meta.dirname, 'lambda-host.mjs');

export interface BundleProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code once both streams are read to the end. */
  readonly exit: Promise<number | null>;
  /** Resolves with the text that `pattern` matches in stdout or stderr; rejects when the process ends first. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
}

export function getBundlePath(): string {
  const fault = inject('bundleFault');
  if (fault !== '') throw new Error(fault);
  return inject('bundlePath');
}

/** The environment is `env`; nothing of the machine's AWS settings leaks in. */
export function startBundle(args: readonly string[], env: Readonly<Record<string, string>> = {}): BundleProcess {
  return watch([getBundlePath(), ...args], env);
}

/** Imports the bundle as Lambda does, asks for `/health` once, and prints status and body. */
export function startBundleAsLambda(env: Readonly<Record<string, string>>): BundleProcess {
  return watch([LAMBDA_HOST, getBundlePath()], env);
}

function watch(args: readonly string[], env: Readonly<Record<string, string>>): BundleProcess {
  // All processes of a run share what the first has compiled.
  const cache = join(dirname(getBundlePath()), 'compile-cache');
  const child = spawn(process.execPath, args, { env: { NODE_COMPILE_CACHE: cache, ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    stdout: () => out,
    stderr: () => err,
    exit,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(out + err);
          if (match !== null) resolve(match);
        };
        child.stdout.on('data', check);
        child.stderr.on('data', check);
        child.once('close', () => reject(new Error(`The process ended without ${pattern}: ${out}${err}`)));
        check();
      }),
  };
}
