import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { listTimeTicks, listValueTicks } from './ticks.ts';

const START = Date.UTC(2026, 2, 1, 9, 10);
const HOUR_MS = 3_600_000;
const labels = (ticks: readonly { label: string }[]): string[] => ticks.map(({ label }) => label);

describe('listValueTicks', () => {
  it.each([
    [0, 100, 5, ['0', '20', '40', '60', '80', '100']],
    [0.013, 0.021, 4, ['0.012', '0.014', '0.016', '0.018', '0.02', '0.022']],
    [0, 15_000, 6, ['0', '2.5k', '5k', '7.5k', '10k', '12.5k', '15k']],
    [-3, 3, 3, ['-4', '-2', '0', '2', '4']],
    [0, 4e9, 4, ['0', '1G', '2G', '3G', '4G']],
  ])('from %d to %d', (low, high, count, expected) => {
    expect(labels(listValueTicks(low, high, count))).toEqual(expected);
  });

  it('always covers the range with few ticks', () => {
    const number = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    const leastSpan = 1e-300;
    fc.assert(
      fc.property(number, number, fc.integer({ min: 1, max: 12 }), (a, b, count) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(high - low > Math.max(Math.abs(low), Math.abs(high)) * 1e-9 + leastSpan);
        const ticks = listValueTicks(low, high, count);
        const slack = (high - low) * 1e-6;
        expect(ticks[0]?.at).toBeLessThanOrEqual(low + slack);
        expect(ticks.at(-1)?.at).toBeGreaterThanOrEqual(high - slack);
        expect(ticks.length).toBeLessThanOrEqual(count + 2);
      }),
    );
  });
});

describe('listTimeTicks', () => {
  it.each([
    ['an hour', HOUR_MS, ['09:15', '09:30', '09:45', '10:00']],
    ['a day', 24 * HOUR_MS, ['12:00', '18:00', '00:00', '06:00']],
    ['a week', 168 * HOUR_MS, ['03/02', '03/04', '03/06', '03/08']],
    ['half a minute', 30_000, ['09:10:00', '09:10:05', '09:10:10', '09:10:15', '09:10:20', '09:10:25']],
  ])('of %s', (_what, spanMs, expected) => {
    expect(labels(listTimeTicks(START, START + spanMs, expected.length))).toEqual(expected);
  });
});
