/** A small round of the scoring that `scripts/bench/analysis.ts` does at length; the seeds are fixed, so the rates are too. */
import { describe, expect, it } from 'vitest';
import { makeSeasonal, makeShifted, makeTrending, makeUnseasonal } from './labelled-series.ts';
import { score } from './score.ts';
import { ROWS, rate } from './score-incidents.ts';

const SERIES = 16;
const INCIDENTS = 5;
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

describe('the analysis around an incident', () => {
  it.each(ROWS.filter(({ isShare, isSlow }) => isShare && isSlow !== true))('$question', (row) => {
    const { mean, odd } = rate(row, INCIDENTS, FIRST_SEED);
    // One of so few may go wrong where one of many may.
    const isNear = row.reach.startsWith('≥') ? mean >= 1 - 1 / INCIDENTS : mean <= 1 / INCIDENTS;
    expect(isNear, `seeds ${odd.join(', ')}`).toBe(true);
  });
});
