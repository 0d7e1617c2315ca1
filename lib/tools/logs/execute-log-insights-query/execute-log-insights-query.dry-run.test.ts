/** What both query tools say before a query: what it would scan and cost; nothing is started. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LOG_GROUPS } from '../../../../local/scenario.ts';
import { structuredOf } from '../../../../test/support/logs-bench.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { executeCwlInsightsBatch } from '../execute-cwl-insights-batch/execute-cwl-insights-batch.ts';
import { executeLogInsightsQuery } from './execute-log-insights-query.ts';

const DAY_MS = 86_400_000;
const FIVE_MINUTES_MS = 300_000;

interface MadeGroup {
  readonly name: string;
  readonly storedBytes?: number;
  readonly retentionInDays?: number;
  /** Bytes in each five minutes; none = the metric has no data. */
  readonly incoming?: number;
}

let groups: readonly MadeGroup[] = [];
let bench: ToolBench;
let shop: ToolBench;
beforeAll(async () => {
  shop = await startToolBench();
  bench = await startToolBench({
    operations: {
      logs: {
        DescribeLogGroups: ({ logGroupIdentifiers = [] }: { logGroupIdentifiers?: string[] }) => ({
          logGroups: groups
            .filter(({ name }) => logGroupIdentifiers.includes(name))
            .map(({ name, incoming: _incoming, ...group }) => ({
              logGroupName: name,
              logGroupArn: `arn:aws:logs:us-east-1:111122223333:log-group:${name}`,
              logGroupClass: 'STANDARD',
              creationTime: BENCH_NOW_EPOCH_MS - 400 * DAY_MS,
              ...group,
            })),
        }),
      },
      cloudwatch: {
        GetMetricData: ({ MetricDataQueries = [], StartTime, EndTime }) => ({
          MetricDataResults: MetricDataQueries.map(({ Id, MetricStat }: MetricQuery) => {
            const name = MetricStat.Metric.Dimensions[0]?.Value;
            const bytes = groups.find((group) => group.name === name)?.incoming;
            const count = (Number(EndTime) - Number(StartTime)) / (MetricStat.Period * 1_000);
            const Timestamps = Array.from(
              { length: bytes === undefined ? 0 : count },
              (_, index) => new Date(Number(StartTime) + index * MetricStat.Period * 1_000),
            );
            const perPeriod = ((bytes ?? 0) * MetricStat.Period * 1_000) / FIVE_MINUTES_MS;
            return { Id, Label: Id, StatusCode: 'Complete', Timestamps, Values: Timestamps.map(() => perPeriod) };
          }),
        }),
      },
    },
  });
});
afterEach(() => {
  bench.local.faults.clear();
  bench.local.requests.clear();
});
afterAll(() => Promise.all([bench.close(), shop.close()]));

interface MetricQuery {
  Id: string;
  MetricStat: { Period: number; Metric: { Dimensions: { Value: string }[] } };
}

const TOOLS = [
  ['execute_log_insights_query', executeLogInsightsQuery],
  ['execute_cwl_insights_batch', executeCwlInsightsBatch],
] as const;

async function dryRun(tool: string, made: readonly MadeGroup[], args: Record<string, unknown> = {}) {
  groups = made;
  const result = await bench.run(tool, {
    log_group_names: made.map(({ name }) => name),
    query_string: 'stats count(*) by level',
    start_time: '-1h',
    dry_run: true,
    ...args,
  });
  expect(bench.local.requests.of('StartQuery')).toEqual([]);
  return { result, text: bench.text(result), structured: structuredOf(result) };
}

