import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { findShift } from './find-shift.ts';

const BEFORE = 120;

/** Values around a level that changes at a minute after {@link BEFORE}. */
function series(levelAt: (minute: number) => number, jitter = 0.05, length = 180): Float64Array {
  return Float64Array.from({ length }, (_, index) => {
    const wave = Math.sin(index * 12.9898) * 43_758.5453;
    return levelAt(index) * (1 + jitter * (2 * (wave - Math.floor(wave)) - 1));
  });
}

const ask = (values: Float64Array, more: object = {}) =>
  findShift({ values, earlier: [], usualEnd: BEFORE, isCount: false, bar: 4, ...more });

describe('findShift', () => {
  it('dates a step to its first value, with the levels before and since', () => {
    const shift = ask(series((minute) => (minute >= 140 ? 90 : 30)));
    expect(shift).toMatchObject({ index: 140, direction: 'up' });
    expect(shift?.before).toBeCloseTo(30, 0);
    expect(shift?.after).toBeCloseTo(90, -1);
  });

  it('finds nothing in what only scatters, nor in one wild value', () => {
    expect(ask(series(() => 30))).toBeUndefined();
    expect(ask(series(() => 30).with(150, 900))).toBeUndefined();
  });

  it('says when it ended', () => {
    expect(ask(series((minute) => (minute >= 130 && minute < 145 ? 90 : 30)))).toMatchObject({
      index: 130,
      endIndex: 145,
    });
  });

  it('takes small counts for chance, and no errors at all for no reason to be infinitely surprised', () => {
    const counts = Float64Array.from({ length: 180 }, (_, index) => (index > BEFORE && index % 9 < 2 ? 2 : 0));
    expect(ask(counts, { isCount: true })).toBeUndefined();
    expect(ask(counts.fill(8, 150), { isCount: true })).toMatchObject({ index: 150, before: 0, after: 8 });
  });

  it('expects what the same hours of earlier days did, by the calmest of them', () => {
    const climb = (minute: number): number => (minute >= 130 ? 90 : 30);
    const day = series(climb, 0);
    expect(ask(series(climb), { earlier: [day] })).toBeUndefined();
    expect(ask(series(climb), { earlier: [day, series(() => 30, 0)] })).toMatchObject({ index: 130 });
  });

  it('tells a series that stops from one that has datapoints now and then', () => {
    const stopped = series(() => 1, 0).fill(Number.NaN, 150);
    expect(ask(stopped)).toMatchObject({ index: 150, direction: 'stopped' });
    const sparse = Float64Array.from({ length: 180 }, (_, index) => (index % 7 === 0 ? 1 : Number.NaN));
    expect(ask(sparse, { isCount: true })).toBeUndefined();
  });

  it('tells a series that begins', () => {
    const begun = new Float64Array(180).fill(Number.NaN).fill(5, 140);
    expect(ask(begun)).toMatchObject({ index: 140, direction: 'began', after: 5 });
  });

  it('survives any values', () => {
    const value = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.nat(70), fc.boolean(), (list, usualEnd, isCount) => {
        const shift = ask(Float64Array.from(list), { usualEnd, isCount });
        if (shift !== undefined)
          expect(shift.index).toBeGreaterThanOrEqual(usualEnd === 0 ? 0 : Math.min(usualEnd, list.length));
      }),
      { numRuns: 200 },
    );
  });
});
