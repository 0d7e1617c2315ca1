/** What the service tells of an alarm stands in the answers: every member has a value of its own, which is looked for. */
import {
  type AlarmContributor,
  AlarmContributor$,
  type AlarmHistoryItem,
  AlarmHistoryItem$,
  type AnomalyDetector,
  AnomalyDetector$,
  type CompositeAlarm,
  CompositeAlarm$,
  type GetAlarmMuteRuleOutput,
  GetAlarmMuteRuleOutput$,
  type LogAlarm,
  LogAlarm$,
  type MetricAlarm,
  MetricAlarm$,
} from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { alarmArn, at, metricAlarm } from '../support/alarm-fixtures.ts';
import { findUntold, type Known, type MarkedRecord, markRecord } from '../support/marked-record.ts';
import { MARKED_NAME as NAME, tellAlarm as tell } from '../support/tell-alarm.ts';

/** What no answer tells, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'AlarmContributor.ContributorId': 'a hash of the attributes, which are told',
  'AnomalyDetector.AnomalyDetectorId': 'no call that is made here takes it',
  'AnomalyDetector.MetricCharacteristics.PeriodicSpikes': 'false, which is usual; told where it is true',
  'GetAlarmMuteRuleOutput.AlarmMuteRuleArn': 'made of its name, which is told',
  'GetAlarmMuteRuleOutput.LastUpdatedTimestamp': 'mutes nothing',
  'GetAlarmMuteRuleOutput.MuteType': 'told by its schedule: at(…) or cron(…)',
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

function check(structure: string, marked: MarkedRecord<unknown>, told: string): void {
  expect(findUntold(structure, marked, told, LEFT_OUT)).toEqual({ hidden: [], stale: [] });
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
  }
});

it.each([
  ['a list of one query', {}],
  ['a band', { Id: 'limit9', Expression: 'ANOMALY_DETECTION_BAND(m9, 3)', ReturnData: true }],
])('tells every member of an alarm on %s', async (what, limit) => {
  const known: Known = {
    ...METRIC,
    ThresholdMetricId: ['limit9', what === 'a list of one query' ? '' : 'limit9'],
    'Metrics.Id': ['m9', '"id":"m9"'],
    'Metrics.ReturnData': [true, '"return_data":true'],
    'Metrics.AccountId': ['444455556666', '444455556666'],
    'Metrics.MetricStat.Period': [180, '"period":180'],
    'Metrics.Period': [180, '"period":180'],
    ...(what === 'a band' && { ComparisonOperator: ['GreaterThanUpperThreshold', 'GreaterThanUpperThreshold'] }),
  };
  const hasLimit = 'Id' in limit;
  const marked = markRecord<MetricAlarm>(MetricAlarm$, known, [
    ...OWN_METRIC,
    'EvaluationCriteria',
    'Metrics.Expression',
    ...(hasLimit ? ['Threshold'] : ['ThresholdMetricId']),
  ]);
  const { Metrics: queries = [] } = marked.record;
  check(
    'MetricAlarm',
    marked,
    await tell({ metricAlarms: [{ ...marked.record, Metrics: hasLimit ? [...queries, limit] : queries }] }),
  );
});

const STAT = { Stat: 'p87.5', Metric: { Namespace: 'Shop', MetricName: 'Wait', Dimensions: [] } };

it('tells every member of the detector behind a band', async () => {
  const queries = [
    { Id: 'w', MetricStat: { ...STAT, Period: 60 }, ReturnData: false },
    { Id: 'e', Expression: 'w * 1000', ReturnData: true },
  ];
  const known: Known = {
    StateValue: ['TRAINED_INSUFFICIENT_DATA', 'TRAINED_INSUFFICIENT_DATA'],
    'Configuration.AdaptationSpeed': ['SLOW', 'SLOW'],
    'Configuration.OutlierFilteringStrength': ['STRICT', 'STRICT'],
    'MetricCharacteristics.PeriodicSpikes': [false, 'PeriodicSpikes'],
    SingleMetricAnomalyDetector: [{ ...STAT.Metric, Stat: STAT.Stat, AccountId: '444455556666' }, 'p87.5 of Shop Wait'],
    MetricMathAnomalyDetector: [{ MetricDataQueries: queries }, 'w * 1000'],
  };
  // Those beside the two objects are deprecated, and say what they say.
  const older = ['Namespace', 'MetricName', 'Dimensions', 'Stat'];
  for (const [other, value] of [
    ['MetricMathAnomalyDetector', [{ Id: 'e', MetricStat: { ...STAT, Period: 60 }, AccountId: '444455556666' }]],
    ['SingleMetricAnomalyDetector', queries],
  ] as const) {
    const marked = markRecord<AnomalyDetector>(AnomalyDetector$, known, [...older, other]);
    const band = { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(e, 2)', ReturnData: true };
    const alarm = metricAlarm(NAME, at('11:00'), { ThresholdMetricId: 'band', Metrics: [...value, band] });
    const told = await tell({ metricAlarms: [alarm], anomalyDetectors: [marked.record] });
    check('AnomalyDetector', marked, told);
  }
});

it('tells every member of a mute rule', async () => {
  const known: Known = {
    Status: ['ACTIVE', 'MUTED now'],
    'MuteTargets.AlarmNames': [[NAME], NAME],
  };
  const marked = markRecord<GetAlarmMuteRuleOutput>(GetAlarmMuteRuleOutput$, known, []);
  const rule = {
    ...marked.record,
    AlarmMuteRuleArn: `${alarmArn('x').replace(':alarm:x', '')}:alarm-mute-rule:${marked.record.Name}`,
  };
  check('GetAlarmMuteRuleOutput', marked, await tell({ metricAlarms: [promqlAlarm()], muteRules: [rule] }));
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
