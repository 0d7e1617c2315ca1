/** What every foreign client asks the embedded CloudWatch: each operation that is served, in the shapes of the API. */

export interface ContractRequest {
  readonly service: 'cloudwatch' | 'logs' | 'sts';
  readonly operation: string;
  /** JSON; times of CloudWatch as ISO texts. `$queryId` and `$pointer` stand for what an earlier answer of the same client had. */
  readonly input: Readonly<Record<string, unknown>>;
}

const HOUR_MS = 3_600_000;
const FUNCTION = { Name: 'FunctionName', Value: 'shop-checkout' };
const GROUP = '/aws/lambda/shop-checkout';
const STREAMED_GROUP = 'legacy-batch';
const DETECTOR_GROUP = `arn:aws:logs:us-east-1:111122223333:log-group:${GROUP}`;
const WIDGET = JSON.stringify({ metrics: [['AWS/Lambda', 'Errors', 'FunctionName', 'shop-checkout']] });

/** @param anchorEpochMs time of the embedded data */
export function listRequests(anchorEpochMs: number): readonly ContractRequest[] {
  return [...cloudwatchRequests(anchorEpochMs), ...logsRequests(anchorEpochMs), ask('sts', 'GetCallerIdentity', {})];
}

function cloudwatchRequests(anchorEpochMs: number): ContractRequest[] {
  const iso = (agoMs: number): string => new Date(anchorEpochMs - agoMs).toISOString();
  const range = { StartTime: iso(HOUR_MS), EndTime: iso(0) };
  const duration = { Namespace: 'AWS/Lambda', MetricName: 'Duration' };
  const stat = { Metric: { ...duration, Dimensions: [FUNCTION] }, Period: 300, Stat: 'p99' };
  const queries = [
    { Id: 'a', MetricStat: stat, ReturnData: false },
    { Id: 'b', Expression: 'a / 1000', Label: 'seconds <&> "é"' },
    { Id: 'c', Expression: `SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"', 'Sum', 300)` },
    {
      Id: 'd',
      Expression: 'SELECT AVG(Duration) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName',
      Period: 300,
    },
  ];
  const alarm = 'shop-checkout-duration-p99';
  return [
    ask('cloudwatch', 'DescribeAlarms', { AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'], MaxRecords: 100 }),
    ask('cloudwatch', 'DescribeAlarmHistory', { AlarmName: alarm, StartDate: iso(24 * HOUR_MS), MaxRecords: 5 }),
    ask('cloudwatch', 'DescribeAlarmsForMetric', { ...duration, Dimensions: [FUNCTION] }),
    ask('cloudwatch', 'DescribeAlarmContributors', { AlarmName: alarm }),
    ask('cloudwatch', 'DescribeAnomalyDetectors', {}),
    ask('cloudwatch', 'GetMetricData', { ...range, MetricDataQueries: queries, ScanBy: 'TimestampAscending' }),
    ask('cloudwatch', 'GetMetricStatistics', {
      ...duration,
      ...range,
      Dimensions: [FUNCTION],
      Period: 300,
      Statistics: ['Sum'],
    }),
    ask('cloudwatch', 'GetMetricWidgetImage', { MetricWidget: WIDGET }),
    ask('cloudwatch', 'GetDashboard', { DashboardName: 'shop-overview' }),
    ask('cloudwatch', 'GetDashboard', { DashboardName: 'none' }),
    ask('cloudwatch', 'GetAlarmMuteRule', { AlarmMuteRuleName: 'none' }),
    ask('cloudwatch', 'GetOTelEnrichment', {}),
    ask('cloudwatch', 'ListAlarmMuteRules', {}),
    ask('cloudwatch', 'ListDashboards', {}),
    ask('cloudwatch', 'ListMetrics', { Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName' }] }),
    ask('cloudwatch', 'ListMetrics', { NextToken: 'of nobody' }),
    ask('cloudwatch', 'PutMetricAlarm', {
      AlarmName: 'x',
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
    }),
  ];
}

function logsRequests(anchorEpochMs: number): ContractRequest[] {
  const range = { startTime: anchorEpochMs - HOUR_MS, endTime: anchorEpochMs };
  const seconds = { startTime: range.startTime / 1_000, endTime: range.endTime / 1_000 };
  const queryString =
    'fields @timestamp, @message, @ptr | filter @message like /é|ERROR/ | sort @timestamp desc | limit 5';
  return [
    ask('logs', 'DescribeLogGroups', { limit: 50 }),
    ask('logs', 'DescribeLogStreams', { logGroupName: STREAMED_GROUP }),
    ask('logs', 'FilterLogEvents', { logGroupName: GROUP, ...range, filterPattern: 'ERROR', limit: 20 }),
    ask('logs', 'GetLogEvents', { logGroupName: STREAMED_GROUP, logStreamName: '$stream', ...range, limit: 20 }),
    ask('logs', 'GetLogGroupFields', { logGroupName: GROUP }),
    ask('logs', 'StartQuery', { logGroupNames: [GROUP], queryString, ...seconds }),
    ask('logs', 'GetQueryResults', { queryId: '$queryId' }),
    ask('logs', 'GetLogRecord', { logRecordPointer: '$pointer' }),
    ask('logs', 'StopQuery', { queryId: '$queryId' }),
    ask('logs', 'DescribeQueries', { status: 'Failed' }),
    ask('logs', 'DescribeQueryDefinitions', {}),
    ask('logs', 'DescribeIndexPolicies', { logGroupIdentifiers: [GROUP] }),
    ask('logs', 'DescribeFieldIndexes', { logGroupIdentifiers: [GROUP] }),
    ask('logs', 'DescribeAccountPolicies', { policyType: 'FIELD_INDEX_POLICY' }),
    ask('logs', 'ListLogAnomalyDetectors', { filterLogGroupArn: DETECTOR_GROUP }),
    ask('logs', 'ListAnomalies', {}),
    ask('logs', 'DescribeLogStreams', { logGroupName: 'none' }),
  ];
}

function ask(service: ContractRequest['service'], operation: string, input: Record<string, unknown>): ContractRequest {
  return { service, operation, input };
}
