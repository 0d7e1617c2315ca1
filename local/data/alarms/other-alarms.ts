import type { ACCOUNTS } from '../../scenario.ts';
import { FIRING_ALARMS, LOG_GROUPS, SHOP } from '../../scenario.ts';
import { INFO_TOPIC, ON_CALL_TOPIC, SHOP_ALARMS } from './alarm-settings.ts';
import type { CompositeAlarmSpec, LogAlarmSpec, PromQlAlarmSpec } from './alarm-spec.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

export const COMPOSITE_NAMES = {
  shopHealth: FIRING_ALARMS.shopHealth,
  dataLayer: 'shop-data-layer',
  storefront: 'shop-storefront-degraded',
  business: 'shop-business-impact',
} as const;
export const LOG_ALARM_NAMES = { timeouts: 'shop-checkout-timeouts', webhooks: 'partner-webhook-errors' } as const;
export const PROMQL_ALARM_NAME = 'shop-eks-container-cpu';

export const COMPOSITE_ALARMS: readonly CompositeAlarmSpec[] = [
  {
    createdDaysAgo: 180,
    config: {
      AlarmName: COMPOSITE_NAMES.shopHealth,
      AlarmDescription: 'Customers cannot buy.',
      AlarmRule: `(ALARM("${FIRING_ALARMS.checkoutLatency}") AND ALARM("${FIRING_ALARMS.checkoutErrors}")) OR ALARM(${FIRING_ALARMS.queueAge})`,
      AlarmActions: [ON_CALL_TOPIC],
      OKActions: [ON_CALL_TOPIC],
    },
  },
  {
    createdDaysAgo: 90,
    config: {
      AlarmName: COMPOSITE_NAMES.dataLayer,
      AlarmRule: `ALARM("${FIRING_ALARMS.databaseConnections}") OR ALARM("${FIRING_ALARMS.queueAge}")`,
      AlarmActions: [ON_CALL_TOPIC],
      ActionsSuppressor: SHOP_ALARMS.maintenance,
      ActionsSuppressorWaitPeriod: 120,
      ActionsSuppressorExtensionPeriod: 180,
    },
  },
  {
    createdDaysAgo: 90,
    config: {
      AlarmName: COMPOSITE_NAMES.storefront,
      AlarmDescription: 'Cart or payment is not healthy.',
      AlarmRule: `NOT (OK("${SHOP_ALARMS.cartErrors}") AND OK("${SHOP_ALARMS.paymentErrors}"))`,
      AlarmActions: [INFO_TOPIC],
    },
  },
  {
    createdDaysAgo: 30,
    config: {
      AlarmName: COMPOSITE_NAMES.business,
      AlarmDescription: 'A composite over a composite.',
      AlarmRule: `ALARM("${COMPOSITE_NAMES.shopHealth}") AND NOT INSUFFICIENT_DATA("${SHOP_ALARMS.ordersAnomaly}")`,
      AlarmActions: [INFO_TOPIC],
    },
  },
];

/** Alarms over scheduled queries of log groups. */
export function createLogAlarms(accountId: (typeof ACCOUNTS)['prod']['id'], region: string): readonly LogAlarmSpec[] {
  const schedule = (name: string, queryString: string, group: string, aggregation: string) => ({
    QueryString: queryString,
    LogGroupIdentifiers: [`arn:aws:logs:${region}:${accountId}:log-group:${group}`],
    QueryARN: `arn:aws:logs:${region}:${accountId}:scheduled-query:${name}`,
    ScheduledQueryRoleARN: `arn:aws:iam::${accountId}:role/CloudWatchScheduledQuery`,
    ScheduleConfiguration: { ScheduleExpression: 'rate(5 minutes)', StartTimeOffset: 300, EndTimeOffset: 0 },
    AggregationExpression: aggregation,
  });
  return [
    {
      createdDaysAgo: 26,
      logGroup: LOG_GROUPS.checkout,
      counts: (message) => message.includes('Task timed out'),
      config: {
        AlarmName: LOG_ALARM_NAMES.timeouts,
        AlarmDescription: 'Invocations of checkout run into their time-out.',
        AlarmActions: [ON_CALL_TOPIC],
        ScheduledQueryConfiguration: schedule(
          LOG_ALARM_NAMES.timeouts,
          'filter @message like /Task timed out/ | parse @logStream "[*]" as functionVersion | stats count(*) as timeouts by functionVersion',
          LOG_GROUPS.checkout,
          'sum(timeouts)',
        ),
        QueryResultsToEvaluate: 3,
        QueryResultsToAlarm: 1,
        // The log holds a part of the invocations; one that runs into its time-out is one too many.
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
        ActionLogLineCount: 10,
        ActionLogLineRoleArn: `arn:aws:iam::${accountId}:role/CloudWatchAlarmLogLines`,
      },
    },
    {
      createdDaysAgo: 26,
      logGroup: LOG_GROUPS.hostile,
      counts: (message) => message.includes('"level":"ERROR"'),
      config: {
        AlarmName: LOG_ALARM_NAMES.webhooks,
        AlarmActions: [INFO_TOPIC],
        ScheduledQueryConfiguration: schedule(
          LOG_ALARM_NAMES.webhooks,
          'filter level = "ERROR" | stats count(*) as errors',
          LOG_GROUPS.hostile,
          'max(errors)',
        ),
        QueryResultsToEvaluate: 3,
        QueryResultsToAlarm: 2,
        Threshold: 500,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
      },
    },
  ];
}

export const PROMQL_ALARMS: readonly PromQlAlarmSpec[] = [
  {
    createdDaysAgo: 12,
    transitions: [
      { agoMs: 12 * DAY_MS - 5 * MINUTE_MS, to: 'OK', reason: 'No contributors are in ALARM state.' },
      { agoMs: 31 * MINUTE_MS, to: 'ALARM', reason: '2 out of 12 contributors evaluated to ALARM.' },
    ],
    config: {
      AlarmName: PROMQL_ALARM_NAME,
      AlarmDescription: 'Containers of the storefront use more than 80 % of their CPU limit.',
      AlarmActions: [INFO_TOPIC],
      EvaluationCriteria: {
        PromQLCriteria: {
          Query: `histogram_avg({"container_cpu_utilization","@resource.k8s.cluster.name"="${SHOP.eksCluster}"}) > 80`,
          PendingPeriod: 300,
          RecoveryPeriod: 600,
        },
      },
      EvaluationInterval: 60,
    },
  },
];
