/** One telling call per tool, against the embedded CloudWatch; docs/tools.md shows it with its answer. */

export interface ToolExample {
  readonly question: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Stands for the id that the example of execute_log_insights_query gave. */
export const QUERY_ID = '<query_id>';
/** Stands for the `@ptr` of the first event that the example of search_log_events gave. */
export const POINTER = '<pointer>';

const CHECKOUT = '/aws/lambda/shop-checkout';

export const TOOL_EXAMPLES: Readonly<Record<string, ToolExample>> = {
  get_active_alarms: { question: 'What is on fire?', args: { max_items: 3 } },
  describe_alarms: { question: 'What does this alarm watch?', args: { names: ['shop-checkout-error-rate'] } },
  get_alarm_history: { question: 'Since when, how often?', args: { alarm_name: 'shop-checkout-duration-p99' } },
  describe_log_groups: { question: 'Where does checkout log?', args: { log_group_name_pattern: 'checkout' } },
  get_log_group_fields: { question: 'Which fields can I ask for?', args: { log_group: CHECKOUT } },
  search_log_events: {
    question: 'Show me the last time-outs.',
    args: { log_group: CHECKOUT, filter_pattern: '"Task timed out"', max_items: 3 },
  },
  execute_log_insights_query: {
    question: 'Which errors are there?',
    args: {
      log_group_names: [CHECKOUT],
      query_string: 'filter level = "ERROR" | stats count(*) as events by error.message | sort events desc',
      start_time: '-1h',
      end_time: 'now',
    },
  },
  get_logs_insight_query_results: { question: 'What did that query find?', args: { query_id: QUERY_ID } },
  cancel_logs_insight_query: { question: 'Stop it.', args: { query_id: QUERY_ID } },
  get_log_record: { question: 'Show me this event in full.', args: { pointer: POINTER } },
  execute_cwl_insights_batch: {
    question: 'Is it checkout alone?',
    args: {
      log_group_names: ['/aws/lambda/shop-cart', CHECKOUT, '/aws/lambda/shop-payment', '/aws/lambda/shop-search'],
      query_string: 'filter level = "ERROR" | stats count(*) as errors by service | sort errors desc',
      start_time: '-1h',
    },
  },
  analyze_log_group: { question: 'What is new in these logs?', args: { log_group_arn: CHECKOUT, start_time: '-40m' } },
  recommend_indexes_loggroup: { question: 'Which fields should be indexed?', args: { log_group_identifier: CHECKOUT } },
  recommend_indexes_account: { question: 'And in the whole account?', args: {} },
  list_metrics: { question: 'Which metrics does Lambda publish?', args: { namespace: 'AWS/Lambda', max_items: 10 } },
  get_metric_data: {
    question: 'How slow is checkout?',
    args: {
      namespace: 'AWS/Lambda',
      metric_name: 'Duration',
      dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
      statistic: 'p99',
      start_time: '-1h',
    },
  },
  get_metric_chart: {
    question: 'Show me a chart of it.',
    args: {
      namespace: 'AWS/Lambda',
      metric_name: 'Duration',
      dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
      statistic: 'p99',
      annotations: [{ label: 'time-out', value: 15_000 }],
    },
  },
  analyze_metric: {
    question: 'Has it a season, a trend, a shift?',
    args: {
      namespace: 'AWS/Lambda',
      metric_name: 'Invocations',
      dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
      statistic: 'Sum',
    },
  },
  get_recommended_metric_alarms: {
    question: 'Which alarms should watch it?',
    args: {
      namespace: 'AWS/RDS',
      metric_name: 'DatabaseConnections',
      dimensions: [{ name: 'DBInstanceIdentifier', value: 'shop-orders-db' }],
    },
  },
  get_metric_metadata: {
    question: 'What does this metric mean?',
    args: { namespace: 'AWS/Lambda', metric_name: 'Throttles' },
  },
  list_dashboards: { question: 'Which dashboards are there?', args: {} },
  get_dashboard: {
    question: 'What is on this one, and how does it look now?',
    args: { name: 'shop-backend', render: true },
  },
  execute_promql_query: {
    question: 'How slow is checkout, in PromQL?',
    args: { query: 'histogram_avg({"Duration", FunctionName="shop-checkout"})' },
  },
  execute_promql_range_query: {
    question: 'And over time?',
    args: { query: 'histogram_avg({"Duration", FunctionName="shop-checkout"})', start: '-1h', end: 'now', step: '5m' },
  },
  get_promql_label_values: { question: 'Which metrics are there?', args: { label_name: '__name__' } },
  get_promql_series: { question: 'Which series has this one?', args: { match: ['{"Duration"}'] } },
  get_promql_labels: { question: 'Which labels are there?', args: {} },
  list_targets: { question: 'Who am I, and what may I ask?', args: {} },
};
