import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../../../../local/scenario.ts';
import { createLogWorld, makeGroup, type WorldEvent } from '../../../../test/support/log-world.ts';
import { structuredOf } from '../../../../test/support/logs-bench.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { getLogRecord } from './get-log-record.ts';

const world = createLogWorld();
let record: Record<string, string> | undefined;
let bench: ToolBench;
beforeAll(async () => {
  const { GetLogRecord: find } = world.operations;
  bench = await startToolBench({
    operations: {
      logs: {
        ...world.operations,
        GetLogRecord: (input, context) => (record === undefined ? find?.(input, context) : { logRecord: record }),
      },
    },
  });
});
afterEach(() => {
  record = undefined;
});
afterAll(() => bench.close());

const HOUR_AGO = BENCH_NOW_EPOCH_MS - 3_600_000;
const NAME = '/shop/api';

async function ask(events: readonly WorldEvent[], args: Record<string, unknown>, account: string = ACCOUNTS.prod.id) {
  const groups = [makeGroup(NAME, events, { account })];
  world.hold(groups);
  bench.local.requests.clear();
  const minute = Math.floor(HOUR_AGO / 60_000) * 60_000;
  const pointer = Buffer.from(JSON.stringify([account, 'us-east-1', NAME, minute, 5])).toString('base64url');
  const result = await bench.run('get_log_record', { pointer, ...args });
  if (result.isError !== true) getLogRecord.outputSchema.parse(result.structuredContent);
  const asked = bench.local.requests.of('GetLogEvents').map(({ input }) => input);
  return { text: bench.text(result), around: structuredOf(result).context, asked };
}

const LINES = Array.from({ length: 11 }, (_, index) => ({
  timestampEpochMs: HOUR_AGO + index * 10,
  message: `line ${index}`,
}));

describe('context of get_log_record', () => {
  it('shows the lines around the event, by the ARN of its log group', async () => {
    const { text, around, asked } = await ask(LINES, { context: 2 });
    expect(around).toEqual([
      {
        event: 1,
        log_stream: 'stream',
        before: [
          { timestamp: '2026-03-01T11:00:00.030Z', message: 'line 3' },
          { timestamp: '2026-03-01T11:00:00.040Z', message: 'line 4' },
        ],
        after: [
          { timestamp: '2026-03-01T11:00:00.060Z', message: 'line 6' },
          { timestamp: '2026-03-01T11:00:00.070Z', message: 'line 7' },
        ],
      },
    ]);
    expect(text).toContain('Around event 1 (log stream `stream`): 2 lines before, 2 after.');
    expect(text).toMatch(/\n> 2026-03-01T11:00:00\.050Z {2}line 5\n/);
    expect(asked[0]).toMatchObject({
      logGroupIdentifier: `arn:aws:logs:us-east-1:${ACCOUNTS.prod.id}:log-group:${NAME}`,
    });
  });

  it('reads those of a linked account', async () => {
    const { around } = await ask(LINES, { context: 1 }, ACCOUNTS.dev.id);
    expect(around[0]).toMatchObject({ before: [{ message: 'line 4' }], after: [{ message: 'line 6' }] });
  });

  it('asks for none by itself', async () => {
    const { around, asked } = await ask(LINES, {});
    expect([around, asked]).toEqual([undefined, []]);
  });

  it('leaves the event its room, and shows the lines beside one field too', async () => {
    const long = LINES.map((line) => ({ ...line, message: `${line.message} ${'x'.repeat(50_000)}` }));
    const whole = await ask(long, { context: 5 });
    expect(whole.text.length).toBeLessThanOrEqual(24_000);
    expect(whole.text).toContain('Around event 1 (log stream `stream`): 5 lines before, 5 after.');
    const field = await ask(long, { context: 5, field: '@message', offset: 10 });
    expect(field.text).toContain('5 lines before, 5 after.');
  });

  it.each([
    ['lacks its log stream', { '@log': `${ACCOUNTS.prod.id}:${NAME}`, '@timestamp': `${HOUR_AGO}` }],
    ['has a time that is none', { '@log': `${ACCOUNTS.prod.id}:${NAME}`, '@logStream': 's', '@timestamp': 'soon' }],
    ['names its log group in another way', { '@log': NAME, '@logStream': 's', '@timestamp': `${HOUR_AGO}` }],
  ])('says that the event %s', async (_case, logRecord) => {
    record = { ...logRecord, '@message': 'x' };
    const { text, around, asked } = await ask(LINES, { context: 3 });
    expect(text).toContain('Warning: Lines around the event could not be asked for: the event lacks');
    expect([around, asked]).toEqual([undefined, []]);
  });

  it('says that what follows an event of now may still come', async () => {
    record = {
      '@log': `${ACCOUNTS.prod.id}:${NAME}`,
      '@logStream': 'stream',
      '@timestamp': `${BENCH_NOW_EPOCH_MS - 5_000}`,
      '@message': 'x',
    };
    const { text } = await ask(LINES, { context: 3 });
    expect(text).toContain('Events since 2026-03-01T11:58:30Z (90 s) may still be arriving.');
    expect(text).toContain('The line itself was not found there');
  });
});
