import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOP } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { createTestClient } from './test-client.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const NOW = Date.UTC(2026, 5, 3, 11, 0, 25);
let local: LocalCloudWatch;
let client: CloudWatchClient;

const stat = (
  metricName: string,
  statistic: string,
  period: number,
  extra: Partial<MetricDataQuery> = {},
): MetricDataQuery => ({
  Id: 'm1',
  MetricStat: {
    Metric: {
      Namespace: 'AWS/Lambda',
      MetricName: metricName,
      Dimensions: [{ Name: 'FunctionName', Value: SHOP.checkoutFunction }],
    },
    Period: period,
    Stat: statistic,
  },
  ...extra,
});
const send = (input: Partial<GetMetricDataInput>) =>
  client.send(
    new GetMetricDataCommand({
      MetricDataQueries: [stat('Invocations', 'Sum', 60)],
      StartTime: new Date(NOW - 60 * MINUTE_MS),
      EndTime: new Date(NOW),
      ...input,
    }),
  );

beforeAll(async () => {
  local = await startLocalCloudWatch({ nowEpochMs: () => NOW });
  client = createTestClient(local);
});
afterAll(() => local.close());

describe('GetMetricData', () => {
  it('gives newest points first unless asked otherwise, aligned to the period', async () => {
    const { MetricDataResults: [down] = [] } = await send({});
    const { MetricDataResults: [up] = [] } = await send({ ScanBy: 'TimestampAscending' });
    expect(down?.Timestamps).toEqual(up?.Timestamps?.toReversed());
    expect(down?.Values).toEqual(up?.Values?.toReversed());
    expect(up?.Timestamps?.every((time) => time.getTime() % MINUTE_MS === 0)).toBe(true);
    expect(up).toMatchObject({ Id: 'm1', Label: 'Invocations', StatusCode: 'Complete' });
    expect(up?.Values).toHaveLength(60);
  });

  it('computes math, SEARCH and Metrics Insights', async () => {
    const math = await send({
      MetricDataQueries: [
        { Id: 'rate', Expression: '100 * errors / m1', Label: 'rate' },
        stat('Errors', 'Sum', 60, { Id: 'errors', ReturnData: false }),
        stat('Invocations', 'Sum', 60, { ReturnData: false }),
      ],
      ScanBy: 'TimestampDescending',
    });
    expect(math.MetricDataResults).toHaveLength(1);
    expect(math.MetricDataResults?.[0]?.Values?.[0]).toBeGreaterThan(20);
    const search = await send({
      MetricDataQueries: [
        { Id: 's', Expression: `SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors" shop', 'Sum', 300)` },
      ],
    });
    expect(search.MetricDataResults?.length).toBe(4);
    const insights = await send({
      MetricDataQueries: [
        {
          Id: 'q',
          Period: 300,
          Expression:
            'SELECT MAX(Duration) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY MAX() DESC LIMIT 2',
        },
      ],
    });
    expect(insights.MetricDataResults?.map((result) => result.Label)).toContain(SHOP.checkoutFunction);
  });

  it('keeps 1-minute data for 15 days, 5-minute data longer', async () => {
    const start = new Date(NOW - 20 * DAY_MS);
    const minutes = await send({
      MetricDataQueries: [stat('Invocations', 'Sum', 60)],
      StartTime: start,
      EndTime: new Date(NOW - 16 * DAY_MS),
    });
    expect(minutes.MetricDataResults?.[0]?.Values).toEqual([]);
    const five = await send({
      MetricDataQueries: [stat('Invocations', 'Sum', 300)],
      StartTime: start,
      EndTime: new Date(NOW - 19 * DAY_MS),
    });
    // 11:00:25 is rounded down to a 5-minute boundary; the end is exclusive.
    expect(five.MetricDataResults?.[0]?.Values).toHaveLength(289);
    const across = await send({
      MetricDataQueries: [stat('Invocations', 'Sum', 60)],
      StartTime: start,
      EndTime: new Date(NOW - 14 * DAY_MS),
      ScanBy: 'TimestampAscending',
    });
    const oldest = across.MetricDataResults?.[0]?.Timestamps?.[0]?.getTime() ?? 0;
    expect(oldest).toBeGreaterThanOrEqual(NOW - 15 * DAY_MS);
    expect(oldest).toBeLessThan(NOW - 15 * DAY_MS + 2 * MINUTE_MS);
  });

  it('has no sub-minute data, nothing in the future and nothing older than the history', async () => {
    const seconds = await send({ MetricDataQueries: [stat('Invocations', 'Sum', 10)] });
    expect(seconds.MetricDataResults?.[0]?.Values).toEqual([]);
    const future = await send({ StartTime: new Date(NOW + MINUTE_MS), EndTime: new Date(NOW + DAY_MS) });
    expect(future.MetricDataResults?.[0]?.Values).toEqual([]);
    const old = await send({
      MetricDataQueries: [stat('Invocations', 'Sum', 3600)],
      StartTime: new Date(NOW - 60 * DAY_MS),
      EndTime: new Date(NOW - 36 * DAY_MS),
    });
    expect(old.MetricDataResults?.[0]?.Values).toEqual([]);
  });

  it('publishes daily metrics once a day', async () => {
    const query = (period: number): MetricDataQuery => ({
      Id: 'size',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/S3',
          MetricName: 'BucketSizeBytes',
          Dimensions: [
            { Name: 'BucketName', Value: SHOP.bucket },
            { Name: 'StorageType', Value: 'StandardStorage' },
          ],
        },
        Period: period,
        Stat: 'Average',
      },
    });
    const recent = await send({ MetricDataQueries: [query(300)], StartTime: new Date(NOW - 3 * 60 * MINUTE_MS) });
    expect(recent.MetricDataResults?.[0]?.Values).toEqual([]);
    const week = await send({ MetricDataQueries: [query(86_400)], StartTime: new Date(NOW - 7 * DAY_MS) });
    expect(week.MetricDataResults?.[0]?.Values).toHaveLength(7);
  });

  it('pages by datapoints and marks the series that goes on', async () => {
    const queries = [
      stat('Invocations', 'Sum', 60),
      stat('Errors', 'Sum', 60, { Id: 'm2' }),
      stat('None', 'Sum', 60, { Id: 'm3' }),
    ];
    const whole = await send({ MetricDataQueries: queries });
    const merged = new Map<string, number[]>();
    const statuses: unknown[] = [];
    let token: string | undefined;
    do {
      const page = await send({
        MetricDataQueries: queries,
        MaxDatapoints: 50,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      const count = page.MetricDataResults?.reduce((sum, result) => sum + (result.Values?.length ?? 0), 0);
      expect(count).toBeLessThanOrEqual(50);
      for (const { Id = '', Values = [], StatusCode } of page.MetricDataResults ?? []) {
        merged.set(Id, [...(merged.get(Id) ?? []), ...Values]);
        statuses.push([Id, StatusCode]);
      }
      token = page.NextToken;
    } while (token !== undefined);
    expect([...merged]).toEqual(whole.MetricDataResults?.map((result) => [result.Id, result.Values]));
    expect(statuses).toEqual([
      ['m1', 'PartialData'],
      ['m1', 'Complete'],
      ['m2', 'PartialData'],
      ['m2', 'Complete'],
      ['m3', 'Complete'],
    ]);
  });

  it('cuts at 100,800 datapoints by default', async () => {
    const queries = Array.from({ length: 6 }, (_, index) => stat('Throttles', 'Sum', 60, { Id: `m${index}` }));
    const page = await send({ MetricDataQueries: queries, StartTime: new Date(NOW - 14.5 * DAY_MS) });
    expect(page.MetricDataResults?.reduce((sum, result) => sum + (result.Values?.length ?? 0), 0)).toBe(100_800);
    expect(page.NextToken).toBeDefined();
  });

  it('is the same for many callers at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send({})));
    for (const answer of answers) expect(answer.MetricDataResults).toEqual(answers[0]?.MetricDataResults);
  });

  it.each<[string, Partial<GetMetricDataInput>]>([
    ['no queries', { MetricDataQueries: [] }],
    [
      '501 queries',
      { MetricDataQueries: Array.from({ length: 501 }, (_, index) => stat('Errors', 'Sum', 60, { Id: `m${index}` })) },
    ],
    ['an empty window', { StartTime: new Date(NOW), EndTime: new Date(NOW) }],
    ['a period of 90 seconds', { MetricDataQueries: [stat('Errors', 'Sum', 90)] }],
    ['a statistic that is none', { MetricDataQueries: [stat('Errors', 'Median', 60)] }],
    ['an id with a capital letter', { MetricDataQueries: [stat('Errors', 'Sum', 60, { Id: 'M1' })] }],
    ['two queries of one id', { MetricDataQueries: [stat('Errors', 'Sum', 60), stat('Errors', 'Sum', 60)] }],
    ['neither metric nor expression', { MetricDataQueries: [{ Id: 'm1' }] }],
    ['an expression that cannot be read', { MetricDataQueries: [{ Id: 'e1', Expression: 'm1 +' }] }],
    ['nothing to return', { MetricDataQueries: [stat('Errors', 'Sum', 60, { ReturnData: false })] }],
    ['too many datapoints a page', { MaxDatapoints: 100_801 }],
  ])('refuses %s', async (_what, input) => {
    await expect(send(input)).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});
