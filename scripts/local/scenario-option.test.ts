/** `--scenario`, LOCAL_SCENARIO and `npm run scenario` as a person uses them: child processes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtemp(join(tmpdir(), 'scenario-option-'));
afterAll(async () => rm(await folder, { recursive: true }));

function start(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const path = join(import.meta.dirname, script);
  return spawn(process.execPath, [path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, PORT: '0', ...env },
  });
}

/** Runs to the end. */
async function run(...args: Parameters<typeof start>): Promise<{ code: unknown; output: string; errors: string }> {
  const child = start(...args);
  const [[code], output, errors] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code, output, errors };
}

/** What `npm run local` tells in its line. */
async function readLine(...args: Parameters<typeof start>): Promise<Record<string, unknown>> {
  const child = start(...args);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  child.kill('SIGTERM');
  await once(child, 'close');
  return JSON.parse(String(line)) as Record<string, unknown>;
}

describe('the scenario of the local commands', () => {
  it('is what LOCAL_SCENARIO names, e.g. a built-in one that was exported; its times count from the anchor', async () => {
    const file = join(await folder, 'linked.json.gz');
    const exported = await run('scenario.ts', ['export', 'linked-accounts', file]);
    expect(exported).toMatchObject({ code: 0, output: expect.stringContaining(file) });
    const before = Math.floor(Date.now() / 60_000) * 60_000;
    const line = await readLine('local.ts', [], { LOCAL_SCENARIO: file });
    expect(line).toMatchObject({ scenario: 'linked-accounts', region: 'us-east-1' });
    const anchorEpochMs = Date.parse(String(line.anchor));
    expect(anchorEpochMs % 60_000).toBe(0);
    expect(anchorEpochMs).toBeGreaterThanOrEqual(before);
    expect(anchorEpochMs).toBeLessThanOrEqual(Date.now());
  });

  it('is what the option names rather than the variable', async () => {
    const file = join(await folder, 'mine.json');
    await writeFile(file, JSON.stringify({ format: 1, name: 'mine', region: 'eu-west-1' }));
    const line = await readLine('local.ts', ['--scenario', file], { LOCAL_SCENARIO: 'no-such-thing' });
    expect(line).toMatchObject({ scenario: 'mine', region: 'eu-west-1' });
  });

  it.each(['local.ts', 'start.ts'])('tells all faults at once, and ends with 1: %s', async (script) => {
    const file = join(await folder, `faults-${script}.json`);
    const metric = { Namespace: 'A', MetricName: 'B', period: 60, start: 0 };
    await writeFile(
      file,
      JSON.stringify({
        format: 1,
        name: 'faults',
        colour: 'red',
        metrics: [{ ...metric, period: 7, values: [] }],
        events: [{ EventName: 'x' }],
        logGroups: [{ logGroupName: 'a', retentionInDays: 2 }],
      }),
    );
    const { code, output, errors } = await run(script, ['--scenario', file]);
    expect([code, output]).toEqual([1, '']);
    expect(errors).toContain('4 faults → mend the file and load it again');
    for (const path of ['colour: ', 'metrics[0].period: ', 'events[0].EventTime: ', 'logGroups[0].retentionInDays: '])
      expect(errors).toContain(`\n  ${path}`);
  });

  it.each([
    [['--scenario', 'no-such-thing'], 'slow-leak'],
    [['--colour', 'red'], '--colour'],
  ])('refuses %j', async (args, told) => {
    const { code, errors } = await run('local.ts', args);
    expect(code).toBe(1);
    expect(errors).toContain(told);
  });

  it.each([[[]], [['export', 'no-such-thing', 'x.json']], [['export', 'slow-leak']]])(
    'lists what can be exported for %j',
    async (args) => {
      const { code, errors } = await run('scenario.ts', args);
      expect(code).toBe(1);
      expect(errors).toContain('connection-exhaustion');
    },
  );
});
