import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../test/analysis/random.ts';
import { findSeasons, MIN_SEASON_SAMPLES } from './find-seasons.ts';

const STEP_MS = 300_000;

function wave(period: number, length: number, noise = 0.3): { values: Float64Array } {
  const random = createRandom(5);
  const values = Float64Array.from(
    { length },
    (_, at) => Math.sin((2 * Math.PI * at) / period) + noise * random.normal(),
  );
  return { values };
}

describe('findSeasons', () => {
  it('finds what a clock makes, and a longer period that none makes', () => {
    expect(findSeasons(wave(12, 2_000), STEP_MS)).toEqual([12]);
    expect(findSeasons(wave(17.3, 2_000), STEP_MS)[0]).toBeCloseTo(17.3, 1);
  });

  it.each([2.68, 3.4, 4.45, 5.55])(
    'does not name %d datapoints, which may be the alias of a shorter period',
    (period) => {
      expect(findSeasons(wave(period, 4_032), STEP_MS)).toEqual([]);
    },
  );

  it('names no season of noise, of nothing, or of too few datapoints', () => {
    const random = createRandom(6);
    const noise = Float64Array.from({ length: 2_000 }, () => random.normal());
    expect(findSeasons({ values: noise }, STEP_MS)).toEqual([]);
    expect(findSeasons({ values: new Float64Array(0) }, STEP_MS)).toEqual([]);
    expect(findSeasons(wave(12, MIN_SEASON_SAMPLES - 1), STEP_MS)).toEqual([]);
  });
});
