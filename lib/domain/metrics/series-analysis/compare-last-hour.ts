/** The newest hour of a series beside earlier hours at the same phase of its season, in its own values. Pure. */
import { HOUR_MS } from '../../time.ts';
import type { Grid } from './grid.ts';
import { medianOf, quantileOf } from './robust.ts';

const MAX_HOURS = 400;

export interface HourComparison {
  /** Mean over the newest hour, or over the newest datapoint where they are rarer. */
  readonly mean: number;
  /** Of the earlier hours. */
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly hours: number;
}

/**
 * @param usual the samples of the grid that belong to no incident
 * @param periodSamples distance of the hours to compare with; undefined = each hour
 */
export function compareLastHour(
  grid: Grid,
  usual: Grid,
  periodSamples: number | undefined,
): HourComparison | undefined {
  const width = Math.max(1, Math.round(HOUR_MS / grid.stepMs));
  const mean = hourMeans(grid, width)(grid.length);
  if (mean === undefined) return undefined;
  const meanBefore = hourMeans(usual, width);
  const distance = Math.max(width, periodSamples ?? width);
  const earlier: number[] = [];
  for (let back = 1; back <= MAX_HOURS && grid.length - back * distance >= width; back += 1) {
    const value = meanBefore(Math.round(grid.length - back * distance));
    if (value !== undefined) earlier.push(value);
  }
  if (earlier.length === 0) return undefined;
  const sorted = Float64Array.from(earlier).sort();
  return {
    mean,
    median: medianOf(sorted),
    p10: quantileOf(sorted, 0.1),
    p90: quantileOf(sorted, 0.9),
    hours: earlier.length,
  };
}

/** Mean over the hour before a place on the grid; undefined where there is no datapoint. */
function hourMeans(grid: Grid, width: number): (end: number) => number | undefined {
  // A sum of the largest numbers would not fit.
  const scale = grid.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const sums = new Float64Array(grid.length + 1);
  const counts = new Int32Array(grid.length + 1);
  for (let at = 0; at < grid.values.length; at += 1) {
    sums[(grid.indices[at] ?? 0) + 1] = (grid.values[at] ?? 0) / scale;
    counts[(grid.indices[at] ?? 0) + 1] = 1;
  }
  for (let index = 1; index < sums.length; index += 1) {
    sums[index] = (sums[index] ?? 0) + (sums[index - 1] ?? 0);
    counts[index] = (counts[index] ?? 0) + (counts[index - 1] ?? 0);
  }
  return (end) => {
    const from = Math.max(0, end - width);
    const count = (counts[end] ?? 0) - (counts[from] ?? 0);
    return count === 0 ? undefined : (((sums[end] ?? 0) - (sums[from] ?? 0)) / count) * scale;
  };
}
