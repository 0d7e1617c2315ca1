import type { ScenarioDocument, WrittenEvent, WrittenMetric } from '../scenarios/document.ts';
import { type MetricName, SeriesWriter, watch } from './series.ts';

/** Since when the source account `data` fails, in minutes. */
const FAILING_SINCE_MINUTE = -25;
/** An account that exists and is not linked: the monitoring account must not see it. */
export const UNLINKED_ACCOUNT = { alias: 'audit', id: '444455556666' } as const;

const FUNCTION_NAME = 'checkout';
const LOG_GROUP = `/aws/lambda/${FUNCTION_NAME}`;
const IDS = { prod: '111122223333', dev: '222233334444', data: '333344445555' } as const;
const DAY_SECONDS = 86_400;
const LOG_MINUTES = 120;

interface Account {
  readonly alias: string;
  /** Calls and failures a minute; equal names in every account have unequal values. */
  readonly calls: number;
  readonly failures: number;
  readonly isFailing: boolean;
}

const ACCOUNTS: readonly Account[] = [
  { alias: 'prod', calls: 60, failures: 1, isFailing: false },
  { alias: 'dev', calls: 10, failures: 3, isFailing: false },
  { alias: 'data', calls: 240, failures: 2, isFailing: true },
  { alias: UNLINKED_ACCOUNT.alias, calls: 1_000, failures: 400, isFailing: false },
];

type WrittenAlarm = NonNullable<ScenarioDocument['metricAlarms']>[number];

/**
 * A monitoring account (`prod`) that sees two source accounts (`dev`, `data`), all with a function of the same name. The
 * one of `data` fails; an alarm of the monitoring account on its metric fires, and so does one on a queue of its own. A
 * fourth account is not linked. Equal seeds give equal documents.
 */
export function generateLinkedAccounts(seed: number): ScenarioDocument {
  return {
    format: 1,
    name: 'linked-accounts',
    description: 'A monitoring account sees the metrics and logs of two source accounts; one of them fails.',
    region: 'us-east-1',
    account: 'prod',
    accounts: [UNLINKED_ACCOUNT],
    linkedAccounts: [
      { monitoring: 'prod', source: 'dev' },
      { monitoring: 'prod', source: 'data' },
    ],
    metrics: [
      ...ACCOUNTS.flatMap((account, index) => writeMetrics(account, seed + index)),
      ...writeQueue(seed),
      ...writeLedger(seed),
    ],
    metricAlarms: writeAlarms(),
    logGroups: ACCOUNTS.map((account) => ({
      account: account.alias,
      logGroupName: LOG_GROUP,
      retentionInDays: 30,
      creationTime: -90 * DAY_SECONDS,
      events: writeEvents(account),
    })),
    dashboards: [writeDashboard()],
  };
}

const lambda = (metricName: string): MetricName => ({
  namespace: 'AWS/Lambda',
  metricName,
  dimensions: { FunctionName: FUNCTION_NAME },
  unit: 'Count',
});
const QUEUE: MetricName = {
  namespace: 'AWS/SQS',
  metricName: 'ApproximateAgeOfOldestMessage',
  dimensions: { QueueName: 'orders' },
  unit: 'Seconds',
};

export const LEDGER: MetricName = {
  namespace: 'AWS/DynamoDB',
  metricName: 'ProvisionedWriteCapacityUnits',
  dimensions: { TableName: 'ledger' },
  unit: 'Count',
};

function writeMetrics({ alias, calls, failures, isFailing }: Account, seed: number): readonly WrittenMetric[] {
  const series = new SeriesWriter(seed);
  series.count(lambda('Invocations'), () => calls);
  series.count(lambda('Errors'), (minute) => (isFailing && minute >= FAILING_SINCE_MINUTE ? calls / 2 : failures));
  return series.metrics.map((metric) => ({ ...metric, account: alias }));
}

/** What the failing account no longer takes waits in the monitoring account. */
function writeQueue(seed: number): readonly WrittenMetric[] {
  const series = new SeriesWriter(seed);
  series.gauge(QUEUE, (minute) => (minute < FAILING_SINCE_MINUTE ? 8 : 8 + 60 * (minute - FAILING_SINCE_MINUTE)));
  return series.metrics;
}

