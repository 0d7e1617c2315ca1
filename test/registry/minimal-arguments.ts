/** An event of the embedded CloudWatch at the time of the benches. */
const POINTER = Buffer.from(
  JSON.stringify(['111122223333', 'us-east-1', '/aws/lambda/shop-checkout', Date.parse('2026-03-01T11:58:00Z'), 0]),
).toString('base64url');

/** The least with which each tool gives an answer from the embedded CloudWatch. A tool without a line here fails the registry test. */
export const MINIMAL_ARGUMENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  get_active_alarms: {},
  describe_alarms: {},
  get_alarm_history: { alarm_name: 'shop-checkout-duration-p99' },
  describe_log_groups: {},
  get_log_group_fields: { log_group: '/aws/lambda/shop-checkout' },
  search_log_events: { log_group: '/aws/lambda/shop-checkout' },
  get_log_record: { pointer: POINTER },
  execute_log_insights_query: {
    log_group_names: ['/aws/lambda/shop-checkout'],
    query_string: 'fields @timestamp, @message | limit 5',
    start_time: '-15m',
    end_time: 'now',
  },
  get_logs_insight_query_results: { query_id: '12ab3456-12ab-123a-789e-1234567890ab' },
  cancel_logs_insight_query: { query_id: '12ab3456-12ab-123a-789e-1234567890ab' },
  execute_cwl_insights_batch: {
    log_group_names: ['/aws/lambda/shop-checkout'],
    query_string: 'stats count(*) by bin(5m)',
  },
  analyze_log_group: { log_group_arn: '/aws/lambda/shop-checkout', start_time: '-40m' },
  list_metrics: {},
  get_metric_metadata: { namespace: 'AWS/Lambda' },
  get_metric_data: { namespace: 'AWS/Lambda', metric_name: 'Invocations', statistic: 'Sum' },
  get_metric_chart: { queries: ['SELECT SUM(Invocations) FROM "AWS/Lambda"'] },
  analyze_metric: { namespace: 'AWS/Lambda', metric_name: 'Invocations', statistic: 'Sum' },
  get_recommended_metric_alarms: { namespace: 'AWS/Lambda', metric_name: 'Invocations', statistic: 'Sum' },
  recommend_indexes_loggroup: { log_group_identifier: '/aws/lambda/shop-checkout' },
  recommend_indexes_account: {},
  list_dashboards: {},
  get_dashboard: { name: 'shop-logs' },
  execute_promql_query: { query: 'histogram_avg({"Duration", FunctionName="shop-checkout"})' },
  execute_promql_range_query: { query: 'histogram_avg({"Duration", FunctionName="shop-checkout"})' },
  get_promql_label_values: { label_name: '__name__' },
  get_promql_series: { match: ['{"Duration"}'] },
  get_promql_labels: {},
  list_targets: {},
};
