/** Runs tests against one changed file at a time, in a scratch copy of the tree, with a limit of time. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { TestOrder, TestVerdict } from './test-process.ts';

export interface Tester {
  /** Puts a text in place of the file's, until the next call. */
  write(file: string, text: string): void;
  /**
   * The test file that fails; undefined when all pass, 'late' when they do not end in time.
   * @param tests paths relative to the tree
   */
  findFailing(tests: readonly string[], limitMs: number): Promise<string | undefined>;
  close(): void;
}

export const LATE = 'late';
const START_LIMIT_MS = 300_000;

/** @param files all files of the tree that tests need, relative to `root` */
export function startTester(root: string, files: readonly string[]): Tester {
  const scratch = mkdtempSync(join(tmpdir(), 'cloudwatch-mcp-mutate-'));
  const changed = new Set<string>();
  let child: ChildProcess | undefined;

  /** With its worker: one that loops for ever hears nothing else. */
  function stop(): void {
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
    child = undefined;
  }

  async function start(): Promise<ChildProcess> {
    if (child?.connected === true) return child;
    const started = fork(join(import.meta.dirname, 'test-process.ts'), [scratch], {
      cwd: scratch,
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = started;
    await nextMessage(started, START_LIMIT_MS);
    return started;
  }

  const onExit = () => {
    stop();
    rmSync(scratch, { recursive: true, force: true });
  };
  process.once('exit', onExit);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  for (const file of files) cpSync(join(root, file), join(scratch, file));
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'));
  // Some tests list the files of the tree by git.
  execFileSync('git', ['init', '--quiet'], { cwd: scratch });
  execFileSync('git', ['add', '--all'], { cwd: scratch });
  return {
    write(file, text) {
      writeFileSync(join(scratch, file), text);
      changed.add(join(scratch, file));
    },
    async findFailing(tests, limitMs) {
      const running = await start();
      const order: TestOrder = { changed: [...changed], tests: tests.map((test) => join(scratch, test)) };
      running.send(order);
      const verdict = await nextMessage(running, limitMs);
      if (verdict === LATE) stop();
      else changed.clear();
      return verdict === LATE ? LATE : verdict.map((path) => relative(scratch, path))[0];
    },
    close() {
      process.off('exit', onExit);
      onExit();
    },
  };
}

/** A process that ends without a word counts as late: something in the change ended it. */
function nextMessage(child: ChildProcess, limitMs: number): Promise<TestVerdict | typeof LATE> {
  const { promise, resolve } = Promise.withResolvers<TestVerdict | typeof LATE>();
  const timer = setTimeout(() => resolve(LATE), limitMs);
  const onEnd = () => resolve(LATE);
  const onMessage = (message: unknown) => resolve(message as TestVerdict);
  child.once('message', onMessage).once('exit', onEnd);
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', onMessage).off('exit', onEnd);
  });
}