/** Only the account `data` has it. */
function writeLedger(seed: number): readonly WrittenMetric[] {
  const series = new SeriesWriter(seed);
  series.gauge(LEDGER, () => 40);
  return series.metrics.map((metric) => ({ ...metric, account: 'data' }));
}

function writeAlarms(): readonly WrittenAlarm[] {
  const settings = {
    ActionsEnabled: true,
    AlarmActions: [`arn:aws:sns:us-east-1:${IDS.prod}:on-call`],
    AlarmConfigurationUpdatedTimestamp: -60 * DAY_SECONDS,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 3,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  } as const;
  const onErrors = { ...settings, ...watch(lambda('Errors')), Statistic: 'Sum', Period: 60, Threshold: 30 } as const;
  return [
    {
      ...settings,
      AlarmName: 'data-checkout-errors',
      AlarmDescription: 'The checkout function of the account data fails.',
      Threshold: 30,
      Metrics: [errorsOf('data', 'm1', true)],
    },
    {
      ...settings,
      AlarmName: 'sources-checkout-errors',
      AlarmDescription: 'Failures of both source accounts together.',
      Threshold: 500,
      Metrics: [
        errorsOf('dev', 'm1', false),
        errorsOf('data', 'm2', false),
        { Id: 'all', Expression: 'm1 + m2', Label: 'Errors of the sources', ReturnData: true },
      ],
    },
    { ...settings, ...watch(QUEUE), AlarmName: 'orders-age', Statistic: 'Maximum', Period: 60, Threshold: 300 },
    { ...onErrors, AlarmName: 'checkout-errors' },
    // Alarms stay with their account, whatever is linked.
    { ...onErrors, AlarmName: 'checkout-errors', account: 'data', AlarmActions: [] },
  ];
}

function errorsOf(alias: 'dev' | 'data', Id: string, ReturnData: boolean) {
  const { Dimensions, Namespace, MetricName: name } = watch(lambda('Errors'));
  return {
    Id,
    AccountId: IDS[alias],
    ReturnData,
    MetricStat: { Metric: { Namespace, MetricName: name, Dimensions }, Period: 60, Stat: 'Sum' },
  };
}

function writeEvents({ alias, isFailing }: Account): readonly WrittenEvent[] {
  return Array.from({ length: LOG_MINUTES }, (_, index) => {
    const minute = index - LOG_MINUTES;
    const line =
      isFailing && minute >= FAILING_SINCE_MINUTE
        ? { level: 'ERROR', account: alias, message: 'ledger refused the order', order: 1_000 + index }
        : { level: 'INFO', account: alias, message: 'order taken', order: 1_000 + index };
    return [minute * 60 + 7.5, '2026/01/01/[$LATEST]0a1b2c3d', JSON.stringify(line)];
  });
}

function writeDashboard() {
  const row = (alias: keyof typeof IDS) =>
    ['AWS/Lambda', 'Errors', 'FunctionName', FUNCTION_NAME, { accountId: IDS[alias], label: alias }] as const;
  const properties = { region: 'us-east-1', stat: 'Sum', period: 60, view: 'timeSeries' };
  const place = { width: 12, height: 6 };
  return {
    DashboardName: 'all-accounts',
    LastModified: -7 * DAY_SECONDS,
    DashboardBody: {
      widgets: [
        {
          ...place,
          type: 'metric',
          x: 0,
          y: 0,
          properties: { ...properties, title: 'Errors by account', metrics: [row('prod'), row('dev'), row('data')] },
        },
        {
          ...place,
          type: 'metric',
          x: 12,
          y: 0,
          properties: {
            ...properties,
            title: 'Calls of the account data',
            accountId: IDS.data,
            metrics: [['AWS/Lambda', 'Invocations', 'FunctionName', FUNCTION_NAME]],
          },
        },
        {
          ...place,
          type: 'log',
          x: 0,
          y: 6,
          properties: {
            region: 'us-east-1',
            accountId: IDS.data,
            title: 'Failures of the account data',
            query: `SOURCE '${LOG_GROUP}' | filter level = "ERROR" | stats count(*) by bin(5m)`,
          },
        },
      ],
    },
  };
}
