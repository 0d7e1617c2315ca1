import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { analyzeSeries, type SeriesAnalysis } from './analyze-series.ts';
import { compareLastHour } from './compare-last-hour.ts';
import { type Datapoint, toGrid } from './grid.ts';

const STEP_MS = 300_000;

function analyze(points: readonly Datapoint[]): SeriesAnalysis {
  const grid = toGrid(points, STEP_MS);
  if (grid === undefined) throw new Error('no datapoints');
  const steps = analyzeSeries(grid);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function series(length: number, valueAt: (index: number) => number): Datapoint[] {
  return Array.from({ length }, (_, index) => ({ epochMs: index * STEP_MS, value: valueAt(index) }));
}

const wave = (index: number, period: number): number => Math.sin((2 * Math.PI * index) / period);
const periodsOf = (points: readonly Datapoint[]): number[] =>
  analyze(points).seasons.map(({ periodSamples }) => periodSamples);

describe('analyzeSeries', () => {
  it('names the fundamental of a day with harmonics, not its parts or multiples', () => {
    expect(periodsOf(series(8_064, (index) => (index % 288 < 96 ? 10 : 0)))).toEqual([288]);
    expect(periodsOf(series(8_064, (index) => (index % 288 < 2 ? 10 : 0)))).toEqual([288]);
    expect(periodsOf(series(8_064, (index) => wave(index, 288) + 2 * wave(index, 144)))).toEqual([288]);
  });

  it('keeps a short season beside a long one', () => {
    const both = periodsOf(series(8_064, (index) => 3 * wave(index, 288) + wave(index, 12)));
    expect(both.toSorted((a, b) => a - b)).toEqual([12, 288]);
  });

  it('needs three cycles', () => {
    const week = (index: number): number => 5 * wave(index, 2_016) + wave(index * index, 7);
    expect(periodsOf(series(3 * 2_016, week))).toContain(2_016);
    expect(periodsOf(series(2.8 * 2_016, week))).not.toContain(2_016);
  });

  it('finds a cycle that no clock makes', () => {
    const [period] = periodsOf(series(8_064, (index) => wave(index, 101.3) + 0.3 * wave(index * index, 7)));
    expect(period).toBeCloseTo(101.3, 0);
  });

  it('tells an incident of the last half hour from the seasons, although only four weeks are known', () => {
    const points = series(8_064, (index) => {
      const usual = 40 + 5 * wave(index, 288) + 3 * wave(index, 2_016) + 0.3 * wave(index * index, 7);
      return index < 8_064 - 7 ? usual : usual + 50;
    });
    const { seasons, shifts } = analyze(points);
    expect(seasons.map(({ periodSamples }) => periodSamples)).toEqual([288, 2_016]);
    expect(shifts.map(({ at }) => at)).toEqual([8_064 - 7]);
    expect((shifts[0]?.after ?? 0) - (shifts[0]?.before ?? 0)).toBeGreaterThan(40);
  });

  it('leaves out shifts that are small beside the season', () => {
    const jumping = (size: number) =>
      series(4_032, (index) => 10 * wave(index, 288) + 0.1 * wave(index * index, 7) + (index < 2_500 ? 0 : size));
    expect(analyze(jumping(1)).shifts).toEqual([]);
    expect(analyze(jumping(4)).shifts.map(({ at }) => at)).toEqual([2_500]);
  });

  it('takes weekends for no shifts, although there are too few weeks for a season', () => {
    const isWeekend = (index: number): boolean => index % 168 >= 48 && index % 168 < 96;
    const points = Array.from({ length: 400 }, (_, index) => ({
      epochMs: index * 3_600_000,
      value: (isWeekend(index) ? 12 : 0) + wave(index * index, 7),
    }));
    const grid = toGrid(points, 3_600_000);
    const steps = grid && analyzeSeries(grid);
    let step = steps?.next();
    while (step?.done === false) step = steps?.next();
    expect(step?.value?.shifts).toEqual([]);
    expect(step?.value?.expected[60]).toBeGreaterThan(10);
  });

  it('says the same of a series that is shifted or scaled', () => {
    const points = series(2_016, (index) => 3 * wave(index, 288) + wave(index * index, 7) + (index > 900 ? 9 : 0));
    const plain = analyze(points);
    for (const [factor, offset] of [
      [1e-9, 0],
      [1e12, 0],
      [-1, 50],
    ] as const) {
      const other = analyze(points.map(({ epochMs, value }) => ({ epochMs, value: value * factor + offset })));
      expect(other.seasons.map(({ periodSamples }) => periodSamples)).toEqual([288]);
      expect(other.shifts.map(({ at }) => at)).toEqual(plain.shifts.map(({ at }) => at));
      expect((other.trend?.slopePerStep ?? 0) / factor).toBeCloseTo(plain.trend?.slopePerStep ?? 0, 6);
    }
  });

  it.each([
    ['the smallest numbers', (index: number) => (index % 3 === 0 ? 5e-324 : 0)],
    ['the largest numbers', (index: number) => (index % 7 < 3 ? Number.MAX_VALUE : -Number.MAX_VALUE)],
    ['a steep rise to the largest number', (index: number) => (index / 400) ** 9 * Number.MAX_VALUE],
  ])('stays finite with %s', (_, valueAt) => {
    const { expected, trend } = analyze(series(400, valueAt));
    expect(expected.every(Number.isFinite)).toBe(true);
    expect([trend?.slopePerStep, trend?.lowPerStep, trend?.highPerStep].every(Number.isFinite)).toBe(true);
  });

  it('gives finite numbers for whatever finite numbers come', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1, -1, 1e-300));
    const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), value), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(gaps, (steps) => {
        let index = 0;
        const points = steps.map(([gap, one]) => {
          index += gap;
          return { epochMs: index * STEP_MS, value: one };
        });
        const { seasons, trend, shifts, outliers, expected } = analyze(points);
        const numbers = [
          ...seasons.flatMap(({ periodSamples, strength }) => [periodSamples, strength]),
          ...shifts.flatMap(({ at, before, after }) => [at, before, after]),
          ...outliers.flatMap(({ at, sigmas }) => [at, sigmas]),
          ...(trend === undefined ? [] : [trend.slopePerStep, trend.lowPerStep, trend.highPerStep]),
          ...expected,
        ];
        expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('compareLastHour', () => {
  const grid = toGrid(
    series(288 * 8, (index) => 10 * wave(index, 288) + (index >= 288 * 8 - 12 ? 30 : 0)),
    STEP_MS,
  );

  it('measures by the same phase', () => {
    const found = grid && compareLastHour(grid, grid, 288);
    expect(found?.hours).toBe(7);
    expect((found?.mean ?? 0) - (found?.median ?? 0)).toBeCloseTo(30, 5);
  });
});

describe('what is said of the last hour', () => {
  const verdict = (lastHour: number, before = 0) =>
    analyze(
      series(288 * 14, (index) => {
        const earlier = index >= 2_000 && index < 2_020 ? before : 0;
        return 100 + wave(index * index, 7) + wave(index, 288) + earlier + (index >= 288 * 14 - 12 ? lastHour : 0);
      }),
    ).hour?.verdict;

  it('is not hidden by one bigger incident of two weeks', () => {
    expect([verdict(0), verdict(8), verdict(-8)]).toEqual(['usual', 'high', 'low']);
    expect([verdict(0, 60), verdict(8, 60), verdict(-8, 60)]).toEqual(['usual', 'high', 'low']);
  });
});
