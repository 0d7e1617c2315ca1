/** The newest hour of a series against what season, trend and level let expect, and against how far other hours were off. Pure. */
import type { Grid } from './grid.ts';
import { medianOf, quantileOf, robustSigma } from './robust.ts';

const HOUR_MS = 3_600_000;
/** With fewer earlier hours nothing is called unusual. */
export const MIN_HOURS = 4;
const MAX_HOURS = 700;
const UNUSUAL_SIGMAS = 4.2;
/**
 * Earlier incidents are among the hours: the farthest 1.5 % of them do not count, and the rest of the tail does with a margin.
 */
const TAIL_SHARE = 0.015;
const TAIL_FACTOR = 1.3;
const MIN_TAIL_HOURS = 48;
const MIN_PHASE_HOURS = 8;

export interface HourJudgement {
  readonly verdict: 'usual' | 'high' | 'low';
  /** Mean of what is left, in the units of the residual. */
  readonly off: number;
  /** Half the width of what is usual. */
  readonly limit: number;
  readonly hours: number;
}

export interface HourQuestion {
  /** What season, trend and level leave of each sample; a level that has just come is not taken away. */
  readonly residual: Float64Array;
  /** Distance of the hours of the same phase. */
  readonly periodSamples: number | undefined;
  /** What chance alone does to an hour's mean, e.g. of counts. */
  readonly floor: number;
}

/** Undefined with too few earlier hours. */
export function judgeLastHour(grid: Grid, { residual, periodSamples, floor }: HourQuestion): HourJudgement | undefined {
  const width = Math.max(1, Math.round(HOUR_MS / grid.stepMs));
  const means = hourMeans(grid, residual, width);
  const newest = means(grid.length);
  if (newest === undefined) return undefined;
  const collect = (distance: number): Float64Array => {
    const found: number[] = [];
    for (let back = 1; back <= MAX_HOURS && grid.length - back * distance >= width; back += 1) {
      const mean = means(Math.round(grid.length - back * distance));
      if (mean !== undefined) found.push(mean);
    }
    return Float64Array.from(found).sort();
  };
  const earlier = collect(width);
  if (earlier.length < MIN_HOURS) return undefined;
  const median = medianOf(earlier);
  const off = newest - median;
  const phase = periodSamples === undefined ? new Float64Array(0) : collect(Math.max(width, periodSamples));
  const limits = [limitOf(earlier, median, off > 0), UNUSUAL_SIGMAS * floor];
  if (phase.length >= MIN_PHASE_HOURS) limits.push(UNUSUAL_SIGMAS * robustSigma(phase, median));
  const limit = Math.max(...limits);
  const verdict = Math.abs(off) > limit ? (off > 0 ? 'high' : 'low') : 'usual';
  return { verdict, off, limit, hours: earlier.length };
}

/** On the side on which the newest hour lies: counters have a long tail on one side only. */
function limitOf(sorted: Float64Array, median: number, isAbove: boolean): number {
  const sigma = UNUSUAL_SIGMAS * robustSigma(sorted, median);
  if (sorted.length < MIN_TAIL_HOURS) {
    const farthest = isAbove ? (sorted.at(-1) ?? median) - median : median - (sorted[0] ?? median);
    return Math.max(sigma, farthest);
  }
  const tail = isAbove ? quantileOf(sorted, 1 - TAIL_SHARE) - median : median - quantileOf(sorted, TAIL_SHARE);
  return Math.max(sigma, TAIL_FACTOR * tail);
}

/** Mean over the hour before a place on the grid; undefined where there is no datapoint. */
function hourMeans(grid: Grid, values: Float64Array, width: number): (end: number) => number | undefined {
  const sums = new Float64Array(grid.length + 1);
  const counts = new Int32Array(grid.length + 1);
  for (let at = 0; at < values.length; at += 1) {
    sums[(grid.indices[at] ?? 0) + 1] = values[at] ?? 0;
    counts[(grid.indices[at] ?? 0) + 1] = 1;
  }
  for (let index = 1; index < sums.length; index += 1) {
    sums[index] = (sums[index] ?? 0) + (sums[index - 1] ?? 0);
    counts[index] = (counts[index] ?? 0) + (counts[index - 1] ?? 0);
  }
  return (end) => {
    const count = (counts[end] ?? 0) - (counts[Math.max(0, end - width)] ?? 0);
    return count === 0 ? undefined : ((sums[end] ?? 0) - (sums[Math.max(0, end - width)] ?? 0)) / count;
  };
}
