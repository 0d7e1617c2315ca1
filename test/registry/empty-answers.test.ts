/** An empty answer says what to try, and what it names exists: tools, and arguments of the tool itself or of those named. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { startLogsBench } from '../support/logs-bench.ts';
import type { ToolBench } from '../support/tool-bench.ts';

const CHECKOUT = '/aws/lambda/shop-checkout';
const DURATION = { namespace: 'AWS/Lambda', metric_name: 'Duration' };
const CHEKOUT = { ...DURATION, dimensions: [{ name: 'FunctionName', value: 'shop-chekout' }] };
const NOWHERE = { region: 'ap-south-1' };
const NO_EVENT = { query_string: 'filter level = "NONE"', start_time: '-15m' };

/** E.g. `list_metrics with list_metrics with namespace`. */
const TWICE = /\b([a-z_]+ with) \1/;

const EMPTY: readonly (readonly [tool: string, args: Readonly<Record<string, unknown>>])[] = [
  ['get_active_alarms', { ...NOWHERE }],
  ['get_active_alarms', { name_prefix: 'shop-chekout' }],
  ['describe_alarms', { ...NOWHERE }],
  ['describe_alarms', { name_prefix: 'shop-chekout' }],
  ['describe_alarms', { name_prefix: 'shop-', states: ['INSUFFICIENT_DATA'], types: ['composite'] }],
  ['get_alarm_history', { alarm_name: 'shop-health', start_time: '-2m' }],
  ['describe_log_groups', { ...NOWHERE }],
  ['describe_log_groups', { log_group_name_prefix: '/aws/lambda/chekout', log_group_class: 'STANDARD' }],
  ['get_log_group_fields', { log_group: CHECKOUT, time: '2025-01-01' }],
  ['search_log_events', { log_group: CHECKOUT, filter_pattern: 'nosuchword', log_stream_prefix: '2026' }],
  ['search_log_events', { log_group: CHECKOUT, start_time: '2024-02-01', end_time: '2024-03-01' }],
  ['execute_log_insights_query', { log_group_names: [CHECKOUT], ...NO_EVENT }],
  ['execute_cwl_insights_batch', { log_group_names: [CHECKOUT], ...NO_EVENT }],
  ['analyze_log_group', { log_group_arn: '/aws/lambda/shop-cart' }],
  ['analyze_log_group', { log_group_arn: CHECKOUT, start_time: '2026-02-10', end_time: '2026-02-10T00:00:01Z' }],
  ['list_metrics', { ...NOWHERE }],
  ['list_metrics', { namespace: 'AWS/Lamda' }],
  ['list_metrics', { namespace: 'AWS/S3', metric_name: 'BucketSizeBytes' }],
  ['list_metrics', { ...DURATION, dimensions: [{ name: 'FunctionName', value: 'shop-chekout' }] }],
  ['get_metric_data', { ...DURATION, namespace: 'AWS/Lamda' }],
  ['get_metric_data', { ...DURATION, metric_name: 'Duraton' }],
  ['get_metric_data', { ...DURATION, dimensions: [{ name: 'functionname', value: 'x' }] }],
  ['get_metric_data', CHEKOUT],
  ['get_metric_data', { ...DURATION, start_time: '2024-01-01', end_time: '2024-02-01' }],
  ['get_metric_data', { ...DURATION, group_by_dimension: 'Function' }],
  ['get_metric_data', { ...CHEKOUT, group_by_dimension: 'FunctionName' }],
  ['get_metric_data', { queries: [{ expression: `SEARCH('{Nothing} MetricName="x"', 'Sum', 300)` }] }],
  ['get_metric_metadata', { namespace: 'AWS/Lamda' }],
  ['get_metric_metadata', { metric_name: 'Duraton' }],
  ['get_metric_metadata', { search: 'xyzzy' }],
  ['analyze_metric', CHEKOUT],
  ['analyze_metric', { ...DURATION, metric_name: 'Duraton' }],
  ['get_metric_chart', CHEKOUT],
  ['get_recommended_metric_alarms', { namespace: 'Shop/Nothing', metric_name: 'Duraton' }],
  ['get_recommended_metric_alarms', { namespace: 'AWS/SQS', metric_name: 'NumberOfMessagesSent' }],
  ['recommend_indexes_loggroup', { log_group_identifier: '/aws/lambda/shop-cart' }],
  ['recommend_indexes_account', { ...NOWHERE }],
  ['list_dashboards', { prefix: 'chekout' }],
  ['execute_promql_query', { query: '{"no.such.metric"}' }],
  ['execute_promql_range_query', { query: '{"no.such.metric"}' }],
  ['get_promql_label_values', { label_name: 'nope' }],
  ['get_promql_labels', { match: ['{"no.such.metric"}'] }],
  ['get_promql_series', { match: ['{"no.such.metric"}'] }],
];

