/** Every member of a scenario and what it must be. */
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import { awsShape, type Overrides } from './aws-shape.ts';
import { LIMITS } from './limits.ts';
import { logGroup } from './log-group-shape.ts';
import { metric } from './metric-shape.ts';
import { cloudTrailEvent, serviceGraphEntry, trace } from './other-shapes.ts';
import { ALIAS, PLACED, placedObject, REGION } from './placed.ts';
import {
  type At,
  anyObject,
  date,
  epochMs,
  inside,
  isObject,
  list,
  mapOf,
  members,
  number,
  oneOf,
  type Shape,
  text,
} from './shape.ts';

/** Lengths of names as in the API references. */
const NAME = text({ minLength: 1, maxLength: 255 });
const ACCOUNT_ID = text({ pattern: /^\d{12}$/, form: 'an account id of 12 digits' });

const period: Shape<number> = (value, at) => {
  const read = number({ minimum: 1, maximum: 86_400, isInteger: true })(value, at);
  if (read === undefined || read % 60 === 0 || [10, 20, 30].includes(read)) return read;
  at.faults.add(at.path, `must be 10, 20, 30 or a multiple of 60 seconds, not ${read}`);
  return undefined;
};
const count = number({ minimum: 1, maximum: 10_000, isInteger: true });
const template = text({ isTemplate: true });

const ALARM: Overrides = {
  AlarmName: NAME,
  StateValue: oneOf(Object.values(cloudwatch.StateValue)),
  ComparisonOperator: oneOf(Object.values(cloudwatch.ComparisonOperator)),
  Statistic: oneOf(Object.values(cloudwatch.Statistic)),
  Unit: oneOf(Object.values(cloudwatch.StandardUnit)),
  TreatMissingData: oneOf(['breaching', 'notBreaching', 'ignore', 'missing']),
  ActionsSuppressedBy: oneOf(Object.values(cloudwatch.ActionsSuppressedBy)),
  EvaluationState: oneOf(Object.values(cloudwatch.EvaluationState)),
  Period: period,
  EvaluationPeriods: count,
  DatapointsToAlarm: count,
  QueryResultsToEvaluate: count,
  QueryResultsToAlarm: count,
};

const metricAlarm: Shape<Record<string, unknown>> = (value, at) => {
  const shape = awsShape(cloudwatch.MetricAlarm$, { overrides: ALARM, required: ['AlarmName'], extra: PLACED });
  const read = shape(value, at);
  if (!isObject(value) || read === undefined) return read;
  const sources = ['MetricName', 'Metrics', 'EvaluationCriteria'].filter((name) => value[name] !== undefined);
  if (sources.length !== 1) at.faults.add(at.path, 'must have one of MetricName, Metrics and EvaluationCriteria');
  if (value.MetricName !== undefined) {
    for (const name of ['Namespace', 'Period', 'Threshold', 'ComparisonOperator', 'EvaluationPeriods']) {
      if (value[name] === undefined) at.faults.add(inside(at, name).path, 'is missing');
    }
    if ((value.Statistic === undefined) === (value.ExtendedStatistic === undefined))
      at.faults.add(at.path, 'must have one of Statistic and ExtendedStatistic');
  }
  if (Number(value.DatapointsToAlarm) > Number(value.EvaluationPeriods))
    at.faults.add(inside(at, 'DatapointsToAlarm').path, 'must not be more than EvaluationPeriods');
  return read;
};

const compositeAlarm = awsShape(cloudwatch.CompositeAlarm$, {
  overrides: ALARM,
  required: ['AlarmName', 'AlarmRule'],
  extra: PLACED,
});
const logAlarm = awsShape(cloudwatch.LogAlarm$, { overrides: ALARM, required: ['AlarmName'], extra: PLACED });

/** HistoryData may be an object, which is served as JSON text. */
const historyData: Shape<string> = (value, at) =>
  isObject(value) ? JSON.stringify(anyObject(value, at)) : template(value, at);
const historyItem = awsShape(cloudwatch.AlarmHistoryItem$, {
  overrides: {
    AlarmName: NAME,
    AlarmType: oneOf(Object.values(cloudwatch.AlarmType)),
    HistoryItemType: oneOf(Object.values(cloudwatch.HistoryItemType)),
    HistoryData: historyData,
    Timestamp: date,
  },
  required: ['AlarmName', 'Timestamp', 'HistoryItemType'],
  extra: PLACED,
});

