/** What the service tells of an alarm stands in the answers: every member has a value of its own, which is looked for. */
import {
  type AlarmContributor,
  AlarmContributor$,
  type AlarmHistoryItem,
  AlarmHistoryItem$,
  type CompositeAlarm,
  CompositeAlarm$,
  type LogAlarm,
  LogAlarm$,
  type MetricAlarm,
  MetricAlarm$,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, expect, it } from 'vitest';
import { type AlarmSets, startAlarmBench } from '../support/alarm-bench.ts';
import { alarmArn, at, metricAlarm } from '../support/alarm-fixtures.ts';
import { type Known, type MarkedRecord, markRecord } from '../support/marked-record.ts';
import type { ToolBench } from '../support/tool-bench.ts';

let bench: ToolBench;
afterEach(() => bench.close());

const NAME = 'marked-alarm';

/** What no answer tells, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'AlarmContributor.ContributorId': 'a hash of the attributes, which are told',
  'AlarmHistoryItem.AlarmContributorId': 'a hash of the attributes, which are told',
  'MetricAlarm.StateUpdatedTimestamp': 'the last real change is told; an update that changes nothing tells nothing',
  'CompositeAlarm.StateUpdatedTimestamp': 'as of a metric alarm',
  'CompositeAlarm.StateReasonData': 'tells the alarms below, which are listed with their states',
  'CompositeAlarm.ActionsSuppressedReason': 'said in our words: by what, and why',
  'LogAlarm.StateUpdatedTimestamp': 'as of a metric alarm',
  'LogAlarm.ActionLogLineRoleArn': 'a role of CloudWatch; who may read lines, not what fires',
  'LogAlarm.ScheduledQueryConfiguration.QueryARN': 'made by CloudWatch for the alarm',
  'LogAlarm.ScheduledQueryConfiguration.ScheduledQueryRoleARN': 'a role of CloudWatch',
  'LogAlarm.ScheduledQueryConfiguration.Tags.Key': 'of the query that CloudWatch made for the alarm',
  'LogAlarm.ScheduledQueryConfiguration.Tags.Value': 'of the query that CloudWatch made for the alarm',
};

const COMMON: Known = {
  AlarmName: [NAME, NAME],
  AlarmArn: [alarmArn(NAME), alarmArn(NAME)],
  ActionsEnabled: [false, 'DISABLED'],
  StateValue: ['ALARM', 'ALARM'],
  StateReasonData: [JSON.stringify({ recentDatapoints: [91.25] }), '91.25'],
  'ActionConfiguration.AlarmTagsPropagation.Enabled': [true, 'Enabled'],
  ComparisonOperator: ['GreaterThanOrEqualToThreshold', 'GreaterThanOrEqualToThreshold'],
  'WarmUpConfiguration.WarmUpPeriodDurationInMinutes': [35, 'for 35m'],
  'WarmUpConfiguration.OnlyStartEvaluatingAfterWarmUpPeriodEnds': [false, 'or until it has data enough'],
};
const METRIC: Known = {
  ...COMMON,
  Statistic: ['Maximum', 'Maximum of'],
  ExtendedStatistic: ['p87.5', 'p87.5 of'],
  Period: [180, '"period":180'],
  EvaluationInterval: [420, 'evaluated every 7m'],
  EvaluateLowSampleCountPercentile: ['ignore', 'keeps the state (ignore)'],
  EvaluationWindow: [{ WallClockWindow: { Timezone: 'Asia/Tokyo' } }, 'Asia/Tokyo'],
  EvaluationCriteria: [
    { PromQLCriteria: { Query: 'marked_query', PendingPeriod: 240, RecoveryPeriod: 660 } },
    'recovers after 11m',
  ],
};
const QUERIES = ['Metrics', 'ThresholdMetricId'];
const OWN_METRIC = ['Statistic', 'ExtendedStatistic', 'MetricName', 'Namespace', 'Dimensions', 'Unit', 'Period'];

/** All that is told of the alarm by the tools that describe alarms. */
async function tell(set: AlarmSets[string]): Promise<string> {
  bench = await startAlarmBench({ 'us-east-1': set });
  const results = await Promise.all([
    bench.run('describe_alarms', { names: [NAME] }),
    bench.run('get_active_alarms', {}),
    bench.run('get_alarm_history', { alarm_name: NAME, start_time: '-40d', history_item_type: 'all' }),
  ]);
  return results.map((result) => `${bench.text(result)}\n${JSON.stringify(result.structuredContent)}`).join('\n');
}

