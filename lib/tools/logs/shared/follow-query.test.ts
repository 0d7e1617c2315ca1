import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { pauseMs } from './follow-query.ts';

describe('pauseMs', () => {
  it('begins near 250 ms, grows, and ends near 2 s', () => {
    expect([1, 2, 3, 7, 50].map((looks) => Math.round(pauseMs(looks, 0.5)))).toEqual([250, 350, 490, 1_882, 2_000]);
  });

  it('varies by a quarter and never passes 2 s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (looks, random) => {
        const pause = pauseMs(looks, random);
        expect(pause).toBeGreaterThanOrEqual(187.5);
        expect(pause).toBeLessThanOrEqual(2_000);
      }),
    );
  });
});
