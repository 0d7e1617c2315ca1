import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { parseStatistic, readDistribution, type WeightedSample } from './statistics.ts';

const sample = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 50 }));
const samples = fc.array(sample, { minLength: 1, maxLength: 20 });

function read(statistic: string, values: readonly WeightedSample[]): number | undefined {
  const parsed = parseStatistic(statistic);
  if (parsed === undefined || parsed.kind === 'simple') throw new Error(`not a distribution: ${statistic}`);
  return readDistribution(values, parsed);
}

function expand(values: readonly WeightedSample[]): number[] {
  return values.flatMap(([value, weight]) => Array.from({ length: weight }, () => value)).toSorted((a, b) => a - b);
}

describe('parseStatistic', () => {
  it.each([
    'Average',
    'Sum',
    'p0',
    'p50',
    'p99.9',
    'p100',
    'tm90',
    'tc5',
    'ts1',
    'wm98',
    'IQM',
    'TM(10%:90%)',
    'PR(:300)',
    'TC(0.005:0.03)',
  ])('knows %s', (text) => {
    expect(parseStatistic(text)).toBeDefined();
  });
  it.each(['', 'average', 'p', 'p101', 'Median', 'TM()', 'TM(:)', 'tm', 'sum', 'p99%'])('refuses %j', (text) => {
    expect(parseStatistic(text)).toBeUndefined();
  });
});

describe('readDistribution', () => {
  it('gives the nearest-rank percentile', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const all = expand(values);
        expect(read(`p${percent}`, values)).toBe(all[Math.ceil((all.length * percent) / 100 - 1e-9) - 1]);
      }),
    );
  });

  it('orders percentiles and stays between minimum and maximum', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const all = expand(values);
        const ordered = ['p1', 'p50', 'p90', 'p99', 'p100'].map((statistic) => read(statistic, values) ?? Number.NaN);
        expect(ordered).toEqual(ordered.toSorted((a, b) => a - b));
        expect(ordered[0]).toBeGreaterThanOrEqual(all[0] ?? 0);
        expect(ordered.at(-1)).toBe(all.at(-1));
      }),
    );
  });

  it('averages everything when nothing is trimmed', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const all = expand(values);
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        expect(read('tm100', values)).toBeCloseTo(mean, 6);
        expect(read('wm100', values)).toBeCloseTo(mean, 6);
        expect(read('tc100', values)).toBeCloseTo(all.length, 6);
      }),
    );
  });

  it('trims by share and by value', () => {
    const ten: WeightedSample[] = Array.from({ length: 10 }, (_, index) => [index + 1, 1]);
    expect(read('tm90', ten)).toBe(5);
    expect(read('TM(10%:90%)', ten)).toBe(5.5);
    expect(read('PR(:3)', ten)).toBe(30);
    expect(read('TC(2:5)', ten)).toBe(3);
    expect(read('TS(8:)', ten)).toBe(19);
    expect(read('WM(20%:80%)', ten)).toBe(5.5);
    expect(read('TM(100:)', ten)).toBeUndefined();
  });
});
