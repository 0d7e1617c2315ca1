import {
  type CloudWatchClient,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsInput,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOP } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { createTestClient } from './test-client.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 2, 4, 15, 0, 30);
let local: LocalCloudWatch;
let client: CloudWatchClient;
const BASE = {
  Namespace: 'AWS/Lambda',
  MetricName: 'Duration',
  Dimensions: [{ Name: 'FunctionName', Value: SHOP.checkoutFunction }],
  StartTime: new Date(NOW - 3 * HOUR_MS),
  EndTime: new Date(NOW),
  Period: 300,
  Statistics: ['Average', 'Minimum', 'Maximum', 'Sum', 'SampleCount'],
} satisfies GetMetricStatisticsInput;
const send = (input: Partial<GetMetricStatisticsInput>) =>
  client.send(new GetMetricStatisticsCommand({ ...BASE, ...input }));

beforeAll(async () => {
  local = await startLocalCloudWatch({ nowEpochMs: () => NOW });
  client = createTestClient(local);
});
afterAll(() => local.close());

describe('GetMetricStatistics', () => {
  it('gives statistics that agree with each other', async () => {
    const { Datapoints = [], Label } = await send({ ExtendedStatistics: ['p50', 'p99', 'tm90'] });
    expect(Label).toBe('Duration');
    expect(Datapoints.length).toBeGreaterThanOrEqual(36);
    for (const point of Datapoints) {
      const { Average = 0, Minimum = 0, Maximum = 0, Sum = 0, SampleCount = 0, ExtendedStatistics = {}, Unit } = point;
      expect(Unit).toBe('Milliseconds');
      expect(Sum / SampleCount).toBeCloseTo(Average, 6);
      expect(Minimum).toBeLessThanOrEqual(Average);
      expect(Average).toBeLessThanOrEqual(ExtendedStatistics.p99 ?? 0);
      expect(ExtendedStatistics.p50).toBeLessThanOrEqual(ExtendedStatistics.p99 ?? 0);
      expect(ExtendedStatistics.p99).toBeLessThanOrEqual(Maximum);
      expect(ExtendedStatistics.tm90).toBeLessThanOrEqual(Average);
    }
  });

  it('promises no order of the datapoints', async () => {
    const { Datapoints = [] } = await send({});
    const times = Datapoints.map((point) => point.Timestamp?.getTime() ?? 0);
    expect(times).not.toEqual(times.toSorted((left, right) => left - right));
    expect(new Set(times).size).toBe(times.length);
  });

  it('finds nothing for another unit or an unknown metric', async () => {
    expect((await send({ Unit: 'Bytes' })).Datapoints).toEqual([]);
    expect((await send({ MetricName: 'Nothing' })).Datapoints).toEqual([]);
    expect((await send({ Unit: 'Milliseconds' })).Datapoints?.length).toBeGreaterThan(0);
  });

  it.each<[string, Partial<GetMetricStatisticsInput>, string]>([
    ['a period of 90 seconds', { Period: 90 }, 'InvalidParameterValueException'],
    [
      'more than 1,440 datapoints',
      { Period: 60, StartTime: new Date(NOW - 48 * HOUR_MS) },
      'InvalidParameterCombinationException',
    ],
    ['a window that ends before it begins', { EndTime: new Date(NOW - 4 * HOUR_MS) }, 'InvalidParameterValueException'],
    ['no statistic', { Statistics: [] }, 'MissingRequiredParameterException'],
    ['an unknown statistic', { ExtendedStatistics: ['p101'] }, 'InvalidParameterValueException'],
  ])('refuses %s', async (_what, input, name) => {
    await expect(send(input)).rejects.toMatchObject({ name });
  });
});
