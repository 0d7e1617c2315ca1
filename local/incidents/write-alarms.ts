import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { hashText, noiseAt } from '../data/noise.ts';
import type { ScenarioDocument } from '../scenarios/document.ts';
import { everyPeriod } from './effects.ts';
import type { Estate } from './estate.ts';
import { nameMetrics } from './names.ts';
import { type MetricName, type SeriesWriter, watch } from './series.ts';
import { DURATIONS, MAX_CONNECTIONS } from './write-metrics.ts';

const DAY_SECONDS = 86_400;
type WrittenAlarm = NonNullable<ScenarioDocument['metricAlarms']>[number];

/** Names of the alarms of an estate, by what they watch. */
export function nameAlarms(estate: Estate) {
  return {
    apiErrors: `${estate.api}-5xx`,
    apiLatency: `${estate.api}-latency`,
    traffic: `${estate.api}-requests-high`,
    errorsOf: (functionName: string) => `${functionName}-errors`,
    durationOf: (functionName: string) => `${functionName}-duration`,
    throttlesOf: (functionName: string) => `${functionName}-throttles`,
    connections: `${estate.database}-connections`,
    databaseCpu: `${estate.database}-cpu`,
    storage: `${estate.database}-storage-low`,
    tableThrottles: `${estate.table}-read-throttles`,
    queueAge: `${estate.queue}-oldest-message`,
    memory: `${estate.service}-memory`,
    provider: `${estate.prefix}-partner-latency`,
    heartbeat: `${estate.worker}-heartbeat`,
    flapping: `${estate.prefix}-warmup-lag`,
    forgotten: `${estate.prefix}-test-do-not-use`,
    misspelled: `${estate.prefix}-exports-rows`,
    health: `${estate.prefix}-customers-affected`,
  };
}

/** The alarms of an estate: those of its resources, and the noise that every account has. Their states follow from the metrics. */
export function writeAlarms(
  series: SeriesWriter,
  estate: Estate,
  seed: number,
): Pick<ScenarioDocument, 'metricAlarms' | 'compositeAlarms'> {
  const names = nameMetrics(estate);
  const alarms = nameAlarms(estate);
  const topic = `arn:aws:sns:us-east-1:111122223333:${estate.prefix}-on-call`;
  const functions = [estate.front, estate.pricing, estate.worker, ...estate.helpers];
  const make = (AlarmName: string, name: MetricName, settings: Partial<WrittenAlarm>): WrittenAlarm => {
    const period = series.periodOf(name);
    if (period === 60) return makeAlarm(AlarmName, name, settings);
    const scale = settings.Statistic === 'Sum' ? period / 60 : 1;
    return makeAlarm(AlarmName, name, {
      ...settings,
      Period: period,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      Threshold: (settings.Threshold ?? 0) * scale,
    });
  };
  const makeAlarm = (AlarmName: string, name: MetricName, settings: Partial<WrittenAlarm>): WrittenAlarm => ({
    AlarmName,
    ...watch(name),
    AlarmConfigurationUpdatedTimestamp: -DAY_SECONDS * (20 + Math.floor(noiseAt(hashText(AlarmName, seed), 1) * 300)),
    ActionsEnabled: true,
    AlarmActions: [topic],
    Statistic: 'Average',
    Period: 60,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 3,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'missing',
    ...settings,
  });
  const metricAlarms: WrittenAlarm[] = [
    make(alarms.apiErrors, names.api('5XXError'), {
      Statistic: 'Sum',
      Threshold: Math.round(estate.traffic * 0.05),
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      AlarmDescription: 'Customers see errors.',
    }),
    make(alarms.apiLatency, names.api('Latency', 'Milliseconds'), { Threshold: 500 }),
    make(alarms.traffic, names.api('Count'), { Statistic: 'Sum', Threshold: Math.round(estate.traffic * 2.2) }),
    ...functions.flatMap((name) => makeFunctionAlarms(make, alarms, names, estate, name)),
    make(alarms.connections, names.database('DatabaseConnections'), { Threshold: Math.round(MAX_CONNECTIONS * 0.8) }),
    make(alarms.databaseCpu, names.database('CPUUtilization', 'Percent'), { Threshold: 75 }),
    make(alarms.storage, names.database('FreeStorageSpace', 'Bytes'), {
      Threshold: 20e9,
      ComparisonOperator: 'LessThanThreshold',
    }),
    make(alarms.tableThrottles, names.table('ReadThrottleEvents'), { Statistic: 'Sum', Threshold: 10 }),
    make(alarms.queueAge, names.queue('ApproximateAgeOfOldestMessage', 'Seconds'), {
      Statistic: 'Maximum',
      Threshold: 300,
    }),
    make(alarms.memory, names.container('MemoryUtilization', 'Percent'), { Threshold: 85, Period: 300 }),
    make(alarms.provider, names.provider('ResponseTime', 'Milliseconds'), { Threshold: 250 }),
    make(alarms.heartbeat, names.worker('Heartbeat'), {
      Statistic: 'SampleCount',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    }),
    ...makeNoise(series, estate, make, seed),
  ];
  return {
    metricAlarms,
    compositeAlarms: [
      {
        AlarmName: alarms.health,
        AlarmRule: `ALARM("${alarms.apiErrors}") OR ALARM("${alarms.apiLatency}")`,
        AlarmActions: [topic],
        AlarmConfigurationUpdatedTimestamp: -DAY_SECONDS * 90,
      },
    ],
  };
}

