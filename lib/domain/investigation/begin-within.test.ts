import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { beginWithin } from './begin-within.ts';

const EACH = 5;
const AT = 10;

/** Means of five minutes of a level that goes from 100 to another within some minutes. */
function means(startMinute: number, minutes: number, after: number): Float64Array {
  return Float64Array.from({ length: 2 * AT }, (_, index) => {
    const values = Array.from({ length: EACH }, (_, minute) => {
      const since = (index - AT) * EACH + minute - startMinute + 1;
      return 100 + (after - 100) * Math.min(1, Math.max(0, since / minutes));
    });
    return values.reduce((sum, value) => sum + value, 0) / EACH;
  });
}

describe('beginWithin', () => {
  it('finds the minute, two more or less, whatever the course', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 10, 150, 400, 90_000),
        (start, minutes, after) => {
          const values = means(start, minutes, after);
          const index = values.findIndex((value) => Math.abs(value - 100) > 0.05 * Math.abs(after - 100));
          const begin = beginWithin({ index, before: 100, after, direction: 'up' }, values, 'Average');
          expect(Math.abs((index - AT + begin) * EACH - start)).toBeLessThanOrEqual(2);
        },
      ),
    );
  });

  it('takes a part of a period for what was still counted before it stopped', () => {
    const values = Float64Array.from({ length: 2 * AT }, (_, index) =>
      index < AT - 1 ? 100 : index === AT - 1 ? 40 : Number.NaN,
    );
    const begin = beginWithin({ index: AT, before: 100, after: 0, direction: 'stopped' }, values, 'Sum');
    expect(begin).toBeCloseTo(-0.7, 0);
    const whole = values.map((value) => (value === 40 ? 100 : value));
    expect(beginWithin({ index: AT, before: 100, after: 0, direction: 'stopped' }, whole, 'Sum')).toBeCloseTo(0, 0);
  });

  it('says the middle for what is unusual as soon as one second was, and nothing where nothing is known', () => {
    const shift = { index: AT, before: 100, after: 400, direction: 'up' as const };
    expect(['Maximum', 'Minimum', 'p90'].map((statistic) => beginWithin(shift, means(2, 1, 400), statistic))).toEqual([
      0.5, 0.5, 0.5,
    ]);
    expect(
      ['Sum', 'SampleCount', 'Average'].map((statistic) => beginWithin(shift, means(2, 1, 400), statistic)),
    ).toEqual(Array.from({ length: 3 }, () => beginWithin(shift, means(2, 1, 400), 'Sum')));
    expect(beginWithin({ ...shift, after: 100 }, means(2, 1, 100), 'Sum')).toBe(0);
    expect(beginWithin(shift, new Float64Array(20).fill(Number.NaN), 'Sum')).toBeCloseTo(0, 0);
  });
});
