/**
 * The largest call of each tool that it takes: the loop bench makes it, beside the sample calls. Numbers stand at their bounds
 * by themselves (by the schema); here are the lists, the switches and the modes that bring most.
 */
import { type Arguments, QUERY_ID } from '../../../test/registry/calls/tool-calls.ts';

const SHOP_GROUPS = ['checkout', 'cart', 'payment', 'search'].map((name) => `/aws/lambda/shop-${name}`);
/** Three are enough to have several; all of them are asked one after another and change nothing about a turn of the loop. */
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1'];
/** Of each come rows, which are merged. */
const MORE_REGIONS = [
  ...REGIONS,
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-central-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'ap-northeast-1',
];
const DIMENSIONS = Array.from({ length: 10 }, (_, index) => ({ name: `Dimension${index}`, value: 'x'.repeat(20) }));

/** As many as fit the values that a call may hold. */
const METRIC_QUERIES = Array.from({ length: 500 }, (_, index) => ({
  id: `q${index}`,
  metric_stat: { namespace: 'AWS/Lambda', metric_name: 'Invocations', dimensions: DIMENSIONS, statistic: 'Sum' },
}));
const CHART_QUERIES = Array.from({ length: 100 }, (_, index) =>
  JSON.stringify({ id: `q${index}`, metric_stat: { namespace: 'AWS/Lambda', metric_name: `Invocations${index}` } }),
);
const ANNOTATIONS = Array.from({ length: 20 }, (_, index) => ({ label: `line ${index}`, value: index }));
const MATCHES = Array.from({ length: 20 }, (_, index) => `{"Duration", FunctionName="shop-${index}"}`);

/** By tool, on top of the least that it needs; absent for a tool without lists and switches. */
export const LARGEST_CALLS: Readonly<Record<string, Arguments>> = {
  investigate_alarm: { lookback: '24h' },
  what_changed: { start_time: '-6h', log_group_names: SHOP_GROUPS.slice(0, 3), regions: REGIONS },
  // One region: the alarms of several full ones are more than a call may read.
  get_active_alarms: { include_insufficient_data: true, include_autoscaling: true, max_items: 100 },
  describe_alarms: { verbose: true },
  get_alarm_history: { start_time: '-29d', history_item_type: 'All' },
  describe_log_groups: { include_saved_queries: true, regions: REGIONS },
  execute_log_insights_query: { include_ptr: true, log_group_names: SHOP_GROUPS },
  get_logs_insight_query_results: { query_id: QUERY_ID, offset: 0, include_ptr: true },
  execute_cwl_insights_batch: { log_group_names: SHOP_GROUPS, regions: MORE_REGIONS, limit: 10_000 },
  analyze_log_group: { log_group_arn: undefined, log_group_names: SHOP_GROUPS, start_time: '-3h' },
  list_metrics: { regions: REGIONS },
  get_metric_metadata: { namespace: undefined, search: 'a' },
  get_metric_data: {
    namespace: undefined,
    metric_name: undefined,
    statistic: undefined,
    limit: undefined,
    period: undefined,
    queries: METRIC_QUERIES,
    include_datapoints: 'always',
    start_time: '-14d',
  },
  get_metric_chart: { queries: CHART_QUERIES, annotations: ANNOTATIONS, format: 'html', period: undefined },
  analyze_metric: { start_time: '-14d' },
  get_recommended_metric_alarms: { format: 'both' },
  get_dashboard: { render: true },
  get_promql_label_values: { match: MATCHES },
  get_promql_series: { match: MATCHES },
  get_promql_labels: { match: MATCHES },
  execute_promql_range_query: { start: '-1d', step: '2m' },
};
