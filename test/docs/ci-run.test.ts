/** `.ci/run` with a stand-in for npm: what it runs, what it sums, when it fails. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from './markdown.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-run-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Verdict {
  readonly code: number;
  readonly lastLine: string;
  readonly calls: string[];
}

/** @param answers bash commands that the stand-in runs for `npm ci`, `npm test` and `npm run check`; the others always pass */
async function runWith(answers: { ci?: string; test?: string; check?: string }): Promise<Verdict> {
  const calls = join(folder, 'calls');
  const npm = join(folder, 'npm');
  writeFileSync(
    npm,
    `#!/usr/bin/env bash
echo "npm $*" >> "${calls}"
case "$*" in
  ci) ${answers.ci ?? 'true'} ;;
  test) ${answers.test ?? 'echo "3 passed, 0 failed"'} ;;
  "run check") ${answers.check ?? 'echo "8 passed, 0 failed"'} ;;
  "run test:deploy") echo "5 passed, 0 failed" ;;
  "run test:kube") echo "4 passed, 0 failed" ;;
  "run test:browser") echo "2 passed, 0 failed" ;;
  "run test:contract") echo "4 passed, 0 failed" ;;
esac
`,
  );
  chmodSync(npm, 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH ?? ''}` };
  const { code, stdout } = await new Promise<{ code: number; stdout: string }>((resolve) => {
    execFile('bash', [join(ROOT, '.ci/run')], { env }, (error, text) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout: text }),
    );
  });
  return {
    code,
    lastLine: stdout.trimEnd().split('\n').at(-1) ?? '',
    calls: readFileSync(calls, 'utf8').trim().split('\n'),
  };
}

describe('.ci/run', () => {
  it('installs, tests, checks and sums the closing lines', async () => {
    expect(await runWith({})).toEqual({
      code: 0,
      lastLine: '26 passed, 0 failed',
      calls: [
        'npm ci',
        'npm test',
        'npm run check',
        'npm run test:deploy',
        'npm run test:kube',
        'npm run test:browser',
        'npm run test:contract',
      ],
    });
  });

  it('goes on after failed tests, and fails', async () => {
    const verdict = await runWith({ test: 'echo "1 passed, 2 failed, 1 skipped"; exit 1' });
    expect(verdict).toMatchObject({ code: 1, lastLine: '24 passed, 2 failed' });
    expect(verdict.calls).toContain('npm run check');
  });

  it('takes the last closing line, whatever stands before and after it', async () => {
    const test = 'echo "9 passed, 9 failed"; echo noise; echo "4 passed, 0 failed"; echo more noise';
    expect(await runWith({ test })).toMatchObject({ code: 0, lastLine: '27 passed, 0 failed' });
  });

  it('counts a command that ends without a closing line as one failure', async () => {
    expect(await runWith({ check: 'echo "crashed"; exit 139' })).toMatchObject({
      code: 1,
      lastLine: '18 passed, 1 failed',
    });
  });

  it('counts a command that fails in spite of its closing line', async () => {
    expect(await runWith({ test: 'echo "3 passed, 0 failed"; exit 1' })).toMatchObject({
      code: 1,
      lastLine: '26 passed, 1 failed',
    });
  });

  it('stops when nothing could be installed', async () => {
    expect(await runWith({ ci: 'exit 1' })).toEqual({ code: 1, lastLine: '0 passed, 1 failed', calls: ['npm ci'] });
  });

  it('gives no command a standard input', async () => {
    expect(await runWith({ test: 'if read -r line; then exit 1; fi; echo "3 passed, 0 failed"' })).toMatchObject({
      code: 0,
    });
  });
});
