import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { chooseLogRange, linearReach, splitLogAxis } from './log-axis.ts';

describe('linearReach', () => {
  it('is the smallest size that is not zero, of all lists', () => {
    expect(
      linearReach([
        [0, 5, null],
        [-2, 40],
      ]),
    ).toBe(2);
  });

  it('is one of nothing, and never far below the largest', () => {
    expect(linearReach([])).toBe(1);
    expect(linearReach([[0, null]])).toBe(1);
    expect(linearReach([[1e-300, 1]])).toBe(1e-9);
  });
});

describe('splitLogAxis', () => {
  it.each([
    [0, 1_000, 1, [0, 1, 10, 100, 1_000]],
    [0, 80, 1, [0, 1, 2, 5, 10, 20, 50]],
    [-100, 100, 1, [-100, -10, -1, 0, 1, 10, 100]],
    [100, 200, 100, [100, 120, 140, 160, 180, 200]],
    [0.001, 1_000, 0.001, [0.001, 0.01, 0.1, 1, 10, 100, 1_000]],
  ])('labels %d to %d, even below %d', (min, max, reach, ticks) => {
    expect(splitLogAxis({ min, max }, reach, 'Count')).toEqual(ticks);
  });
});

describe('an axis of powers', () => {
  it('holds what it is for, ends at zero where that does, and has few labels in order, all inside', () => {
    const values = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(values, (list) => {
        const [low, high] = [Math.min(...list), Math.max(...list)];
        if (low === high) return;
        const reach = linearReach([list]);
        const range = chooseLogRange({ min: low, max: high }, reach);
        expect(range.min).toBeLessThanOrEqual(low + Math.abs(low) * 1e-9);
        expect(range.max).toBeGreaterThanOrEqual(high - Math.abs(high) * 1e-9);
        expect(low >= 0 && range.min < 0).toBe(false);
        const ticks = splitLogAxis(range, reach, '');
        expect(ticks.length).toBeLessThanOrEqual(25);
        expect(ticks.every((tick) => Number.isFinite(tick) && tick >= range.min && tick <= range.max)).toBe(true);
        expect(ticks.every((tick, at) => at === 0 || tick > (ticks[at - 1] ?? 0))).toBe(true);
      }),
    );
  });
});
