import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { decodeTimes, encodeTimes } from './encode-times.ts';

describe('encodeTimes', () => {
  it('tells a regular series in three numbers, whatever its length', () => {
    expect(encodeTimes(Array.from({ length: 1_440 }, (_, index) => 1_000 + index * 60))).toEqual([1_000, 60, 1_439]);
    expect(encodeTimes([0, 60, 120, 300])).toEqual([0, 60, 2, 180, 1]);
  });

  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4e12 })), (times) => {
        const sorted = times.toSorted((a, b) => a - b);
        expect(decodeTimes(encodeTimes(sorted))).toEqual(sorted);
      }),
    );
  });
});
