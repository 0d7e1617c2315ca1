/** Alarms of every kind in one small incident, for tests of the alarm tools. Times count from noon, 2026-03-01. */
import type {
  AlarmHistoryItem,
  CompositeAlarm,
  GetAlarmMuteRuleOutput,
  LogAlarm,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';

const ACCOUNT = '111122223333';
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:on-call`;

/** A time of the day of the incident: `at('11:26')`. */
export const at = (time: string): Date => new Date(`2026-03-01T${time.length === 5 ? `${time}:00` : time}Z`);

export function alarmArn(name: string, region = 'us-east-1'): string {
  return `arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:${name}`;
}

function firing(name: string, since: Date) {
  return {
    AlarmName: name,
    AlarmArn: alarmArn(name),
    ActionsEnabled: true,
    AlarmActions: [TOPIC],
    OKActions: [],
    InsufficientDataActions: [],
    StateValue: 'ALARM' as const,
    StateTransitionedTimestamp: since,
    StateUpdatedTimestamp: since,
  };
}

export function metricAlarm(name: string, since: Date, more: Partial<MetricAlarm> = {}): MetricAlarm {
  return {
    ...firing(name, since),
    Namespace: 'AWS/Lambda',
    MetricName: 'Duration',
    Dimensions: [{ Name: 'FunctionName', Value: 'checkout' }],
    ExtendedStatistic: 'p99',
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 3000,
    ComparisonOperator: 'GreaterThanThreshold',
    ...more,
  };
}

export function compositeAlarm(
  name: string,
  since: Date,
  rule: string,
  more: Partial<CompositeAlarm> = {},
): CompositeAlarm {
  return { ...firing(name, since), AlarmRule: rule, ...more };
}

const latency = metricAlarm('checkout-latency', at('11:26'), {
  AlarmDescription: 'Runbook: https://wiki.example/checkout',
  StateReason:
    'Threshold Crossed: 3 out of the last 3 datapoints [4512.3 (01/03/26 11:25:00), 4480.1 (01/03/26 11:24:00), 4391.7 (01/03/26 11:23:00)] were greater than the threshold (3000.0).',
  StateReasonData: JSON.stringify({
    version: '1.0',
    period: 60,
    recentDatapoints: [4391.7, 4480.1, 4512.3],
    threshold: 3000,
  }),
});

const errorRate: MetricAlarm = {
  ...firing('checkout-error-rate', at('11:31')),
  StateReason: 'Thresholds crossed.',
  StateReasonData: JSON.stringify({ period: 60, recentDatapoints: [11.25, 12.5], threshold: 5 }),
  EvaluationPeriods: 5,
  DatapointsToAlarm: 3,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  Metrics: [
    { Id: 'rate', Expression: '100 * errors / calls', Label: 'error rate', ReturnData: true },
    mathInput('errors', 'Errors'),
    mathInput('calls', 'Invocations'),
  ],
};

function mathInput(id: string, metricName: string) {
  return {
    Id: id,
    ReturnData: false,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: metricName,
        Dimensions: [{ Name: 'FunctionName', Value: 'checkout' }],
      },
      Period: 60,
      Stat: 'Sum',
    },
  };
}

const anomaly: MetricAlarm = {
  ...firing('db-connections-unusual', at('11:20')),
  EvaluationPeriods: 2,
  Threshold: 0,
  ThresholdMetricId: 'band',
  ComparisonOperator: 'GreaterThanUpperThreshold',
  EvaluationState: 'PARTIAL_DATA',
  Metrics: [
    {
      Id: 'm1',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/RDS',
          MetricName: 'DatabaseConnections',
          Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'orders' }],
        },
        Period: 300,
        Stat: 'Average',
      },
    },
    { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(m1, 2.5)', Label: 'expected' },
  ],
};

/** Updated a minute ago, but in ALARM for hours: the update must not make it the newest. */
const promql: MetricAlarm = {
  ...firing('pod-restarts', at('08:00')),
  ActionsEnabled: false,
  StateUpdatedTimestamp: at('11:59'),
  Threshold: 0,
  EvaluationInterval: 60,
  EvaluationCriteria: { PromQLCriteria: { Query: 'sum by (pod) (rate(restarts_total[5m])) > 0', PendingPeriod: 300 } },
};

const logErrors: LogAlarm = {
  ...firing('payment-log-errors', at('11:40')),
  StateReason: 'The query returned 42.',
  QueryResultsToEvaluate: 3,
  QueryResultsToAlarm: 2,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  ScheduledQueryConfiguration: {
    QueryString: 'filter level = "ERROR"',
    AggregationExpression: 'count(*)',
    LogGroupIdentifiers: ['/aws/lambda/payment'],
    ScheduledQueryRoleARN: `arn:aws:iam::${ACCOUNT}:role/query`,
    ScheduleConfiguration: { ScheduleExpression: 'rate(5 minutes)', StartTimeOffset: 300 },
  },
};

const health = compositeAlarm(
  'shop-health',
  at('11:27'),
  `ALARM("checkout-latency") OR NOT OK("${alarmArn('checkout-error-rate')}")`,
  {
    StateReason: `${alarmArn('checkout-latency')} transitioned to ALARM at Sunday 01 March, 2026 11:26:00 UTC`,
    ActionsSuppressor: alarmArn('deploy-window'),
    ActionsSuppressedBy: 'Alarm',
    ActionsSuppressedReason: 'Actions suppressed by deploy-window',
  },
);

const muteRule: GetAlarmMuteRuleOutput = {
  Name: 'payment-maintenance',
  AlarmMuteRuleArn: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm-mute-rule:payment-maintenance`,
  Status: 'ACTIVE',
  Rule: { Schedule: { Expression: 'at(2026-03-01T11:00)', Duration: 'PT2H' } },
  MuteTargets: { AlarmNames: ['payment-log-errors'] },
};

