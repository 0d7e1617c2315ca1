/** What the JSON of an alarm's history holds stands in the answers: every member has a value of its own, which is looked for. */
import { expect, it } from 'vitest';
import { at, metricAlarm } from '../support/alarm-fixtures.ts';
import { findUntold, markRecord } from '../support/marked-record.ts';
import { MARKED_NAME, tellAlarm } from '../support/tell-alarm.ts';

/** What no answer tells, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'StateUpdate.version': 'of the format',
  'StateUpdate.oldState.stateReason': 'of the change before, an entry of its own',
  'StateUpdate.oldState.stateReasonData.recentDatapoints': 'of the change before, an entry of its own',
  'StateUpdate.newState.stateReasonData.version': 'of the format',
  'StateUpdate.newState.stateReasonData.queryDate': 'the time of the entry is told',
  'StateUpdate.newState.stateReasonData.startDate': 'the reason names the time of each datapoint',
  'StateUpdate.newState.stateReasonData.statistic': 'of the alarm; a change of it is an entry of its own',
  'StateUpdate.newState.stateReasonData.unit': 'of the alarm; a change of it is an entry of its own',
  'StateUpdate.newState.stateReasonData.period': 'of the alarm; a change of it is an entry of its own',
  'StateUpdate.newState.stateReasonData.threshold': 'the reason names it',
  'StateUpdate.newState.stateReasonData.recentLowerThresholds': 'the reason names them',
  'StateUpdate.newState.stateReasonData.recentUpperThresholds': 'the reason names them',
  'StateUpdate.newState.stateReasonData.recentDatapoints': 'evaluatedDatapoints are the same, with times',
  'StateUpdate.newState.stateReasonData.evaluatedDatapoints.timestamp': 'the reason names the time of each datapoint',
  'StateUpdate.newState.stateReasonData.triggeringAlarms.state.value':
    'ALARM, or the alarm would not have triggered it',
  'StateUpdate.newState.stateReasonData.triggeringAlarms.state.timestamp': 'an entry of the history of that alarm',
  'Action.stateUpdateTimestamp': 'the change of state is an entry of its own',
  'Action.publishedMessage': 'was sent; says what the change of state says, an entry of its own',
  'ConfigurationUpdate.version': 'of the format',
  'ConfigurationUpdate.type': 'the summary says it',
};

/** HistoryData is JSON that no schema describes: as the user guide and the service's own examples have it. */
const record = (members: Readonly<Record<string, unknown>>) => [
  3,
  '',
  '',
  0,
  Object.keys(members),
  Object.values(members),
];
const listOf = (member: unknown) => [1, '', '', 0, member];
const [TEXT, NUMBER, NUMBERS] = [0, 1, 65];
const STATE = { stateValue: TEXT, stateReason: TEXT };
const REASON = {
  version: TEXT,
  queryDate: TEXT,
  startDate: TEXT,
  statistic: TEXT,
  unit: TEXT,
  period: NUMBER,
  threshold: NUMBER,
  recentDatapoints: NUMBERS,
  recentLowerThresholds: NUMBERS,
  recentUpperThresholds: NUMBERS,
  evaluatedDatapoints: listOf(record({ timestamp: TEXT, sampleCount: NUMBER, value: NUMBER })),
  triggeringAlarms: listOf(record({ arn: TEXT, state: record({ timestamp: TEXT, value: TEXT }) })),
};
const SETTINGS = {
  namespace: TEXT,
  metricName: TEXT,
  dimensions: listOf(record({ name: TEXT, value: TEXT })),
  extendedStatistic: TEXT,
  period: NUMBER,
  evaluationPeriods: NUMBER,
  threshold: NUMBER,
  comparisonOperator: TEXT,
  treatMissingData: TEXT,
  alarmDescription: TEXT,
};

it.each([
  [
    'StateUpdate',
    record({
      version: TEXT,
      oldState: record({ ...STATE, stateReasonData: record({ recentDatapoints: NUMBERS }) }),
      newState: record({ ...STATE, stateReasonData: record(REASON) }),
    }),
    {
      'oldState.stateValue': ['OK', 'OK →'],
      'newState.stateValue': ['ALARM', '→ ALARM'],
      'newState.stateReasonData.evaluatedDatapoints.sampleCount': [12, 'samples of each datapoint: 12'],
    },
  ],
  [
    'Action',
    record({
      actionState: TEXT,
      stateUpdateTimestamp: NUMBER,
      notificationResource: TEXT,
      publishedMessage: TEXT,
      error: TEXT,
    }),
    {},
  ],
  ['ConfigurationUpdate', record({ version: TEXT, type: TEXT, createdAlarm: record(SETTINGS) }), {}],
  ['ConfigurationUpdate', record({ version: TEXT, type: TEXT, deletedAlarm: record(SETTINGS) }), {}],
  [
    'ConfigurationUpdate',
    record({
      originalUpdatedFields: record({ threshold: NUMBER, ok: TEXT }),
      updatedAlarm: record({ threshold: NUMBER, ok: TEXT }),
    }),
    {},
  ],
] as const)('tells every member of the data of a %s', async (type, schema, known) => {
  const marked = markRecord<object>(schema, known, []);
  const told = await tellAlarm({
    metricAlarms: [metricAlarm(MARKED_NAME, at('11:00'))],
    history: [
      {
        AlarmName: MARKED_NAME,
        AlarmType: 'MetricAlarm',
        Timestamp: at('11:00'),
        HistoryItemType: type,
        HistorySummary: 'What happened',
        HistoryData: JSON.stringify(marked.record),
      },
    ],
  });
  expect(findUntold(type, marked, told, LEFT_OUT)).toEqual({ hidden: [], stale: [] });
});
