/** What is drawn beside the lines: samples, the week before, findings; and the names of what is drawn. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import type { ChartData } from '../../../domain/metrics/chart/chart-data.ts';
import { decodeTimes } from '../../../domain/metrics/chart/encode-times.ts';

const DURATION = {
  namespace: 'AWS/Lambda',
  metric_name: 'Duration',
  dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
  statistic: 'Average',
};
const ERRORS = { ...DURATION, metric_name: 'Errors', statistic: 'Sum' };
const WEEK_MS = 7 * 86_400_000;

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterEach(() => {
  bench.local.faults.clear();
  bench.local.requests.clear();
});
afterAll(() => bench.close());

async function ask(args: object): Promise<{ text: string; data: ChartData }> {
  const result: CallToolResult = await bench.run('get_metric_chart', { format: 'html', ...args });
  expect(result.isError, bench.text(result)).toBeUndefined();
  const part = result.content.find(({ type }) => type === 'resource');
  const html = part?.type === 'resource' && 'text' in part.resource ? part.resource.text : '';
  const json = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1] ?? '{}';
  return { text: bench.text(result), data: JSON.parse(json) as ChartData };
}

const sentData = z.object({
  StartTime: z.coerce.date(),
  EndTime: z.coerce.date(),
  MetricDataQueries: z.array(z.unknown()),
});
const dataCalls = () => bench.local.requests.of('GetMetricData').map(({ input }) => sentData.parse(input));

describe('get_metric_chart beside the lines', () => {
  it('asks the samples inside of averages in the same call, shades up to them and tells them', async () => {
    const { text, data } = await ask({ ...DURATION, period: 900 });
    const [series] = data.series;
    expect(series?.statistics?.samples?.high).toBeGreaterThan((series?.statistics?.max ?? 0) * 1.1);
    expect(series?.lows?.every((low, at) => (low ?? 0) <= (series.values[at] ?? 0))).toBe(true);
    expect(series?.highs?.every((high, at) => (high ?? 0) >= (series.values[at] ?? 0))).toBe(true);
    expect(text).toMatch(/\nSingle samples inside these averages: [\d.]+ ms to 15,000 ms\n/);
    expect(dataCalls()[0]?.MetricDataQueries).toHaveLength(3);
    expect(text).toMatch(/\nDatapoints: Average every 15m\n/);
  });

  it('asks no samples of other statistics, nor of more than five averages, nor over ids that are taken', async () => {
    expect((await ask(ERRORS)).data.series[0]).not.toHaveProperty('highs');
    const six = Array.from({ length: 6 }, (_, index) => ({ id: `a${index}`, metric_stat: DURATION }));
    expect((await ask({ queries: six })).data.series[0]).not.toHaveProperty('highs');
    bench.local.requests.clear();
    const taken = ['a', 'a_lowest'].map((id) => ({ id, metric_stat: DURATION }));
    const { data } = await ask({ queries: taken });
    expect(data.series.map(({ highs }) => highs !== undefined)).toEqual([false, true]);
    expect(dataCalls()[0]?.MetricDataQueries).toHaveLength(4);
  });

  it('has the week before by one call more, at the times of this one', async () => {
    const { text, data } = await ask(ERRORS);
    const calls = dataCalls();
    expect(calls).toHaveLength(2);
    expect(calls.map(({ StartTime }) => StartTime.getTime())).toEqual([
      expect.any(Number),
      (calls[0]?.StartTime.getTime() ?? 0) - WEEK_MS,
    ]);
    const { times, values } = data.series[0]?.weekBefore ?? { times: [], values: [] };
    expect(values.filter((value) => value !== null).length).toBeGreaterThan(150);
    expect(decodeTimes(times).every((time) => time >= data.start && time <= data.end)).toBe(true);
    expect(text).toContain('\nDotted: a week before\n');
  });

  it.each([
    ['a range longer than a week', { ...ERRORS, start_time: '-8d' }],
    [
      'periods that CloudWatch no longer has a week before',
      { ...ERRORS, start_time: '-10d', end_time: '-9d', period: 60 },
    ],
    [
      'more than three series',
      { queries: Array.from({ length: 4 }, (_, at) => ({ id: `e${at}`, metric_stat: ERRORS })) },
    ],
  ])('has no week before for %s', async (_what, args) => {
    const { data } = await ask(args);
    expect(data.series.every(({ weekBefore }) => weekBefore === undefined)).toBe(true);
    expect(dataCalls()).toHaveLength(1);
  });

  it('draws without the week before where CloudWatch gives none', async () => {
    const alter = (output: unknown): unknown => {
      bench.local.faults.add({ operation: 'GetMetricData', fault: { kind: 'accessDenied' } });
      return output;
    };
    bench.local.faults.add({ operation: 'GetMetricData', fault: { kind: 'alterOutput', alter }, times: 1 });
    const { text, data } = await ask(ERRORS);
    expect(data.series[0]).not.toHaveProperty('weekBefore');
    expect(text).toMatch(/Warning: The week before is missing: AWS denies cloudwatch:GetMetricData/);
  });

  it('marks what was found, under the numbers of a list', async () => {
    const { text, data } = await ask({ ...ERRORS, start_time: '-7d', period: 3_600 });
    expect(data.findings.length).toBeGreaterThan(0);
    expect(data.findings[0]?.text).toMatch(/^Errors /);
    expect(data.findings.every(({ start, end }) => start >= data.start && end <= data.end && start <= end)).toBe(true);
    expect(text).toContain('`Errors` Sum ');
  });

  it('names period and statistic wherever the same sum has other heights', async () => {
    const page = await ask({ ...ERRORS, start_time: '-7d' });
    const picture = await bench.run('get_metric_chart', { ...ERRORS, start_time: '-7d' });
    const sent = z
      .object({ MetricWidget: z.string() })
      .parse(bench.local.requests.of('GetMetricWidgetImage')[0]?.input);
    expect(page.text).toContain('\nDatapoints: Sum every 5m\n');
    expect(page.data).toMatchObject({
      subtitle: expect.stringContaining('Sum every 5m'),
      series: [{ measure: 'Sum every 5m' }],
    });
    expect(bench.text(picture)).toContain('\nDatapoints: Sum every 30m\n');
    expect(JSON.parse(sent.MetricWidget)).toMatchObject({ title: expect.stringContaining('every 30m') });
  });

  it('tells apart series of different statistics and periods', async () => {
    const queries = [
      { id: 'e', metric_stat: ERRORS },
      { id: 'd', metric_stat: { ...DURATION, statistic: 'p99', period: 300 } },
    ];
    expect((await ask({ queries })).text).toContain('\nDatapoints: Sum every 1m (e); p99 every 5m (d)\n');
  });
});
