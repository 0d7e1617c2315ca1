import { describe, expect, it } from 'vitest';
import { spanMs, toPeriodValues } from './period-values.ts';

const START = Date.UTC(2026, 2, 1, 12);
const at = (...points: readonly (readonly [seconds: number, value: number])[]) =>
  points.map(([seconds, value]) => ({ epochMs: START + seconds * 1_000, value }));
const of = (points: ReturnType<typeof at>, seconds: number, statistic?: string) => {
  const { startEpochMs, values, ...rest } = toPeriodValues(points, 60, START + seconds * 1_000, statistic);
  return { start: (startEpochMs - START) / 1_000, values: [...values], ...rest };
};

describe('toPeriodValues', () => {
  it('begins with the first datapoint, and ends with the last whole period', () => {
    expect(of(at([65, 1], [130, 2], [250, 4]), 299)).toEqual({
      start: 60,
      periodMs: 60_000,
      values: [1, 2, Number.NaN],
      count: 2,
    });
    expect(of(at([65, 1], [130, 2], [250, 4]), 300)).toMatchObject({ values: [1, 2, Number.NaN, 4], count: 3 });
    expect(of(at([0, 1], [59, 2], [60, 5]), 120)).toMatchObject({ start: 0, values: [1.5, 5], count: 2 });
    expect(of([], 120)).toEqual({ start: 120, periodMs: 60_000, values: [], count: 0 });
    expect(of(at([100, 1]), 60)).toMatchObject({ values: [], count: 0 });
    expect(of(at([100, 1], [30, 7]), 180)).toMatchObject({ start: 60, values: [1, Number.NaN], count: 1 });
  });

  it.each([
    ['Sum', 12],
    ['SampleCount', 12],
    ['Maximum', 7],
    ['Minimum', 2],
    ['Average', 4],
    ['p99', 4],
    [undefined, 4],
  ])('puts several of a period together as %s', (statistic, value) => {
    expect(of(at([0, 3], [20, 7], [40, 2], [60, 9]), 120, statistic)).toMatchObject({ values: [value, 9], count: 2 });
  });

  it('stands the largest numbers, and knows its length', () => {
    const largest = toPeriodValues(at([0, Number.MAX_VALUE], [1, Number.MAX_VALUE]), 60, START + 180_000);
    expect(largest.values[0]).toBe(Number.MAX_VALUE);
    expect(spanMs(largest)).toBe(180_000);
  });
});
