/** A small round of the scoring that `scripts/bench/analysis.ts` does at length; the seeds are fixed, so the rates are too. */
import { describe, expect, it } from 'vitest';
import { makeSeasonal, makeShifted, makeTrending, makeUnseasonal } from './labelled-series.ts';
import { score } from './score.ts';

const SERIES = 60;
const FIRST_SEED = 100;

describe('the analysis of labelled series', () => {
  it.each([
    ['fundamental periods', makeSeasonal, 'periods', 0.95],
    ['no season where there is none', makeUnseasonal, 'periods', 0.98],
    ['slope within its interval', makeTrending, 'slope', 0.93],
    ['level shifts within two periods', makeShifted, 'shifts', 0.9],
  ] as const)('%s', (_, make, judge, reach) => {
    const { share, wrong } = score(make, judge, SERIES, FIRST_SEED);
    const described = wrong.map(({ series, said }) => `${series.name} → ${said}`).join('\n');
    expect(share, described).toBeGreaterThanOrEqual(reach);
  });
});
