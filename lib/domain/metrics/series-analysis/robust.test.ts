import { describe, expect, it } from 'vitest';
import { meanOf, medianOf, quantileOf, robustSigma, varianceOf } from './robust.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe('robust statistics', () => {
  it('interpolates quantiles between neighbours, and holds at the ends', () => {
    expect([0, 0.25, 0.5, 1].map((share) => quantileOf(of(0, 10, 20), share))).toEqual([0, 5, 10, 20]);
    expect(quantileOf(of(7), 0.9)).toBe(7);
    expect(quantileOf(of(), 0.5)).toBe(0);
  });

  it('takes the median in any order, and leaves the values as they were', () => {
    const values = of(9, 1, 5, 3);
    expect(medianOf(values)).toBe(4);
    expect(values).toEqual(of(9, 1, 5, 3));
  });

  it('has a deviation that one wild value does not move, and none of equal values', () => {
    const calm = Float64Array.from({ length: 99 }, (_, at) => at % 3);
    expect(robustSigma(of(...calm, 1e9))).toBeCloseTo(robustSigma(calm), 6);
    expect(robustSigma(of(4, 4, 4, 9))).toBe(0);
    expect(robustSigma(of(0, 10), 0)).toBeCloseTo(1.4826 * 5, 6);
  });

  it('says nothing of nothing', () => {
    expect([meanOf(of()), varianceOf(of()), robustSigma(of())]).toEqual([0, 0, 0]);
    expect([meanOf(of(1, 3)), varianceOf(of(1, 3))]).toEqual([2, 1]);
  });
});
