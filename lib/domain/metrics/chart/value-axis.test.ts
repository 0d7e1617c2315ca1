import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { roundValue } from './chart-line.ts';
import { chooseRange, listIncrements, splitAxis } from './value-axis.ts';

describe('chooseRange', () => {
  it('starts at zero unless the values move far above it', () => {
    expect(chooseRange(20, 100, [], 'Count').min).toBe(0);
    expect(chooseRange(95, 100, [], 'Count').min).toBeGreaterThan(90);
    expect(chooseRange(-100, -20, [], 'Count').max).toBe(0);
  });

  it('gives a constant room on both sides', () => {
    expect(chooseRange(50, 50, [], 'Milliseconds')).toEqual({ min: 25, max: 75 });
    expect(chooseRange(-8, -8, [], '')).toEqual({ min: -12, max: -4 });
    expect(chooseRange(0, 0, [], '')).toEqual({ min: 0, max: 1 });
  });

  it('has a range without data', () => {
    expect(chooseRange(undefined, undefined, [], 'Percent')).toEqual({ min: 0, max: 100 });
    expect(chooseRange(undefined, undefined, [500], 'Count').max).toBeGreaterThan(500);
  });

  it('does not show more than all of a share', () => {
    expect(chooseRange(10, 99, [], 'Percent')).toEqual({ min: 0, max: 100 });
    expect(chooseRange(90, 90, [], 'Percent')).toEqual({ min: 45, max: 100 });
    expect(chooseRange(10, 150, [], 'Percent').max).toBeGreaterThan(150);
  });

  it('reaches to thresholds, but not to one that would flatten the data', () => {
    expect(chooseRange(10, 20, [60], 'Count').max).toBeGreaterThan(60);
    expect(chooseRange(10, 20, [60, 10_000], 'Count').max).toBeLessThan(100);
  });
});

describe('ticks', () => {
  it('are round numbers of the unit that the axis is labelled in', () => {
    expect(listIncrements({ min: 0, max: 600 }, 110, 'Seconds')[0]).toBe(120);
    expect(listIncrements({ min: 0, max: 5_000_000 }, 900_000, 'Bytes')[0]).toBe(1_000_000);
    expect(listIncrements({ min: 0, max: 1 }, 0.15, '')[0]).toBe(0.2);
    expect(splitAxis({ min: -3, max: 10 }, 5)).toEqual([0, 5, 10]);
  });

  it('are none for an increment that leads nowhere, and never many', () => {
    const range = { min: -5, max: 5 };
    expect([0, -1, Number.NaN].map((increment) => splitAxis(range, increment))).toEqual([[], [], []]);
    expect(splitAxis({ min: 1, max: 4 }, 5)).toEqual([]);
    expect(splitAxis({ min: 5, max: 5 }, 5)).toEqual([5]);
    expect(splitAxis({ min: 0, max: 1e6 }, 1).length).toBeLessThan(100);
  });

  it('are few, finite and inside the range for any data', () => {
    const value = fc.double({ min: -1e300, max: 1e300, noNaN: true }).map(roundValue);
    fc.assert(
      fc.property(
        value,
        value,
        fc.array(value, { maxLength: 4 }),
        fc.constantFrom('', 'Bytes', 'Seconds'),
        (a, b, thresholds, unit) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          const range = chooseRange(low, high, thresholds, unit);
          expect(range.min).toBeLessThanOrEqual(low);
          expect(range.max).toBeGreaterThanOrEqual(high);
          expect(range.max - range.min).toBeLessThan(Number.POSITIVE_INFINITY);
          const increment = listIncrements(range, (range.max - range.min) / 8, unit)[0] ?? 0;
          const ticks = splitAxis(range, increment);
          expect(ticks.length).toBeLessThanOrEqual(10);
          expect(ticks.every(Number.isFinite)).toBe(true);
        },
      ),
    );
  });
});
