import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { resolveStep } from './step.ts';

const range = (spanMs: number) => ({ startEpochMs: 0, endEpochMs: spanMs });

describe('resolveStep', () => {
  it.each([
    [HOUR_MS, 60],
    [3 * HOUR_MS, 300],
    [DAY_MS, 1_800],
    [7 * DAY_MS, 14_400],
  ])('of %i ms is %i s', (spanMs, step) => expect(resolveStep(undefined, range(spanMs))).toBe(step));

  it('reads durations and seconds', () => {
    expect(['90', '5m', '1.5h', '500ms'].map((text) => resolveStep(text, range(60_000)))).toEqual([
      90, 300, 5_400, 0.5,
    ]);
  });

  it.each(['', '0', '-1', '5 minutes', '1y', '1s'])('refuses %j', (text) => {
    expect(() => resolveStep(text, range(DAY_MS))).toThrow(/ → /);
  });

  it('never gives more than 1,440 points', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 * DAY_MS }), (spanMs) => {
        expect(spanMs / 1_000 / resolveStep(undefined, range(spanMs))).toBeLessThanOrEqual(60);
      }),
    );
  });
});