export const INCIDENT = {
  metricAlarms: [
    latency,
    errorRate,
    anomaly,
    promql,
    metricAlarm('TargetTracking-service/shop-AlarmHigh', at('11:50')),
    metricAlarm('idle-worker', at('09:00'), { StateValue: 'INSUFFICIENT_DATA', StateReason: 'Insufficient Data' }),
    metricAlarm('cart-latency', at('02:00'), { StateValue: 'OK' }),
  ],
  compositeAlarms: [health],
  logAlarms: [logErrors],
  muteRules: [
    muteRule,
    { ...muteRule, Name: 'old', AlarmMuteRuleArn: `${muteRule.AlarmMuteRuleArn}-old`, Status: 'EXPIRED' as const },
  ],
};

/** One StateUpdate as the service writes it. */
export function stateUpdate(
  alarmName: string,
  when: Date,
  states: readonly [from: string, to: string],
  more: {
    readonly type?: AlarmHistoryItem['AlarmType'];
    readonly reason?: string;
    readonly datapoints?: readonly number[];
  } = {},
): AlarmHistoryItem {
  const [from, to] = states;
  return {
    AlarmName: alarmName,
    AlarmType: more.type ?? 'MetricAlarm',
    Timestamp: when,
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from ${from} to ${to}`,
    HistoryData: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: from, stateReason: 'before' },
      newState: {
        stateValue: to,
        stateReason: more.reason ?? 'Threshold Crossed',
        stateReasonData:
          more.type === 'CompositeAlarm'
            ? { triggeringAlarms: [] }
            : { version: '1.0', period: 60, recentDatapoints: more.datapoints ?? [], threshold: 3000 },
      },
    }),
  };
}

/** Going into ALARM at each time, and back after ten minutes; newest first, as the service lists it. */
export function flaps(alarmName: string, ...times: readonly string[]): AlarmHistoryItem[] {
  return times
    .flatMap((time) => [
      stateUpdate(alarmName, at(time), ['OK', 'ALARM'], { datapoints: [2900, 3100] }),
      stateUpdate(alarmName, new Date(at(time).getTime() + 600_000), ['ALARM', 'OK']),
    ])
    .reverse();
}

/** What happened to the alarms of {@link INCIDENT}; newest first. */
export const INCIDENT_HISTORY: readonly AlarmHistoryItem[] = [
  {
    AlarmName: 'shop-health',
    AlarmType: 'CompositeAlarm',
    Timestamp: at('11:27:01'),
    HistoryItemType: 'Action',
    HistorySummary: 'Action suppressed',
    HistoryData: JSON.stringify({ actionState: 'Suppressed', notificationResource: TOPIC }),
  },
  stateUpdate('shop-health', at('11:27'), ['OK', 'ALARM'], {
    type: 'CompositeAlarm',
    reason: `${alarmArn('checkout-latency')} transitioned to ALARM at Sunday 01 March, 2026 11:26:00 UTC`,
  }),
  stateUpdate('checkout-latency', at('11:26'), ['OK', 'ALARM'], { datapoints: [4391.7, 4480.1, 4512.3] }),
  stateUpdate('checkout-latency', at('08:05'), ['ALARM', 'OK']),
  stateUpdate('checkout-latency', at('08:00'), ['OK', 'ALARM']),
  {
    AlarmName: 'checkout-latency',
    AlarmType: 'MetricAlarm',
    Timestamp: at('07:00'),
    HistoryItemType: 'ConfigurationUpdate',
    HistorySummary: 'Alarm "checkout-latency" updated',
    HistoryData: JSON.stringify({
      version: '1.0',
      type: 'Update',
      originalUpdatedFields: { threshold: 5000, evaluationPeriods: 5 },
      updatedAlarm: { threshold: 3000, evaluationPeriods: 3, period: 60 },
    }),
  },
];