describe.each(TOOLS)('dry_run of %s', (tool, definition) => {
  it('adds what came in, largest first, and says within the limit', async () => {
    const { result, text, structured } = await dryRun(tool, [
      { name: 'small', incoming: 1_000_000 },
      { name: 'large', incoming: 200_000_000, storedBytes: 1 },
    ]);
    expect(definition.outputSchema.safeParse(result.structuredContent).error).toBeUndefined();
    expect(text).toMatch(
      /^Dry run, nothing was started: about 2.41 GB in 2 log groups, \$0.0121; within the limit of 100 GB\./,
    );
    expect(text).toContain('$0.005 per GB scanned (CLOUDWATCH_MCP_INSIGHTS_USD_PER_GB of this server)');
    expect(text).toContain('large | default/us-east-1 | 2.4 GB | metric');
    expect(structured).toMatchObject({
      status: 'not_started',
      estimate: { bytes: 2_412_000_000, cost_usd: 0.01206, is_within_limit: true, log_groups_not_known: 0 },
    });
    expect(structured.estimate.log_groups.map(({ log_group }: { log_group: string }) => log_group)).toEqual([
      'large',
      'small',
    ]);
  });

  it('says when it would be stopped', async () => {
    const { text, structured } = await dryRun(tool, [{ name: 'g', incoming: 200_000_000 }], { max_scan_gb: 2 });
    expect(text).toMatch(/; more than the 2 GB allowed, where it would be stopped\./);
    expect(structured.estimate).toMatchObject({ is_within_limit: false, max_scan_gb: 2 });
  });

  it('takes what is stored where the metric has nothing, and does not know where nothing expires', async () => {
    const { text, structured } = await dryRun(tool, [
      { name: 'kept', storedBytes: 240_000_000, retentionInDays: 10 },
      { name: 'forever', storedBytes: 9_000_000_000_000 },
    ]);
    expect(text).toMatch(/: at least 1 MB in 2 log groups, .*; whether it stays within 100 GB is not known\./);
    expect(text).toContain('forever | default/us-east-1 | not known | not known');
    expect(structured.estimate).toMatchObject({ bytes: 1_000_000, log_groups_not_known: 1 });
    expect(structured.estimate).not.toHaveProperty('is_within_limit');
    const none = await dryRun(tool, [{ name: 'forever', storedBytes: 9 }]);
    expect(none.text).toMatch(/: what it would scan in 1 log group is not known;/);
  });

  it('falls back, and says so, when the metric is denied', async () => {
    bench.local.faults.add({ operation: 'GetMetricData', fault: { kind: 'accessDenied' } });
    const { text } = await dryRun(tool, [{ name: 'kept', storedBytes: 240_000_000, retentionInDays: 10 }]);
    expect(text).toContain('What came in is not known: AWS denies cloudwatch:GetMetricData');
    expect(text).toContain('kept | default/us-east-1 | 1 MB | stored');
  });

  it('knows by the metric alone when the log groups may not be listed', async () => {
    bench.local.faults.add({ operation: 'DescribeLogGroups', fault: { kind: 'accessDenied' } });
    const { text } = await dryRun(tool, [{ name: 'g', incoming: 1_000_000 }]);
    expect(text).toMatch(/^Dry run, nothing was started: about 12 MB in 1 log group/);
    expect(text).toContain('Size and retention of the log groups are not known: AWS denies logs:DescribeLogGroups');
  });

  it('ends when it is cancelled', async () => {
    bench.local.faults.add({ operation: 'GetMetricData', fault: { kind: 'latency', latencyMs: 60_000 } });
    groups = [{ name: 'g', incoming: 1 }];
    const controller = new AbortController();
    const running = bench.run(
      tool,
      { log_group_names: ['g'], query_string: 'limit 1', start_time: '-1h', dry_run: true },
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 50);
    expect(bench.text(await running)).toMatch(/^Error: The call was cancelled/);
  });

  it('tells of the shop about what the query then scans', async () => {
    const args = { log_group_names: [LOG_GROUPS.checkout], query_string: 'stats count(*)', start_time: '-30m' };
    const estimate = structuredOf(await shop.run(tool, { ...args, dry_run: true })).estimate;
    const scanned = structuredOf(await shop.run(tool, args)).statistics.bytes_scanned;
    expect(estimate.log_groups).toMatchObject([{ source: 'metric' }]);
    expect(estimate.bytes / scanned).toBeGreaterThan(0.9);
    expect(estimate.bytes / scanned).toBeLessThan(1.1);
  });
});

describe('a dry run', () => {
  it('of many log groups asks the metric of the largest only', async () => {
    const many = Array.from({ length: 600 }, (_, index) => ({
      name: `g-${index}`,
      storedBytes: index * 1_000,
      retentionInDays: 1,
      incoming: 1,
    }));
    const { text, structured } = await dryRun('execute_cwl_insights_batch', many);
    expect(structured.total).toBe(600);
    expect(text).toContain('Of 100 log groups of little size only what is stored was looked at.');
    expect(text).toContain('It would take 12 queries.');
    const asked = bench.local.requests
      .of('GetMetricData')
      .map(({ input }) => input as { MetricDataQueries: unknown[] });
    expect(asked.map(({ MetricDataQueries }) => MetricDataQueries.length)).toEqual([500]);
  });

  it('of a batch says what would not be merged', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ name: `g-${index}`, incoming: 1 }));
    const { text } = await dryRun('execute_cwl_insights_batch', many, {
      query_string: 'stats pct(ms, 95) as p by host',
    });
    expect(text).toContain('It would take 2 queries, with rows per chunk: p cannot be merged.');
  });

  it('does not know log groups that the query chooses', async () => {
    const { text, structured } = await dryRun('execute_log_insights_query', [], {
      query_string: 'SOURCE logGroups(namePrefix: ["/aws/"]) | limit 1',
    });
    expect(text).toContain('The query chooses its log groups itself (SOURCE): they are not known before it runs.');
    expect(structured.estimate).not.toHaveProperty('is_within_limit');
  });

  it('names log groups that do not exist', async () => {
    const { text } = await dryRun('execute_log_insights_query', [{ name: 'g', incoming: 1 }], {
      log_group_names: ['g', 'typo'],
    });
    expect(text).toContain('1 log group not found in default/us-east-1: `typo` → take names from describe_log_groups.');
  });
});
