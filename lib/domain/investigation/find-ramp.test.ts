import { describe, expect, it } from 'vitest';
import { findRamp } from './find-ramp.ts';

const noise = (index: number): number => Math.sin(index * 7.7) + Math.cos(index * 3.1);

describe('findRamp', () => {
  it.each([
    ['a leak', 120, 0.2],
    ['a disk that fills', 300, -0.5],
  ])('dates %s to its knee', (_, knee, slope) => {
    const values = Float64Array.from(
      { length: 336 },
      (_unused, hour) => 60 + slope * Math.max(0, hour - knee) + 0.1 * noise(hour),
    );
    const ramp = findRamp(values);
    expect(Math.abs((ramp?.index ?? 0) - knee)).toBeLessThanOrEqual(2);
    expect(ramp?.slope).toBeCloseTo(slope, 1);
    expect(ramp?.before).toBeCloseTo(60, 0);
  });

  it.each([
    ['a step', (hour: number) => (hour < 200 ? 10 : 50)],
    ['noise', noise],
    ['a season', (hour: number) => 50 + 20 * Math.sin((hour / 24) * 2 * Math.PI)],
    ['a flat line', () => 5],
  ])('does not take %s for one', (_, valueAt) => {
    expect(findRamp(Float64Array.from({ length: 336 }, (_unused, hour) => valueAt(hour)))).toBeUndefined();
  });

  it('says nothing of a handful of values', () => {
    expect(findRamp(Float64Array.from([1, 2, 3, 4]))).toBeUndefined();
  });
});
