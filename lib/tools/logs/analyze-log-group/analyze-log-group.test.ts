import { afterEach, describe, expect, it } from 'vitest';
import { LOG_GROUPS } from '../../../../local/scenario.ts';
import { type LogsBenchOptions, startLogsBench, structuredOf } from '../../../../test/support/logs-bench.ts';
import type { ToolBench } from '../../../../test/support/tool-bench.ts';
import { analyzeLogGroup } from './analyze-log-group.ts';

let bench: ToolBench | undefined;
afterEach(() => bench?.close());

async function analyze(args: Record<string, unknown>, options: LogsBenchOptions = {}) {
  bench = await startLogsBench(options);
  const result = await bench.run('analyze_log_group', args);
  if (result.isError !== true) analyzeLogGroup.outputSchema.strict().parse(result.structuredContent);
  const started = bench.local.requests.of('StartQuery').map(({ input }) => input as Record<string, unknown>);
  return { text: bench.text(result), structured: structuredOf(result), started };
}

const SINCE_DEPLOY = { start_time: '-40m' };

describe('analyze_log_group', () => {
  it('gives filters that find the events of a pattern and no others', async () => {
    const { structured } = await analyze({ log_group_arn: LOG_GROUPS.checkout, ...SINCE_DEPLOY });
    expect(structured.changed).toHaveLength(3);
    for (const { filter, count } of structured.changed) {
      const args = {
        log_group_names: [LOG_GROUPS.checkout],
        query_string: `${filter} | stats count(*) as n`,
        ...SINCE_DEPLOY,
      };
      const found = await bench?.run('execute_log_insights_query', args);
      expect(found?.structuredContent).toMatchObject({ rows: [[count]] });
    }
  });

  it('sees refused connections and the slow statement in the database', async () => {
    const { text, structured } = await analyze({ log_group_arn: LOG_GROUPS.database });
    expect(text).toMatch(
      /^`.*`: 1 new error pattern, 1 grown pattern.*; [\d,]+ events \([\d,]+ in the 1h before\)\.\n/,
    );
    expect(structured.changed[0]).toMatchObject({
      change: 'new',
      severity: 'error',
      count_before: 0,
      since: expect.stringMatching(/^2026-03-01T11:22:\d\dZ$/),
    });
    expect(structured.changed[0].pattern).toContain('remaining connection slots are reserved');
    expect(structured.changed[1]).toMatchObject({ change: 'grown', pattern: expect.stringContaining('order_items') });
    expect(structured.changed[1]).not.toHaveProperty('since');
    expect(structured.anomalies).toHaveLength(1);
  });

  it('sees server failures that only the HTTP status of an access log tells', async () => {
    const { structured } = await analyze({ log_group_arn: LOG_GROUPS.apiAccess });
    expect(structured.changed).toMatchObject([
      {
        change: 'new',
        severity: 'error',
        pattern: 'httpMethod=POST resourcePath=/checkout status=5xx',
        count_before: 0,
      },
    ]);
    expect(structured.error_patterns).toHaveLength(1);
  });

  it('says that nothing changed where nothing did', async () => {
    const { text, structured } = await analyze({ log_group_arn: LOG_GROUPS.cart });
    expect(text).toMatch(/^`.*`: no new, grown or vanished pattern against the 1h before; .*[\d,]+ events/);
    expect(text).toContain('Hint: Nothing changed here');
    expect(structured).toMatchObject({ changed: [], is_compared: true, shown: 0, total: 0 });
    // The few failures of every hour.
    expect(structured.error_patterns).toMatchObject([{ change: 'steady' }]);
  });

  it('asks two windows of equal length that share no second', async () => {
    const args = {
      log_group_arn: LOG_GROUPS.checkout,
      start_time: '2026-03-01T11:00:00Z',
      end_time: '2026-03-01T11:30:00Z',
    };
    const { started } = await analyze(args);
    const seconds = (time: string) => Date.parse(`2026-03-01T${time}Z`) / 1_000;
    const ranges = started.map(({ startTime, endTime }) => [startTime, endTime]);
    const now = [seconds('11:00:00'), seconds('11:29:59')];
    const before = [seconds('10:30:00'), seconds('10:59:59')];
    const asked = new Set(ranges.map((range) => JSON.stringify(range)));
    expect(asked).toContain(JSON.stringify(now));
    expect(asked).toContain(JSON.stringify(before));
  });
});

