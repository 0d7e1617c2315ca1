import { it } from 'vitest';
import { ALL_KINDS, gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { findWeekend } from './weekend.ts';

const HOUR_MS = 3_600_000;
const noise = valuesOf('noise', 2_000, 3);

/** From a Friday on; each weekend with a height of its own. */
function makeWeekends(days: number, heights: readonly number[], offsetHours = 0, stepMs = HOUR_MS, missing = 0) {
  const length = Math.round((days * 24 * HOUR_MS) / stepMs);
  const values = Float64Array.from({ length }, (_, at) => {
    const hour = (at * stepMs) / HOUR_MS - 24 - offsetHours;
    const height = heights[Math.floor(hour / 168) % heights.length] ?? 0;
    return (noise[at] ?? 0) + (((hour % 168) + 168) % 168 < 48 ? height : 0);
  });
  return toGridOf(values, stepMs, missing);
}

it('tells what a weekend adds', async () => {
  const found = (name: string, grid: ReturnType<typeof makeWeekends>) => {
    const weekend = findWeekend(grid, grid);
    const first = weekend?.findIndex((value) => value !== 0);
    return [name, weekend && { first, height: weekend.find((value) => value !== 0), weekend }] as const;
  };
  await expectTable('series-analysis/weekend', [
    ...[5, 6, 7, 8, 9, 14, 15, 16, 17, 21].map((days) => found(`${days} days`, makeWeekends(days, [12]))),
    ...[-14, -12, -9, -5, -3, -1, 0, 1, 3, 6, 9, 12, 15].map((hours) =>
      found(`${hours} h later`, makeWeekends(20, [12], hours)),
    ),
    ...[-9, -3, -2, -1.5, -1, 1, 1.5, 2, 2.5, 3].map((height) => found(`${height} high`, makeWeekends(20, [height]))),
    ...[0, 3, 5, 6, 7, 8, 14, 20].map((other) => found(`10, 10, ${other} high`, makeWeekends(22, [10, 10, other]))),
    ...[1, 3, 6, 6.1, 12].map((hours) => found(`of ${hours} h`, makeWeekends(20, [12], 0, hours * HOUR_MS))),
    ...[0.2, 0.9].map((missing) => found(`${missing} missing`, makeWeekends(20, [12], 0, HOUR_MS, missing))),
    ...ALL_KINDS.map((kind) => found(kind, gridOf(kind, 400, HOUR_MS))),
  ]);
});
