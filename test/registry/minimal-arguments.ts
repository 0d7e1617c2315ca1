/** The least with which each tool gives an answer from the embedded CloudWatch. A tool without a line here fails the registry test. */
export const MINIMAL_ARGUMENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  get_active_alarms: {},
  get_alarm_history: { alarm_name: 'shop-checkout-duration-p99' },
  describe_log_groups: {},
  execute_log_insights_query: {
    log_group_names: ['/aws/lambda/shop-checkout'],
    query_string: 'fields @timestamp, @message | limit 5',
    start_time: '-15m',
    end_time: 'now',
  },
  get_logs_insight_query_results: { query_id: '12ab3456-12ab-123a-789e-1234567890ab' },
  cancel_logs_insight_query: { query_id: '12ab3456-12ab-123a-789e-1234567890ab' },
  get_metric_data: { namespace: 'AWS/Lambda', metric_name: 'Invocations', statistic: 'Sum' },
  list_targets: {},
};
