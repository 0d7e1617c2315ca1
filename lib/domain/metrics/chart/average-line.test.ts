import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { averageLine, chooseBucketMs } from './average-line.ts';
import { drawLine } from './chart-line.ts';

const MINUTE_MS = 60_000;

function line(values: readonly (number | undefined)[]) {
  const points = values.flatMap((value, index) => (value === undefined ? [] : [{ epochMs: index * MINUTE_MS, value }]));
  return drawLine(points, MINUTE_MS);
}

describe('averageLine', () => {
  it('tells of each stretch its mean, its lowest and its highest value', () => {
    expect(averageLine(line([1, 3, 10, 20, 5]), 2 * MINUTE_MS)).toEqual({
      times: [0, 2 * MINUTE_MS, 4 * MINUTE_MS],
      values: [2, 15, 5],
      lows: [1, 10, 5],
      highs: [3, 20, 5],
    });
  });

  it('keeps a break between two stretches, and none inside of one', () => {
    expect(averageLine(line([1, 2, undefined, undefined, 5, 6]), 2 * MINUTE_MS).values).toEqual([1.5, null, 5.5]);
    expect(averageLine(line([1, undefined, 3, 4]), 4 * MINUTE_MS).values).toEqual(
      [8 / 3].map((v) => +v.toPrecision(6)),
    );
  });

  it('takes the lowest and highest of what is a mean already', () => {
    const twice = averageLine(averageLine(line([0, 8, 2, 2]), 2 * MINUTE_MS), 4 * MINUTE_MS);
    expect(twice).toMatchObject({ values: [3], lows: [0], highs: [8] });
  });

  it('leaves a line without points, or without a length to average over, as it is', () => {
    expect(averageLine(line([]), MINUTE_MS)).toEqual({ times: [], values: [] });
    expect(averageLine(line([1, 2]), 0)).toEqual(line([1, 2]));
  });

  it('loses no extreme, invents none, and stays in order of time', () => {
    const shape = fc.record({
      values: fc.array(fc.option(fc.double({ min: -1e308, max: 1e308, noNaN: true }), { nil: undefined, freq: 4 }), {
        minLength: 2,
        maxLength: 200,
      }),
      periods: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(shape, ({ values, periods }) => {
        const fine = line(values);
        const coarse = averageLine(fine, periods * MINUTE_MS);
        const known = values.filter((value) => value !== undefined);
        if (known.length === 0) return;
        const lows = (coarse.lows ?? []).filter((low) => low !== null);
        const highs = (coarse.highs ?? []).filter((high) => high !== null);
        expect([Math.min(...lows), Math.max(...highs)]).toEqual([Math.min(...known), Math.max(...known)]);
        expect(coarse.times.every((time, at) => at === 0 || time > (coarse.times[at - 1] ?? 0))).toBe(true);
        expect(coarse.times).toHaveLength(coarse.values.length);
        expect(coarse.values.filter((value) => value !== null).length).toBeLessThanOrEqual(
          Math.ceil(values.length / periods),
        );
        expect(coarse.values.every((value) => value === null || Number.isFinite(value))).toBe(true);
      }),
    );
  });
});

describe('chooseBucketMs', () => {
  it('is made of whole periods, and long enough', () => {
    expect(chooseBucketMs(100 * MINUTE_MS, 100, MINUTE_MS)).toBe(MINUTE_MS);
    expect(chooseBucketMs(101 * MINUTE_MS, 100, MINUTE_MS)).toBe(2 * MINUTE_MS);
    expect(chooseBucketMs(0, 100, MINUTE_MS)).toBe(MINUTE_MS);
  });

  it('needs no period, and stands a bound of nothing', () => {
    expect(chooseBucketMs(1_000, 3, 0)).toBe(334);
    expect(chooseBucketMs(0, 0, 0)).toBe(1);
  });
});