type Make = (name: string, metric: MetricName, settings: Partial<WrittenAlarm>) => WrittenAlarm;

function makeFunctionAlarms(
  make: Make,
  alarms: ReturnType<typeof nameAlarms>,
  names: ReturnType<typeof nameMetrics>,
  estate: Estate,
  functionName: string,
): readonly WrittenAlarm[] {
  const name = names.lambda(functionName);
  const isHelper = estate.helpers.includes(functionName);
  const median = functionName === estate.front ? DURATIONS.front : DURATIONS.worker;
  const errors = isHelper
    ? 6
    : Math.max(6, Math.round(estate.traffic * (functionName === estate.worker ? 0.02 : 0.06)));
  return [
    make(alarms.errorsOf(functionName), name('Errors'), {
      Statistic: 'Sum',
      Threshold: errors,
      TreatMissingData: 'notBreaching',
    }),
    make(alarms.durationOf(functionName), name('Duration', 'Milliseconds'), withPercentile({ Threshold: median * 9 })),
    make(alarms.throttlesOf(functionName), name('Throttles'), {
      Statistic: 'Sum',
      Threshold: 5,
      TreatMissingData: 'notBreaching',
    }),
  ];
}

function withPercentile(settings: Partial<MetricAlarm>): Partial<WrittenAlarm> {
  // What is undefined is left out of a document.
  return { ...(settings as Partial<WrittenAlarm>), Statistic: undefined, ExtendedStatistic: 'p90' };
}

/** An alarm that flaps, one that nobody cleans up and one whose metric does not exist. */
function makeNoise(series: SeriesWriter, estate: Estate, make: Make, seed: number): readonly WrittenAlarm[] {
  const alarms = nameAlarms(estate);
  const own = (metricName: string): MetricName => ({
    namespace: `${estate.prefix}/Jobs`,
    metricName,
    unit: 'Seconds',
    dimensions: { Worker: `${estate.prefix}-warmup` },
  });
  const period = 150 + Math.floor(noiseAt(seed, 5) * 120);
  const lag = everyPeriod(period, -Math.floor(noiseAt(seed, 6) * period), 14);
  series.gauge(own('WarmupLag'), (minute) => 20 + 200 * lag(minute), 0.1);
  series.gauge(own('Leftovers'), () => 12, 0.1);
  // What moves a little, at about the time of everything else, and means nothing.
  const moved = -25 - Math.floor(noiseAt(seed, 7) * 40);
  series.gauge(own('PoolSize'), (minute) => (minute < moved ? 40 : 50), 0.04);
  return [
    make(alarms.flapping, own('WarmupLag'), { Threshold: 100, EvaluationPeriods: 2, DatapointsToAlarm: 2 }),
    make(alarms.forgotten, own('Leftovers'), { Threshold: 1, AlarmDescription: 'Test, can be deleted.' }),
    make(alarms.misspelled, own('RowsExportd'), {
      Statistic: 'Sum',
      Threshold: 1_000,
      ComparisonOperator: 'LessThanThreshold',
    }),
  ];
}