describe('what is named', () => {
  const arn = `arn:aws:logs:us-east-1:111122223333:log-group:${LOG_GROUPS.cart}`;

  it.each([LOG_GROUPS.cart, arn, `${arn}:*`])('takes %s', async (log_group_arn) => {
    const { structured, started } = await analyze({ log_group_arn, start_time: '-10m' });
    expect(structured).toMatchObject({ log_group: LOG_GROUPS.cart, class: 'STANDARD' });
    expect(JSON.stringify(started)).not.toContain(':*');
  });

  it('asks the region of the ARN, and refuses another', async () => {
    const log_group_arn = 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/shop-edge';
    const { structured } = await analyze({ log_group_arn });
    expect(structured.targets).toEqual([{ account: 'default', region: 'eu-west-1' }]);
    const refused = await bench?.run('analyze_log_group', { log_group_arn, region: 'us-east-1' });
    expect(JSON.stringify(refused)).toMatch(/Error: The ARNs are of region eu-west-1, but region says/);
  });

  it('finds a log group of a linked account', async () => {
    const log_group_arn = `arn:aws:logs:us-east-1:222233334444:log-group:${LOG_GROUPS.checkout}`;
    const { structured, started } = await analyze({ log_group_arn, start_time: '-3h' });
    expect(structured.events).toBe(12);
    expect(started[0]).toMatchObject({ logGroupIdentifiers: [log_group_arn] });
  });

  it('names near log groups for one that does not exist', async () => {
    const { text, started } = await analyze({ log_group_arn: '/aws/lambda/shop-chekout' });
    expect(text).toMatch(
      /^Error: Log group "\/aws\/lambda\/shop-chekout" does not exist\. Did you mean .*shop-checkout/,
    );
    expect(started).toEqual([]);
  });

  it.each([
    [{}, /^Error: .*log_group_arn/],
    [
      { log_group_arn: 'no such name!' },
      /^Error: log_group_arn holds "no such name!", which cannot be the name of a log group →/,
    ],
    [{ log_group_arn: 'arn:aws:s3:::bucket' }, /^Error: log_group_arn holds an ARN that is not one of a log group →/],
    [
      { log_group_arn: LOG_GROUPS.cart, start_time: 'now', end_time: '-1h' },
      /^Error: start_time .* is not before end_time/,
    ],
    [{ log_group_arn: LOG_GROUPS.cart, start_time: 'soon' }, /^Error: start_time "soon" is not a time →/],
    [{ log_group_arn: LOG_GROUPS.cart, start_time: '2027-01-01' }, /^Error: start_time .* lies in the future/],
    [{ log_group_arn: LOG_GROUPS.cart, colour: 'x' }, /^Error: unknown argument "colour"/],
    [{ log_group_names: [] }, /^Error: No log group is named → pass log_group_arn, or log_group_names/],
    [
      { log_group_names: Array.from({ length: 10 }, (_, index) => `g${index}`), log_group_arn: 'one-more' },
      /^Error: 11 log groups are named, and a call takes 10 →/,
    ],
    [{ log_group_arn: LOG_GROUPS.cart, start_time: '-2d', baseline: '1d' }, /^Error: baseline=1d compares with/],
    [{ log_group_arn: LOG_GROUPS.cart, baseline: 'month' }, /^Error: .*baseline/],
    [{ log_group_arn: LOG_GROUPS.cart, region: 'us-esat-1' }, /^Error: region "us-esat-1" does not exist/],
    [
      { log_group_arn: '/aws/lambda/edge-delivery' },
      /^Error: Log group .* is of class DELIVERY, which .* cannot query → look where it is delivered/,
    ],
    [
      { log_group_arn: LOG_GROUPS.eks, start_time: '-30d', end_time: '-20d' },
      /^Error: Log group .* keeps 14 days, so nothing is left from before/,
    ],
  ])('refuses %j', async (args, message) => {
    const { text, started } = await analyze(args);
    expect(text).toMatch(message);
    expect(started).toEqual([]);
  });
});
