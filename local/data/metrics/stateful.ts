import { HISTORY_MS, SHOP } from '../../scenario.ts';
import { constant, type Level, plus, shopSeason, times, trend } from '../levels.ts';
import type { GaugeOptions, MetricFactory } from '../metric-factory.ts';
import type { MetricModel } from '../metric-model.ts';
import type { Story } from '../story.ts';

const GIB = 1024 ** 3;
const DAY_SECONDS = 86_400;
/** `max_connections` of the database. */
export const MAX_CONNECTIONS = 100;

/** RDS, SQS, DynamoDB and S3. */
export function createStatefulMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  return [
    ...createDatabaseMetrics(make, story),
    ...createQueueMetrics(make, story),
    ...createTableMetrics(make),
    ...createBucketMetrics(make, story),
  ];
}

function createDatabaseMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  const season = shopSeason(0.5);
  const filled = story.connectionsFilled;
  const usual = times(constant(38), season);
  const gauge = (metricName: string, unit: string, options: GaugeOptions) =>
    make.gauge(
      { namespace: 'AWS/RDS', metricName, unit, dimensions: { DBInstanceIdentifier: SHOP.database } },
      options,
    );
  const connections: Level = (at) => usual(at) + (MAX_CONNECTIONS * 0.985 - usual(at)) * filled(at);
  return [
    gauge('DatabaseConnections', 'Count', {
      level: connections,
      jitter: 0.02,
      maximum: MAX_CONNECTIONS,
      isInteger: true,
    }),
    gauge('CPUUtilization', 'Percent', {
      level: plus(times(constant(21), season), times(constant(62), filled)),
      maximum: 99,
    }),
    gauge('ReadLatency', 'Seconds', { level: plus(constant(0.004), times(constant(0.031), filled)), jitter: 0.1 }),
    gauge('WriteLatency', 'Seconds', { level: plus(constant(0.006), times(constant(0.008), filled)), jitter: 0.1 }),
    gauge('ReadIOPS', 'Count/Second', { level: plus(times(constant(310), season), times(constant(4100), filled)) }),
    gauge('WriteIOPS', 'Count/Second', { level: times(constant(120), season) }),
    gauge('FreeableMemory', 'Bytes', {
      level: plus(constant(6.1 * GIB), times(constant(-4.3 * GIB), filled)),
      jitter: 0.02,
      isInteger: true,
    }),
    gauge('FreeStorageSpace', 'Bytes', {
      level: trend(212 * GIB, -1.4 * GIB, story.anchorEpochMs - HISTORY_MS),
      jitter: 0.0004,
      isInteger: true,
    }),
    gauge('DiskQueueDepth', 'Count', { level: plus(constant(0.4), times(constant(11), filled)), jitter: 0.2 }),
  ];
}

function createQueueMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  const sent = times(constant(88), shopSeason(), story.ordersPlaced);
  const past = story.pastQueueIncident;
  const main = (metricName: string, unit: string, options: GaugeOptions) =>
    make.gauge({ namespace: 'AWS/SQS', metricName, unit, dimensions: { QueueName: SHOP.queue } }, options);
  const dead = (metricName: string, unit: string, level: Level) =>
    make.gauge(
      { namespace: 'AWS/SQS', metricName, unit, dimensions: { QueueName: SHOP.deadLetterQueue } },
      { level, isInteger: true },
    );
  const age: Level = (at) => 7 + story.queueAgeSeconds(at) + 640 * past(at);
  // What waits is what arrived while nothing was taken off.
  const waiting: Level = (at) => 9 + (story.queueAgeSeconds(at) / 60) * 40 + 900 * past(at);
  return [
    main('ApproximateAgeOfOldestMessage', 'Seconds', { level: age, jitter: 0.02, isInteger: true }),
    main('ApproximateNumberOfMessagesVisible', 'Count', { level: waiting, jitter: 0.05, isInteger: true }),
    main('ApproximateNumberOfMessagesNotVisible', 'Count', {
      level: times(constant(6), story.ordersConsumed),
      jitter: 0.3,
      isInteger: true,
    }),
    main('NumberOfMessagesSent', 'Count', { level: sent, jitter: 0.08, isInteger: true }),
    main('NumberOfMessagesReceived', 'Count', {
      level: times(sent, story.ordersConsumed),
      jitter: 0.08,
      isInteger: true,
    }),
    main('NumberOfMessagesDeleted', 'Count', {
      level: times(sent, story.ordersConsumed),
      jitter: 0.08,
      isInteger: true,
    }),
    dead('ApproximateNumberOfMessagesVisible', 'Count', constant(2)),
    dead('ApproximateAgeOfOldestMessage', 'Seconds', constant(4000)),
    dead('NumberOfMessagesSent', 'Count', constant(0)),
  ];
}

function createTableMetrics(make: MetricFactory): readonly MetricModel[] {
  return ['shop-carts', 'shop-sessions'].flatMap((table, index) => {
    const season = times(constant(1 + index), shopSeason());
    const gauge = (metricName: string, unit: string, level: Level) =>
      make.gauge({ namespace: 'AWS/DynamoDB', metricName, unit, dimensions: { TableName: table } }, { level });
    return [
      gauge('ConsumedReadCapacityUnits', 'Count', times(constant(2400), season)),
      gauge('ConsumedWriteCapacityUnits', 'Count', times(constant(900), season)),
      gauge('ProvisionedReadCapacityUnits', 'Count', constant(200)),
    ];
  });
}

function createBucketMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  const daily = (metricName: string, unit: string, storageType: string, level: Level) =>
    make.gauge(
      {
        namespace: 'AWS/S3',
        metricName,
        unit,
        dimensions: { BucketName: SHOP.bucket, StorageType: storageType },
        publishingPeriodSeconds: DAY_SECONDS,
      },
      { level, jitter: 0.001, isInteger: true },
    );
  const startEpochMs = story.anchorEpochMs - HISTORY_MS;
  return [
    daily('BucketSizeBytes', 'Bytes', 'StandardStorage', trend(410 * GIB, 2.2 * GIB, startEpochMs)),
    daily('BucketSizeBytes', 'Bytes', 'StandardIAStorage', trend(1200 * GIB, 5 * GIB, startEpochMs)),
    daily('NumberOfObjects', 'Count', 'AllStorageTypes', trend(3_100_000, 14_000, startEpochMs)),
  ];
}
