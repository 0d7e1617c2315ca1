import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { halveRange, splitIntoChunks } from './batch-ranges.ts';

describe('halveRange', () => {
  it('covers the range under either reading of its end, for any range', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (startEpochMs, lengthMs) => {
        const range = { startEpochMs, endEpochMs: startEpochMs + lengthMs };
        const start = Math.floor(range.startEpochMs / 1_000);
        const end = Math.floor(range.endEpochMs / 1_000);
        const halves = halveRange(range);
        if (halves === undefined) {
          expect(end - start).toBeLessThan(2);
          return;
        }
        const { older, newer } = halves;
        expect(older.startEpochMs).toBe(start * 1_000);
        expect(newer.endEpochMs).toBe(end * 1_000);
        expect(newer.startEpochMs).toBe(older.endEpochMs);
        // Each is shorter than the whole, so that halving ends.
        expect(older.endEpochMs).toBeGreaterThan(older.startEpochMs);
        expect(newer.endEpochMs).toBeGreaterThan(newer.startEpochMs);
      }),
    );
  });
});

describe('splitIntoChunks', () => {
  it.each([
    [0, []],
    [1, [1]],
    [50, [50]],
    [51, [50, 1]],
    [100, [50, 50]],
  ])('splits %i', (count, sizes) => {
    const items = Array.from({ length: count }, (_, index) => index);
    const chunks = splitIntoChunks(items, 50);
    expect(chunks.map(({ length }) => length)).toEqual(sizes);
    expect(chunks.flat()).toEqual(items);
  });
});
