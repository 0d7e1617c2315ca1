import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { envelopeOutput } from '../../../tool/envelope.ts';
import { renameIds } from '../shared/read-groups.ts';
import { metricOutput } from './output.ts';

const DURATION = {
  namespace: 'AWS/Lambda',
  metric_name: 'Duration',
  statistic: 'p99',
  group_by_dimension: 'FunctionName',
};
const stat = (metric_name: string) => ({
  metric_stat: { namespace: 'AWS/Lambda', metric_name, statistic: 'Sum' },
  return_data: false,
});
const RATE = {
  group_by_dimension: 'FunctionName',
  queries: [
    { id: 'errors', ...stat('Errors') },
    { id: 'calls', ...stat('Invocations') },
    { id: 'rate', expression: '100 * errors / calls' },
  ],
};

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterEach(() => bench.local.faults.clear());
afterAll(async () => {
  await bench.close();
});

async function call(args: object) {
  const result = await bench.run('get_metric_data', args);
  return { result, text: bench.text(result) };
}

async function ask(args: object) {
  const { result, text } = await call(args);
  if (result.isError === true) throw new Error(text);
  return { text, series: metricOutput.extend(envelopeOutput).parse(result.structuredContent).series };
}

describe('get_metric_data by group, where Metrics Insights cannot', () => {
  it('finds the function with the highest p99, by what is shown', async () => {
    const { text, series } = await ask(DURATION);
    expect(text).toMatch(/^Highest maximum by `FunctionName`: `shop-checkout` 15,000 ms, /);
    expect(series.length).toBeGreaterThan(2);
    const shown = series.map(({ max }) => max?.value ?? Number.NaN);
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
    for (const { label, statistic } of series) {
      expect(statistic).toBe('p99');
      const own = await ask({
        ...DURATION,
        group_by_dimension: undefined,
        dimensions: [{ name: 'FunctionName', value: label }],
      });
      expect(own.series[0]?.max).toEqual(series.find((one) => one.label === label)?.max);
    }
  });

  it('finds the highest error rate by metric math, of whole periods', async () => {
    const { text, series } = await ask(RATE);
    expect(text).toMatch(/^Highest mean by `FunctionName`: `shop-checkout` /);
    const shown = series.map(({ mean }) => mean ?? Number.NaN);
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
    expect(shown.every((rate) => rate >= 0 && rate <= 100)).toBe(true);
    const lowest = await ask({ ...RATE, sort_order: 'ASC', limit: 1 });
    expect(lowest.series[0]?.mean).toBeLessThanOrEqual(Math.min(...shown));
    expect(lowest.text).toContain('There are more groups than limit');
    const peak = await ask({ ...RATE, order_by_statistic: 'Maximum' });
    expect(peak.text).toMatch(/^Highest maximum by/);
  });

  it('asks 500 queries at most, and says which groups were not asked', async () => {
    const metrics = Array.from({ length: 800 }, (_, at) => ({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: `fn-${at}` }],
    }));
    bench.local.faults.add({
      operation: 'ListMetrics',
      fault: { kind: 'alterOutput', alter: () => ({ Metrics: metrics }) },
    });
    const { text } = await call(RATE);
    expect(text).toContain(
      '166 of 800 groups were asked, since a call takes 500 queries: higher ones may be among the others',
    );
  });

  it.each([
    [
      'no such dimension',
      { ...DURATION, group_by_dimension: 'Nothing' },
      'list_metrics with namespace and metric_name tells',
    ],
    [
      'a SEARCH',
      { group_by_dimension: 'A', queries: [{ expression: "SEARCH('x', 'p99', 60)" }] },
      'finds its metrics itself',
    ],
    ['math alone', { group_by_dimension: 'A', queries: [{ expression: 'TIME_SERIES(1)' }] }, 'hold no metric_stat'],
    [
      'the dimension twice',
      {
        group_by_dimension: 'FunctionName',
        queries: [
          { metric_stat: { namespace: 'N', metric_name: 'M', dimensions: [{ name: 'FunctionName', value: 'x' }] } },
        ],
      },
      'has the dimension "FunctionName" already',
    ],
    ['an odd order', { ...DURATION, order_by_statistic: 'p50' }, 'is no figure of a series'],
    ['no statistic', { ...DURATION, statistic: 'p101' }, 'a percentile lies between 0 and 100'],
    ['two modes', { ...RATE, namespace: 'AWS/Lambda' }, 'exclude each other'],
  ])('refuses %s', async (_, args, says) => {
    const { result, text } = await call(args);
    expect(result.isError).toBe(true);
    expect(text).toContain(says);
  });

  it('says so when it may not list, and when nothing has data', async () => {
    bench.local.faults.add({ operation: 'ListMetrics', fault: { kind: 'accessDenied' } });
    expect((await call(DURATION)).text).toContain('AWS denies cloudwatch:ListMetrics');
    bench.local.faults.clear();
    const { text } = await call({ ...DURATION, start_time: '2024-12-05T00:00:00Z', end_time: '2024-12-06T00:00:00Z' });
    expect(text).toMatch(/^No datapoints/);
  });
});

describe('renameIds', () => {
  it('renames whole ids only, never text in quotes', () => {
    const ids = new Map([
      ['e', 'e_1'],
      ['m1', 'm1_1'],
    ]);
    expect(renameIds(`IF(m1 > e, m1, 'm1 e') + m10 + 1e3`, ids)).toBe(`IF(m1_1 > e_1, m1_1, 'm1 e') + m10 + 1e3`);
  });

  it('gives back what it renamed', () => {
    const id = fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(id, { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(4), { maxLength: 12 }),
        (names, places) => {
          const used = places.map((place) => names[place % names.length] ?? '');
          const renamed = renameIds(used.join(' + '), new Map(names.map((one) => [one, `${one}_7`])));
          expect(renamed).toBe(used.map((one) => `${one}_7`).join(' + '));
        },
      ),
    );
  });
});
