import { describe, expect, it } from 'vitest';
import { findOutliers } from './outliers.ts';

/** Even between −1 and 1. */
const calm = Float64Array.from({ length: 200 }, (_, at) => ((at * 37) % 101) / 50 - 1);

describe('findOutliers', () => {
  it('finds what is far off, the farthest first, with its side', () => {
    const values = calm.slice();
    values[20] = 40;
    values[120] = -90;
    expect(findOutliers(values).map(({ at, sigmas }) => [at, Math.sign(sigmas)])).toEqual([
      [120, -1],
      [20, 1],
    ]);
  });

  it('finds none in calm, equal or no values', () => {
    expect(findOutliers(calm)).toEqual([]);
    expect(findOutliers(new Float64Array(50))).toEqual([]);
    expect(findOutliers(new Float64Array(0))).toEqual([]);
  });

  it('takes a heavy tail for a tail', () => {
    const skewed = Float64Array.from({ length: 1_000 }, (_, at) => Math.exp(6 * (((at * 619) % 1_000) / 1_000)));
    expect(findOutliers(skewed)).toEqual([]);
  });
});
