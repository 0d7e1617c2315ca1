/** What an answer must hold to be one: an answer without it is a fault of the service or of something on the way, never "nothing". */

type Members = Readonly<Record<string, unknown>>;
/** Each group needs one of its members. */
type Groups = readonly (readonly string[])[];

/** Operation → members that the service always sends, empty lists too. Every operation that the program calls has a row. */
export const REQUIRED_MEMBERS: Readonly<Record<string, Groups | ((input: Members) => Groups)>> = {
  DescribeAlarms: groupsOfAlarms,
  DescribeAlarmsForMetric: [['MetricAlarms']],
  DescribeAlarmHistory: [['AlarmHistoryItems']],
  DescribeAlarmContributors: [['AlarmContributors']],
  DescribeAnomalyDetectors: [['AnomalyDetectors']],
  ListAlarmMuteRules: [['AlarmMuteRuleSummaries']],
  GetAlarmMuteRule: [],
  GetMetricData: [['MetricDataResults']],
  GetMetricStatistics: [['Datapoints']],
  GetMetricWidgetImage: [['MetricWidgetImage']],
  GetOTelEnrichment: [['Status']],
  ListMetrics: [['Metrics']],
  ListDashboards: [['DashboardEntries']],
  GetDashboard: [['DashboardBody']],
  DescribeLogGroups: [['logGroups']],
  StartQuery: [['queryId']],
  StopQuery: [['success']],
  GetQueryResults: [['status'], ['results']],
  DescribeQueries: [['queries']],
  DescribeQueryDefinitions: [['queryDefinitions']],
  FilterLogEvents: [['events']],
  GetLogEvents: [['events']],
  GetLogGroupFields: [['logGroupFields']],
  GetLogRecord: [['logRecord']],
  ListLogAnomalyDetectors: [['anomalyDetectors']],
  ListAnomalies: [['anomalies']],
  DescribeAccountPolicies: [['accountPolicies']],
  DescribeIndexPolicies: [['indexPolicies']],
  DescribeFieldIndexes: [['fieldIndexes']],
  LookupEvents: [['Events']],
  GetCallerIdentity: [['Account'], ['Arn']],
  AssumeRole: [['Credentials']],
  AssumeRoleWithWebIdentity: [['Credentials']],
};

/** The members of an answer that are missing, as words; none for an operation without a row. */
export function findMissing(operation: string, input: Members, output: Members): string[] {
  const row = REQUIRED_MEMBERS[operation] ?? [];
  const groups = typeof row === 'function' ? row(input) : row;
  return groups.filter((group) => group.every((name) => output[name] === undefined)).map((group) => group.join(' or '));
}

/** Log alarms have not arrived in every region; asked for the relatives of an alarm, the service gives what kinds there are. */
function groupsOfAlarms({
  AlarmTypes: types,
  ChildrenOfAlarmName: children,
  ParentsOfAlarmName: parents,
}: Members): Groups {
  if (children !== undefined || parents !== undefined) return [['MetricAlarms', 'CompositeAlarms', 'LogAlarms']];
  const asked: readonly unknown[] = Array.isArray(types) ? types : ['MetricAlarm'];
  return [
    ...(asked.includes('MetricAlarm') ? [['MetricAlarms']] : []),
    ...(asked.includes('CompositeAlarm') ? [['CompositeAlarms']] : []),
  ];
}