function check(structure: string, { marks }: MarkedRecord<unknown>, told: string): void {
  expect(marks.size).toBeGreaterThan(3);
  const hidden = [...marks].filter(([, mark]) => !told.includes(mark)).map(([path]) => `${structure}.${path}`);
  expect(hidden.filter((path) => !(path in LEFT_OUT))).toEqual([]);
  // A reason for what is told would be stale.
  const shown = [...marks].filter(([, mark]) => told.includes(mark)).map(([path]) => `${structure}.${path}`);
  expect(shown.filter((path) => path in LEFT_OUT)).toEqual([]);
}

it.each([
  ['a metric', [...QUERIES, 'EvaluationCriteria', 'Statistic']],
  ['a metric by a plain statistic', [...QUERIES, 'EvaluationCriteria', 'ExtendedStatistic']],
  ['a PromQL query', [...QUERIES, ...OWN_METRIC, 'Threshold']],
])('tells every member of an alarm on %s', async (what, omitted) => {
  const isPromql = what === 'a PromQL query';
  const marked = markRecord<MetricAlarm>(
    MetricAlarm$,
    METRIC,
    // A PromQL alarm has neither periods nor a way to treat missing data.
    isPromql
      ? [...omitted, 'EvaluationPeriods', 'DatapointsToAlarm', 'ComparisonOperator', 'TreatMissingData']
      : omitted,
  );
  check('MetricAlarm', marked, await tell({ metricAlarms: [marked.record] }));
});

it('tells every member of an alarm on metric math', async () => {
  const known: Known = {
    ...METRIC,
    'Metrics.ReturnData': [false, '"return_data":false'],
    'Metrics.AccountId': ['444455556666', '444455556666'],
    'Metrics.MetricStat.Period': [180, '"period":180'],
    'Metrics.Period': [240, '"period":240'],
  };
  const omitted = [...OWN_METRIC, 'ThresholdMetricId', 'EvaluationCriteria'];
  const sum = { Id: 'e1', Expression: 'SUM(METRICS())', ReturnData: true };
  for (const other of [['Metrics.Expression', 'Metrics.Period'], ['Metrics.MetricStat']]) {
    const marked = markRecord<MetricAlarm>(MetricAlarm$, known, [...omitted, ...other]);
    const { Metrics: queries = [] } = marked.record;
    check('MetricAlarm', marked, await tell({ metricAlarms: [{ ...marked.record, Metrics: [sum, ...queries] }] }));
    await bench.close();
  }
  bench = await startAlarmBench({});
});

it('tells every member of a composite alarm', async () => {
  const known: Known = {
    ...COMMON,
    AlarmRule: ['ALARM("marked-child")', 'marked-child'],
    ActionsSuppressedBy: ['WaitPeriod', 'SUPPRESSED for the wait period'],
    ActionsSuppressor: ['marked-suppressor', 'marked-suppressor'],
    ActionsSuppressorWaitPeriod: [120, 'waits 2m'],
    ActionsSuppressorExtensionPeriod: [300, '5m longer'],
    StateReasonData: [JSON.stringify({ triggeringAlarms: [{ arn: 'markedTrigger' }] }), 'markedTrigger'],
  };
  const marked = markRecord<CompositeAlarm>(CompositeAlarm$, known, []);
  check('CompositeAlarm', marked, await tell({ compositeAlarms: [marked.record] }));
});

it('tells every member of an alarm on logs', async () => {
  const known: Known = {
    ...COMMON,
    'ScheduledQueryConfiguration.ScheduleConfiguration.ScheduleExpression': ['rate(25 minutes)', 'every 25m'],
    'ScheduledQueryConfiguration.ScheduleConfiguration.StartTimeOffset': [3_600, 'each run looks at 55m'],
    'ScheduledQueryConfiguration.ScheduleConfiguration.EndTimeOffset': [300, 'that ended 5m before it'],
  };
  const marked = markRecord<LogAlarm>(LogAlarm$, known, []);
  check('LogAlarm', marked, await tell({ logAlarms: [marked.record] }));
});

const promqlAlarm = (): MetricAlarm => ({
  ...metricAlarm(NAME, at('11:00')),
  MetricName: undefined,
  Namespace: undefined,
  EvaluationCriteria: { PromQLCriteria: { Query: 'up' } },
});

it('tells every member of a series in ALARM and of a history item', async () => {
  const contributor = markRecord<AlarmContributor>(AlarmContributor$, {}, []);
  const item = markRecord<AlarmHistoryItem>(
    AlarmHistoryItem$,
    { AlarmName: [NAME, NAME], AlarmType: ['MetricAlarm', 'metric alarm'], HistoryItemType: ['Action', 'Action'] },
    // Of a change of state only: its reason and datapoints.
    ['HistoryData'],
  );
  const told = await tell({
    metricAlarms: [promqlAlarm()],
    contributors: new Map([[NAME, [contributor.record]]]),
    history: [item.record],
  });
  check('AlarmContributor', contributor, told);
  check('AlarmHistoryItem', item, told);
});