const muteRule = awsShape(cloudwatch.GetAlarmMuteRuleOutput$, {
  overrides: { Name: NAME, Status: oneOf(Object.values(cloudwatch.AlarmMuteRuleStatus)) },
  required: ['Name'],
  extra: PLACED,
});

/** Of metrics as CloudWatch has them, or of log groups as CloudWatch Logs has them: the members tell which. */
const anomalyDetector: Shape<Record<string, unknown>> = (value, at) =>
  isObject(value) && ['anomalyDetectorArn', 'detectorName', 'logGroupArnList'].some((name) => name in value)
    ? awsShape(logs.AnomalyDetector$, { overrides: LOG_TIMES, required: ['anomalyDetectorArn'], extra: PLACED })(
        value,
        at,
      )
    : awsShape(cloudwatch.AnomalyDetector$, { extra: PLACED })(value, at);

/** CloudWatch Logs counts milliseconds; a scenario writes seconds as everywhere. */
const LOG_TIMES: Overrides = Object.fromEntries(
  ['firstSeen', 'lastSeen', 'timestamp', 'suppressedDate', 'creationTimeStamp', 'lastModifiedTimeStamp']
    .concat(['lastModified', 'lastUpdateTime', 'creationTime'])
    .map((name) => [name, epochMs]),
);
const anomaly = awsShape(logs.Anomaly$, {
  overrides: {
    ...LOG_TIMES,
    histogram: mapOf(number({ minimum: 0 }), (key, at) => {
      const instant = epochMs(typeof key === 'string' && key !== '' ? Number(key) : Number.NaN, at);
      return instant === undefined ? undefined : String(instant);
    }),
  },
  required: ['anomalyId', 'anomalyDetectorArn', 'patternString', 'firstSeen', 'lastSeen', 'logGroupArnList'],
  extra: PLACED,
});

const queryDefinition = awsShape(logs.QueryDefinition$, {
  overrides: LOG_TIMES,
  required: ['name', 'queryString'],
  extra: PLACED,
});

const dashboard = members(
  {
    ...PLACED,
    DashboardName: text({ pattern: /^[A-Za-z0-9._-]{1,255}$/, form: 'a name of letters, digits, ".", "-" and "_"' }),
    LastModified: epochMs,
    DashboardBody: anyObject,
    DashboardArn: text(),
  },
  ['DashboardName', 'DashboardBody'],
);

const indexPolicy = awsShape(logs.IndexPolicy$, {
  overrides: { ...LOG_TIMES, source: oneOf(Object.values(logs.IndexSource)) },
  required: ['logGroupIdentifier', 'policyDocument'],
  extra: PLACED,
});

/** The whole document. Lists of metrics and log groups come in other forms while a file is read; see their shapes. */
export const SCENARIO = members(
  {
    format: (value, at: At) => (value === 1 ? 1 : at.faults.add(at.path, 'must be 1')),
    name: text({ minLength: 1, maxLength: 255 }),
    description: text(),
    region: REGION,
    account: ALIAS,
    accounts: list(members({ alias: ALIAS, id: ACCOUNT_ID }, ['alias', 'id']), 100),
    linkedAccounts: list(members({ monitoring: ALIAS, source: ALIAS }, ['monitoring', 'source']), 10_000),
    metricAlarms: list(metricAlarm, LIMITS.alarms),
    compositeAlarms: list(compositeAlarm, LIMITS.alarms),
    logAlarms: list(logAlarm, LIMITS.alarms),
    alarmHistory: list(historyItem, 200_000),
    muteRules: list(muteRule, 1_000),
    metrics: list(metric(PLACED), LIMITS.metrics),
    logGroups: list(logGroup(PLACED), LIMITS.logGroups),
    queryDefinitions: list(queryDefinition, 1_000),
    anomalyDetectors: list(anomalyDetector, 10_000),
    anomalies: list(anomaly, 10_000),
    dashboards: list(dashboard, 1_000),
    indexPolicies: list(indexPolicy, 10_000),
    serviceGraph: list(serviceGraphEntry, 100_000),
    traces: list(trace, 100_000),
    events: list(cloudTrailEvent, 100_000),
    services: list(placedObject, 10_000),
    slos: list(placedObject, 10_000),
    tags: list(placedObject, 100_000),
  },
  ['format', 'name'],
);
