import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS } from '../../../local/scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../../../local/server.ts';
import { createPorts } from '../create-ports.ts';
import { createAmbientClientPool } from '../credentials/client-pool.ts';
import type { MetricsPort } from '../ports/metrics.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;
const PAGES = 3;
const QUERY = { id: 'e1', isReturned: true, expression: 'SEARCH(…)' };

/** Two series of one query, three pages, newest first; a token belongs to its request. */
function getPagedData(input: { NextToken?: string; MaxDatapoints?: number; ScanBy?: string }) {
  const [page, size] =
    input.NextToken === undefined ? [0, input.MaxDatapoints] : input.NextToken.split('/').map(Number);
  if (size !== input.MaxDatapoints) throw new Error('the request changed between pages');
  const at = (step: number): Date => new Date(NOW - ((page ?? 0) * 2 + step) * 60_000);
  return {
    MetricDataResults: ['a', 'b'].map((label) => ({
      Id: 'e1',
      Label: label,
      Timestamps: [at(1), at(2)],
      Values: [(page ?? 0) * 2 + 1, (page ?? 0) * 2 + 2],
      StatusCode: (page ?? 0) + 1 < PAGES ? 'PartialData' : 'Complete',
    })),
    ...((page ?? 0) + 1 < PAGES && { NextToken: `${(page ?? 0) + 1}/${input.MaxDatapoints}` }),
  };
}

let local: LocalCloudWatch;
let metrics: MetricsPort;
let paged: LocalCloudWatch;
let pagedMetrics: MetricsPort;
const pools: { close(): void }[] = [];

function portOf({ endpoint }: LocalCloudWatch): MetricsPort {
  const pool = createAmbientClientPool({ endpoint, credentials: AMBIENT_CREDENTIALS });
  pools.push(pool);
  return createPorts(pool, { account: 'default', region: 'us-east-1' }).metrics;
}

beforeAll(async () => {
  local = await startLocalCloudWatch({ nowEpochMs: () => NOW });
  paged = await startLocalCloudWatch({
    nowEpochMs: () => NOW,
    operations: { cloudwatch: { GetMetricData: getPagedData } },
  });
  metrics = portOf(local);
  pagedMetrics = portOf(paged);
});
afterAll(async () => {
  for (const pool of pools) pool.close();
  await Promise.all([local.close(), paged.close()]);
});

const request = { queries: [QUERY], startEpochMs: NOW - HOUR_MS, endEpochMs: NOW, maxDatapoints: 100_800 };
const { signal } = new AbortController();

describe('getMetricData', () => {
  it('reads all pages and keeps series of one id apart, ascending', async () => {
    const { series, isTruncated } = await pagedMetrics.getMetricData(request, signal);
    expect(isTruncated).toBe(false);
    expect(series.map(({ label, values, status }) => ({ label, values, status }))).toEqual([
      { label: 'a', values: [6, 5, 4, 3, 2, 1], status: 'Complete' },
      { label: 'b', values: [6, 5, 4, 3, 2, 1], status: 'Complete' },
    ]);
    expect(series[0]?.timestampsEpochMs).toEqual([6, 5, 4, 3, 2, 1].map((minutes) => NOW - minutes * 60_000));
  });

  it('stops at its limit, or when told to, and says that there is more', async () => {
    const limited = await pagedMetrics.getMetricData({ ...request, maxDatapoints: 8 }, signal);
    expect(limited).toMatchObject({ isTruncated: true, series: [{ values: [4, 3, 2, 1], status: 'PartialData' }, {}] });
    const stopped = await pagedMetrics.getMetricData({ ...request, hasTime: () => false }, signal);
    expect(stopped).toMatchObject({ isTruncated: true, series: [{ values: [2, 1] }, {}] });
  });

  it.each(['Timestamps', 'Values'])('knows nothing of a series that comes without %s', async (member) => {
    const alter = () => {
      const series = { Id: 'e1', Label: 'a', StatusCode: 'Complete', Timestamps: [new Date(NOW)], Values: [1] };
      return { MetricDataResults: [{ ...series, [member]: undefined }] };
    };
    paged.faults.add({ operation: 'GetMetricData', fault: { kind: 'alterOutput', alter }, times: 1 });
    const { series } = await pagedMetrics.getMetricData(request, signal);
    expect(series).toMatchObject([
      { status: 'InternalError', values: [], messages: [expect.stringMatching(/could not be read/)] },
    ]);
  });

  it('sends metrics as CloudWatch wants them', async () => {
    const metricStat = {
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
      periodSeconds: 300,
      statistic: 'Sum',
      unit: 'Count',
    };
    local.requests.clear();
    const { series } = await metrics.getMetricData(
      { ...request, queries: [{ id: 'm1', label: 'errors', isReturned: true, metricStat }] },
      signal,
    );
    expect(series).toMatchObject([{ id: 'm1', label: 'errors', status: 'Complete' }]);
    expect(series[0]?.values).toHaveLength(12);
    expect(local.requests.of('GetMetricData')[0]?.input).toMatchObject({
      ScanBy: 'TimestampDescending',
      MetricDataQueries: [
        { Id: 'm1', Label: 'errors', ReturnData: true, MetricStat: { Period: 300, Stat: 'Sum', Unit: 'Count' } },
      ],
    });
  });
});

describe('listMetrics', () => {
  it('follows pages to the limit and says whether there are more', async () => {
    const all = await metrics.listMetrics({ maxMetrics: 10_000 }, signal);
    expect(all.isTruncated).toBe(false);
    const some = await metrics.listMetrics({ maxMetrics: 7 }, signal);
    expect(some).toEqual({ metrics: all.metrics.slice(0, 7), isTruncated: true });
  });

  it('filters by namespace, name and dimension', async () => {
    const { metrics: found } = await metrics.listMetrics(
      {
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
        isRecentlyActive: true,
        maxMetrics: 10,
      },
      signal,
    );
    expect(found).toEqual([
      { namespace: 'AWS/Lambda', metricName: 'Errors', dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }] },
    ]);
  });
});

describe('findUnit', () => {
  it('tells the unit of a metric, and nothing of one that has no data', async () => {
    const metric = {
      namespace: 'AWS/Lambda',
      metricName: 'Duration',
      dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
    };
    expect(await metrics.findUnit(metric, request, signal)).toBe('Milliseconds');
    expect(await metrics.findUnit({ ...metric, metricName: 'Nope' }, request, signal)).toBeUndefined();
  });
});

describe('getWidgetImage', () => {
  const picture = { title: 'x', startEpochMs: NOW - HOUR_MS, endEpochMs: NOW, lines: [], marks: [] };

  it('gives a PNG of the size asked for', async () => {
    const queries = [
      { id: 'q1', isReturned: true, periodSeconds: 60, expression: 'SELECT SUM(Errors) FROM "AWS/Lambda"' },
    ];
    const bytes = await metrics.getWidgetImage({ ...picture, queries, widthPixels: 321, heightPixels: 123 }, signal);
    expect(PNG.sync.read(Buffer.from(bytes))).toMatchObject({ width: 321, height: 123 });
  });

  it('gives the refusal of an expression in CloudWatch’s own words', async () => {
    const queries = [{ id: 'q1', isReturned: true, expression: 'FOO(1)' }];
    await expect(
      metrics.getWidgetImage({ ...picture, queries, widthPixels: 300, heightPixels: 200 }, signal),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining("CloudWatch refuses the query: Error in expression 'q1'"),
    });
  });
});