/** What an error names instead of an empty answer: nothing has the name. */
const UNKNOWN: typeof EMPTY = [
  ['describe_alarms', { names: ['shop-helth'] }],
  ['get_alarm_history', { alarm_name: 'shop-helth' }],
  ['get_log_group_fields', { log_group: '/aws/lambda/chekout' }],
  ['get_log_record', { pointer: 'gone' }],
  ['search_log_events', { log_group: '/aws/lambda/chekout' }],
  ['analyze_log_group', { log_group_arn: '/aws/lambda/chekout' }],
  ['execute_log_insights_query', { log_group_names: ['/aws/lambda/chekout'], query_string: 'limit 1' }],
  ['execute_cwl_insights_batch', { log_group_names: ['/aws/lambda/chekout'], query_string: 'limit 1' }],
  ['get_logs_insight_query_results', { query_id: '12ab3456-12ab-123a-789e-1234567890ab' }],
  ['cancel_logs_insight_query', { query_id: '12ab3456-12ab-123a-789e-1234567890ab' }],
  ['recommend_indexes_loggroup', { log_group_identifier: '/aws/lambda/chekout' }],
  ['get_dashboard', { name: 'shop-chekout' }],
];

let bench: ToolBench;
beforeAll(async () => {
  bench = await startLogsBench();
});
afterEach(() => bench.local.requests.clear());
afterAll(() => bench.close());

describe('an empty answer', () => {
  it.each(EMPTY)('of %s for %j says what to try, with tools and arguments that exist', async (tool, args) => {
    const result = await bench.run(tool, args);
    const text = bench.text(result);
    expect([text, result.isError]).toEqual([text, undefined]);
    const hints = text.split('\n').filter((line) => line.startsWith('Hint: '));
    expect(hints).not.toEqual([]);
    for (const hint of hints) {
      expect([hint, findUnknown(hint, tool)]).toEqual([hint, []]);
      expect(hint).not.toMatch(TWICE);
    }
  });

  it.each(UNKNOWN)('in place of %s for %j says what to do, with tools and arguments that exist', async (tool, args) => {
    const text = bench.text(await bench.run(tool, args));
    expect(text).toMatch(/^Error: .*(→|Did you mean|did you mean)/s);
    expect([text, findUnknown(text, tool)]).toEqual([text, []]);
  });

  it('would be found out if it named what does not exist', () => {
    const hint = 'Hint: pass group_by_dimension=`x`, or ask get_metric_values with metric_name.';
    expect(findUnknown(hint, 'analyze_metric')).toEqual([
      'group_by_dimension',
      'get_metric_values',
      'group_by_dimension',
    ]);
    expect(findUnknown(hint.replace('get_metric_values', 'list_metrics'), 'get_metric_data')).toEqual([]);
  });

  it.each(TOOLS.filter(({ name }) => !WITHOUT.has(name)).map(({ name }) => name))('of %s is tried above', (name) => {
    expect([...EMPTY, ...UNKNOWN].some(([tool]) => tool === name)).toBe(true);
  });
});

/** It has an answer always. */
const WITHOUT = new Set(['list_targets']);
/** Words of other languages: of the errors, and of PromQL. */
const OTHER_WORDS = new Set(['not_found', 'histogram_avg']);

/** Names in the notation of tools and arguments that are neither. */
function findUnknown(text: string, tool: string): string[] {
  const ours = text.replaceAll(/`[^`]*`/g, '').replaceAll(/"[^"]*"/g, '');
  const words: readonly string[] = ours.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? [];
  const assigned = [...ours.matchAll(/\b([a-z][a-z_]*)=/g)].map(([, name = '']) => name);
  const named = TOOLS.filter(({ name }) => name === tool || words.includes(name));
  const known = new Set([...TOOLS.map(({ name }) => name), ...named.flatMap(argumentsOf), ...OTHER_WORDS]);
  return [...words, ...assigned].filter((word) => !known.has(word));
}

/** With those inside of others. */
function argumentsOf({ inputSchema }: (typeof TOOLS)[number]): string[] {
  const names = new Set<string>();
  z.toJSONSchema(inputSchema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      for (const name of Object.keys(jsonSchema.properties ?? {})) names.add(name);
    },
  });
  return [...names];
}
