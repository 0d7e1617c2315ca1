import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { countAsFar } from './count-as-far.ts';

const MINUTE_MS = 60_000;
const MINUTES = 4 * 1_440;
const RUNS = { numRuns: 15 };
const NOW = MINUTES - 100;

/** A level with a season, and peaks of a height and length at some minutes. */
function grid(peaks: readonly { readonly at: number; readonly length: number; readonly height: number }[]) {
  const values = Float64Array.from(
    { length: MINUTES },
    (_, index) => 20 + 10 * Math.sin((2 * Math.PI * index) / 1_440),
  );
  for (const { at, length, height } of peaks)
    for (let minute = at; minute < at + length; minute += 1) values[minute] = (values[minute] ?? 0) + height;
  return { startEpochMs: 0, periodMs: MINUTE_MS, values };
}
const excursion = (length: number) =>
  ({ startEpochMs: NOW * MINUTE_MS, endEpochMs: (NOW + length) * MINUTE_MS, sign: 1 }) as const;
/** Apart from one another, and from now. */
const places = fc
  .uniqueArray(fc.integer({ min: 1, max: 17 }), { maxLength: 8 })
  .map((hours) => hours.map((n) => n * 300));

describe('countAsFar', () => {
  it('counts the other times, wherever in the season they are', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 20 }), (others, length) => {
        const peaks = [...others, NOW].map((at) => ({ at, length, height: 60 }));
        expect(countAsFar(grid(peaks), excursion(length))).toBe(others.length);
      }),
      RUNS,
    );
  });

  it('counts none that were much shorter or lower', () => {
    fc.assert(
      fc.property(places, fc.boolean(), (others, isShort) => {
        const peaks = others.map((at) => ({ at, length: isShort ? 5 : 15, height: isShort ? 60 : 15 }));
        expect(countAsFar(grid([...peaks, { at: NOW, length: 15, height: 60 }]), excursion(15))).toBe(0);
      }),
      RUNS,
    );
  });

  it('judges nothing that lasts, or that is on the other side', () => {
    expect(countAsFar(grid([{ at: NOW, length: 40, height: 60 }]), excursion(40))).toBeUndefined();
    expect(countAsFar(grid([{ at: NOW, length: 5, height: -60 }]), excursion(5))).toBeUndefined();
    expect(
      countAsFar({ startEpochMs: 0, periodMs: MINUTE_MS, values: new Float64Array(0) }, excursion(5)),
    ).toBeUndefined();
  });
});
