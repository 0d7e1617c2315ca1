/** Several log groups in one call, other baselines, and errors that began before the windows. */
import { afterEach, describe, expect, it } from 'vitest';
import { LOG_GROUPS } from '../../../../local/scenario.ts';
import { type LogsBenchOptions, startLogsBench, structuredOf } from '../../../../test/support/logs-bench.ts';
import { messageRows, scriptAnalysis } from '../../../../test/support/scripted-analysis.ts';
import type { ToolBench } from '../../../../test/support/tool-bench.ts';
import { analyzeLogGroup } from './analyze-log-group.ts';

let bench: ToolBench | undefined;
afterEach(() => bench?.close());

async function analyze(args: Record<string, unknown>, options: LogsBenchOptions = {}) {
  bench = await startLogsBench(options);
  const result = await bench.run('analyze_log_group', args);
  if (result.isError !== true) analyzeLogGroup.outputSchema.strict().parse(result.structuredContent);
  return { text: bench.text(result), structured: structuredOf(result), requests: bench.local.requests };
}

const DEPLOY = { start_time: '2026-03-01T11:20:00Z', end_time: '2026-03-01T11:36:00Z' };
const SHOP = [LOG_GROUPS.cart, LOG_GROUPS.checkout, LOG_GROUPS.payment, LOG_GROUPS.database];

describe('several log groups', () => {
  it('answer which messages are new over all of them, the quiet ones in one line', async () => {
    const { text, structured } = await analyze({ log_group_names: SHOP, ...DEPLOY });
    expect(text).toMatch(/^2 of 4 log groups changed in these 16m: 3 new error patterns.* against the 16m before\./);
    expect(text).toMatch(
      /\nWithout change: `\/aws\/lambda\/shop-cart` \([\d,]+ events\), `\/aws\/lambda\/shop-payment` \([\d,]+ events\)\.\n/,
    );
    expect(text).toMatch(/\n\/aws\/lambda\/shop-checkout \| version \| 2\.14\.0 \| new \|/);
    expect(structured.groups.map(({ log_group }: { log_group: string }) => log_group)).toEqual(SHOP);
    expect(structured.changed.slice(0, 3)).toMatchObject([
      { change: 'new', severity: 'error' },
      { change: 'new', severity: 'error' },
      { change: 'new', severity: 'error' },
    ]);
    expect(new Set(structured.changed.map(({ log_group }: { log_group: string }) => log_group))).toEqual(
      new Set([LOG_GROUPS.checkout, LOG_GROUPS.database]),
    );
  });

  it('are each named once, and one alone answers as ever', async () => {
    const { structured } = await analyze({ log_group_names: [LOG_GROUPS.cart, LOG_GROUPS.cart], start_time: '-10m' });
    expect(structured).toMatchObject({ log_group: LOG_GROUPS.cart, is_compared: true });
    expect(structured).not.toHaveProperty('groups');
  });

  it('give the rest when one of them fails, and the failure when all do', async () => {
    const { text, structured } = await analyze({ log_group_names: [LOG_GROUPS.cart, '/aws/lambda/shop-chekout'] });
    expect(text).toMatch(
      /^No new, grown or vanished pattern in 1 of 2 log groups against the 1h before; 1 gave no answer\./,
    );
    expect(text).toMatch(
      /Warning: `\/aws\/lambda\/shop-chekout` gave no answer: Log group .* does not exist\. Did you mean/,
    );
    expect(structured.groups).toHaveLength(1);
    const failed = await bench?.run('analyze_log_group', { log_group_names: ['/no/a', '/no/b'] });
    expect(JSON.stringify(failed)).toMatch(/Error: Log group .*\/no\/a.* does not exist/);
  });

  it('share one scan budget', async () => {
    const { operations, stopped } = scriptAnalysis(() => ({
      status: 'Running',
      rows: messageRows('job 1 done'),
      statistics: { bytesScanned: 300_000_000 },
    }));
    const { text } = await analyze({ log_group_names: ['/test/a', '/test/b'], max_scan_gb: 0.5 }, { logs: operations });
    expect(text).toContain('was stopped by the scan budget and is not whole');
    expect(text).toContain('Compared with nothing: ');
    expect(stopped.size).toBeGreaterThan(0);
  });
});

it('compares with the same hours a day before', async () => {
  const { text, structured, requests } = await analyze({
    log_group_arn: LOG_GROUPS.checkout,
    ...DEPLOY,
    baseline: '1d',
  });
  expect(text).toMatch(/^`.*`: 2 new error patterns, 1 other new pattern.*; .* in the same 16m a day before\)\.\n/);
  expect(text).toContain('What changed against the same 16m a day before:');
  expect(structured.fields[0]).toMatchObject({ field: 'version', value: '2.14.0', change: 'new' });
  const starts = requests.of('StartQuery').map(({ input }) => (input as { startTime: number }).startTime);
  expect((starts[0] ?? 0) - (starts[1] ?? 0)).toBe(86_400);
});

it('says since when there are errors that the window before has too', async () => {
  const { text, structured } = await analyze({ log_group_arn: LOG_GROUPS.checkout, start_time: '-10m' });
  expect(text).toMatch(
    /^`.*`: no new, .*; [\d,]+ errors, [\d,]+ in the 10m before: it began earlier \(2026-03-01T11:[23]\d:\d\dZ\); /,
  );
  expect(text).toMatch(/Hint: What was new when it began: the same call with start_time=2026-03-01T11:[23]\d:\d\dZ\./);
  expect(structured.error_patterns.map(({ since }: { since?: string }) => since)).toContainEqual(
    expect.stringMatching(/^2026-03-01T11:[23]/),
  );
});

it('tells the version of a deploy in the first screen', async () => {
  const { text } = await analyze({ log_group_arn: LOG_GROUPS.checkout, ...DEPLOY });
  const screen = text.split('\n').slice(0, 30);
  expect(screen).toContainEqual(
    expect.stringMatching(/^version \| 2\.14\.0 \| new \| \d+ % \| 0 % \| 2026-03-01T11:2/),
  );
});
