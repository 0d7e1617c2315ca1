/**
 * Every query of the CloudWatch dashboard, run: over the wire, against an embedded CloudWatch that holds the log lines which
 * this program has just written, in the form that Fluent Bit gives them, and metrics of Container Insights. The latter
 * are made up: they come from nodes, of which there are none here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../../local/cloudwatch/math/evaluate.ts';
import { createScenario } from '../../local/scenarios/create-scenario.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../support/tool-bench.ts';

const GROUP = '/aws/containerinsights/ascending-s-api-cluster/application';
const NAME = 'cloudwatch-mcp';
const PERIOD_SECONDS = 60;

interface Properties {
  readonly title: string;
  readonly query?: string;
  readonly stat?: string;
  readonly metrics?: readonly (readonly string[])[];
}
const body = JSON.parse(readFileSync(join(import.meta.dirname, '../../dashboards/cloudwatch.json'), 'utf8')) as {
  readonly widgets: readonly { readonly type: string; readonly properties: Properties }[];
};
const ofType = (type: string) =>
  body.widgets
    .filter((widget) => widget.type === type)
    .map(({ properties }) => [properties.title, properties] as const);

let lines: readonly string[];
let bench: ToolBench;

/** What the program logs when tools are called: one that answers, one that scans, one that is refused and one at which AWS fails. */
async function writeLines(): Promise<readonly string[]> {
  const shop = await startToolBench();
  try {
    await shop.run('list_targets');
    const search = { log_group_names: ['/aws/lambda/shop-checkout'], start_time: '-1h', end_time: 'now' };
    await shop.run('execute_log_insights_query', { ...search, query_string: 'stats count(*)' });
    await shop.run('get_active_alarms', { max_items: 'many' });
    shop.local.faults.add({ operation: 'DescribeLogGroups', fault: { kind: 'serverError' } });
    await shop.run('describe_log_groups');
    return [...shop.logLines];
  } finally {
    await shop.close();
  }
}

beforeAll(async () => {
  lines = await writeLines();
  const message = (line: string): string =>
    JSON.stringify({ log: line, log_processed: JSON.parse(line), kubernetes: { namespace_name: 'jarvis-demo' } });
  const metrics = ofType('metric').flatMap(([, properties]) => properties.metrics ?? []);
  const scenario = createScenario(
    {
      format: 1,
      name: 'test',
      logGroups: [{ logGroupName: GROUP, events: lines.map((line) => [-600, 'pod', message(line)]) }],
      metrics: metrics.map(([Namespace, MetricName, ...dimensions]) => ({
        Namespace,
        MetricName,
        Dimensions: toDimensions(dimensions).map(({ name, value }) => ({ Name: name, Value: value })),
        period: PERIOD_SECONDS,
        start: -3_600,
        values: Array.from({ length: 60 }, () => 12),
      })),
      dashboards: [{ DashboardName: NAME, DashboardBody: body }],
    },
    { source: 'test', anchorEpochMs: BENCH_NOW_EPOCH_MS, evaluateQueries: evaluateMetricDataQueries },
  );
  bench = await startToolBench({ scenario });
});
afterAll(() => bench.close());

function toDimensions(parts: readonly string[]): { readonly name: string; readonly value: string }[] {
  const pairs = parts.length / 2;
  return Array.from({ length: pairs }, (_, at) => ({ name: parts[2 * at] ?? '', value: parts[2 * at + 1] ?? '' }));
}

describe('the CloudWatch dashboard', () => {
  it('is read as a dashboard, every widget of it', async () => {
    const result = await bench.run('get_dashboard', { dashboard_name: NAME });
    expect(result.isError).toBeUndefined();
    for (const { properties } of body.widgets) expect(bench.text(result)).toContain(properties.title);
  });

  it.each(ofType('log'))('%s: finds what was logged', async (title, { query = '' }) => {
    const [, group, query_string] = /^SOURCE '([^']+)' \| (.+)$/.exec(query) ?? [];
    expect(group).toBe(GROUP);
    const range = { start_time: '-1h', end_time: 'now' };
    const result = await bench.run('execute_log_insights_query', { log_group_names: [group], query_string, ...range });
    expect([title, result.isError, bench.text(result)]).toEqual([title, undefined, expect.any(String)]);
    const table = result.structuredContent as {
      readonly columns: readonly string[];
      readonly rows: readonly unknown[][];
    };
    expect(table.rows.length).toBeGreaterThan(0);
    // A field that no line has would leave its column out, or empty.
    for (const [, name = ''] of query.matchAll(/\bas (\w+)/g)) {
      const at = table.columns.indexOf(name);
      expect([name, table.rows.some((cells) => typeof cells[at] === 'number')]).toEqual([name, true]);
    }
  });

  it.each(ofType('metric'))('%s: finds its metric', async (_title, { metrics = [], stat }) => {
    expect(metrics.length).toBeGreaterThan(0);
    for (const [namespace, metric_name, ...dimensions] of metrics) {
      const args = { namespace, metric_name, dimensions: toDimensions(dimensions), statistic: stat, start_time: '-1h' };
      const result = await bench.run('get_metric_data', args);
      expect([result.isError, bench.text(result)]).toEqual([undefined, expect.stringContaining('12')]);
    }
  });

  it('counts one line for each call of a tool', async () => {
    const calls = lines.filter((line) => (JSON.parse(line) as { message?: string }).message === 'tool call');
    expect(calls).toHaveLength(4);
  });
});
