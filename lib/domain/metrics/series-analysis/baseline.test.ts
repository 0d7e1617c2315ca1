import { it } from 'vitest';
import { toGridOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import type { SeriesAnalysis } from './analyze-series.ts';
import { leaveOutIncidents } from './baseline.ts';

const LENGTH = 200;

function analysisOf(shifts: SeriesAnalysis['shifts']): SeriesAnalysis {
  const flat = new Float64Array(LENGTH).fill(1);
  return { model: 'additive', seasons: [], shifts, outliers: [], expected: flat, usual: flat };
}

/** Nearly always 1, off it at the places. */
const offAt = (...places: readonly number[]) =>
  toGridOf(Float64Array.from({ length: LENGTH }, (_, at) => (places.includes(at) ? 5 + (at % 3) : 1)));
const run = (from: number, length: number, stride = 1): number[] =>
  Array.from({ length }, (_, index) => from + index * stride);

it('leaves long runs off the one value out', async () => {
  await expectTable('series-analysis/baseline.runs', [
    ...[9, 10, 11, 19, 20, 21].map(
      (length) => [`${length} in a row`, leaveOutIncidents(offAt(...run(50, length)), analysisOf([]))] as const,
    ),
    ...[1, 2, 3, 4, 5].map(
      (stride) => [`each ${stride}`, leaveOutIncidents(offAt(...run(50, 12, stride)), analysisOf([]))] as const,
    ),
    ['two runs', leaveOutIncidents(offAt(...run(20, 10), ...run(188, 10)), analysisOf([]))],
    ['at the end', leaveOutIncidents(offAt(...run(188, 12)), analysisOf([]))],
    ['one value', leaveOutIncidents(offAt(), analysisOf([]))],
    ...[38, 39, 40, 45, 59, 60, 61].map(
      (at) =>
        [
          `a run beside an excursion from ${at} on`,
          leaveOutIncidents(
            offAt(...run(50, 10)),
            analysisOf([
              { at, before: 1, after: 6 },
              { at: at + 11, before: 6, after: 1 },
            ]),
          ),
        ] as const,
    ),
    ...[55, 170, 195].map(
      (at) =>
        [
          `a run and a level from ${at} on`,
          leaveOutIncidents(offAt(...run(50, 10)), analysisOf([{ at, before: 1, after: 6 }])),
        ] as const,
    ),
  ]);
});
