import {
  type CloudWatchClient,
  DescribeAlarmsForMetricCommand,
  DescribeAnomalyDetectorsCommand,
  ListMetricsCommand,
  type ListMetricsInput,
  type Metric,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUSINESS_NAMESPACE, HOSTILE_DIMENSION, SILENT_WORKER } from '../data/metrics/edge.ts';
import { FIRING_ALARMS, SHOP } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { createTestClient } from './test-client.ts';

let local: LocalCloudWatch;
let client: CloudWatchClient;
const list = (input: ListMetricsInput) => client.send(new ListMetricsCommand(input));
async function listAll(input: ListMetricsInput): Promise<Metric[]> {
  const metrics: Metric[] = [];
  let token: string | undefined;
  do {
    const page = await list({ ...input, ...(token === undefined ? {} : { NextToken: token }) });
    metrics.push(...(page.Metrics ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return metrics;
}

beforeAll(async () => {
  // Not at midnight: daily metrics must not look recently active.
  local = await startLocalCloudWatch({ nowEpochMs: () => Date.UTC(2026, 5, 3, 12, 0, 20) });
  client = createTestClient(local);
});
afterAll(() => local.close());

describe('ListMetrics', () => {
  it('gives pages of 500 without losing or repeating a metric', async () => {
    const first = await list({});
    expect(first.Metrics).toHaveLength(500);
    const all = await listAll({});
    expect(new Set(all.map((metric) => JSON.stringify(metric))).size).toBe(all.length);
    expect(new Set(all.map((metric) => metric.Namespace)).size).toBeGreaterThanOrEqual(10);
  });

  it('filters by namespace, name and dimensions with or without value', async () => {
    const byFunction = await listAll({
      Namespace: 'AWS/Lambda',
      Dimensions: [{ Name: 'FunctionName', Value: SHOP.checkoutFunction }],
    });
    expect(new Set(byFunction.map((metric) => metric.MetricName))).toEqual(
      new Set(['ConcurrentExecutions', 'Duration', 'Errors', 'Invocations', 'Throttles']),
    );
    const queues = await listAll({ MetricName: 'NumberOfMessagesSent', Dimensions: [{ Name: 'QueueName' }] });
    expect(queues).toHaveLength(2);
    expect(await listAll({ Namespace: 'AWS/Nothing' })).toEqual([]);
    expect(await listAll({ Namespace: 'aws/lambda' })).toEqual([]);
  });

  it('keeps hostile dimension names as they are', async () => {
    const [metric] = await listAll({
      Namespace: BUSINESS_NAMESPACE,
      Dimensions: [{ Name: HOSTILE_DIMENSION.name, Value: HOSTILE_DIMENSION.value }],
    });
    expect(metric?.Dimensions).toEqual([{ Name: HOSTILE_DIMENSION.name, Value: HOSTILE_DIMENSION.value }]);
  });

  it('leaves out what published nothing in the last three hours when asked to', async () => {
    const silent = { Namespace: BUSINESS_NAMESPACE, Dimensions: [{ Name: 'Worker', Value: SILENT_WORKER }] };
    expect(await listAll(silent)).toHaveLength(1);
    expect(await listAll({ ...silent, RecentlyActive: 'PT3H' })).toEqual([]);
    expect(await listAll({ Namespace: 'AWS/S3' })).toHaveLength(3);
    expect(await listAll({ Namespace: 'AWS/S3', RecentlyActive: 'PT3H' })).toEqual([]);
    expect((await listAll({ Namespace: 'AWS/RDS', RecentlyActive: 'PT3H' })).length).toBeGreaterThan(5);
  });

  it('names the owning account for a monitoring account', async () => {
    const page = await list({ Namespace: 'AWS/SQS', IncludeLinkedAccounts: true });
    expect(new Set(page.OwningAccounts)).toEqual(new Set(['111122223333']));
    expect(page.OwningAccounts).toHaveLength(page.Metrics?.length ?? 0);
    const foreign = await list({ IncludeLinkedAccounts: true, OwningAccount: '999999999999' });
    expect(foreign.Metrics).toEqual([]);
  });

  it.each<[string, ListMetricsInput]>([
    ['a token that is none', { NextToken: 'x' }],
    ['eleven dimensions', { Dimensions: Array.from({ length: 11 }, (_, index) => ({ Name: `d${index}` })) }],
    ['an owning account alone', { OwningAccount: '111122223333' }],
    ['an empty namespace', { Namespace: '' }],
  ])('refuses %s', async (_what, input) => {
    await expect(list(input)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  });
});

describe('DescribeAlarmsForMetric', () => {
  const metric = {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateAgeOfOldestMessage',
    Dimensions: [{ Name: 'QueueName', Value: SHOP.queue }],
  };
  it('finds the alarms on exactly this metric', async () => {
    const found = await client.send(new DescribeAlarmsForMetricCommand(metric));
    expect(found.MetricAlarms?.map((alarm) => alarm.AlarmName)).toEqual([FIRING_ALARMS.queueAge]);
    const otherStatistic = await client.send(new DescribeAlarmsForMetricCommand({ ...metric, Statistic: 'Average' }));
    expect(otherStatistic.MetricAlarms).toEqual([]);
    const otherDimensions = await client.send(new DescribeAlarmsForMetricCommand({ ...metric, Dimensions: [] }));
    expect(otherDimensions.MetricAlarms).toEqual([]);
  });
});

describe('DescribeAnomalyDetectors', () => {
  it('lists single-metric detectors, and the others when asked for', async () => {
    const single = await client.send(new DescribeAnomalyDetectorsCommand({}));
    expect(single.AnomalyDetectors).toHaveLength(3);
    const math = await client.send(new DescribeAnomalyDetectorsCommand({ AnomalyDetectorTypes: ['METRIC_MATH'] }));
    expect(math.AnomalyDetectors?.[0]?.MetricMathAnomalyDetector?.MetricDataQueries).toHaveLength(3);
    const revenue = await client.send(
      new DescribeAnomalyDetectorsCommand({ Namespace: BUSINESS_NAMESPACE, MetricName: 'Revenue' }),
    );
    expect(revenue.AnomalyDetectors).toMatchObject([{ StateValue: 'PENDING_TRAINING' }]);
    const first = await client.send(new DescribeAnomalyDetectorsCommand({ MaxResults: 2 }));
    const second = await client.send(
      new DescribeAnomalyDetectorsCommand({ MaxResults: 2, NextToken: first.NextToken }),
    );
    expect([first.AnomalyDetectors?.length, second.AnomalyDetectors?.length]).toEqual([2, 1]);
  });
});
