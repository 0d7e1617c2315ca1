/** How often a series went as far for as long by itself: what chance does every few days is no incident. Pure. */
import { medianOf } from '../metrics/series-analysis/robust.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { finite, type Grid } from './grid.ts';

export interface Excursion {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly sign: 1 | -1;
}

/** Part of the mean excess that another time must reach: counts go with a traffic that differs by hours. */
const COMPARABLE = 0.4;
/** What lasts longer does not come and go by itself. */
const MAX_LENGTH_MS = 30 * MINUTE_MS;
/** Times so near to one another, or to the excursion, are one. */
const APART_MS = HOUR_MS;
/** Hours around a time whose median is its level. */
const LEVEL_HOURS = 2;

/**
 * Others are compared over the length of the excursion, so that a short peak is not taken for one that lasts, and from the
 * level of their own hours, so that a season is no excursion.
 * @param grid of two weeks, NaN where there is nothing; a counter's silence is 0
 * @returns undefined where the excursion lasts too long to be chance, or has no excess
 */
export function countAsFar(grid: Grid, { startEpochMs, endEpochMs, sign }: Excursion): number | undefined {
  const { periodMs } = grid;
  if (endEpochMs - startEpochMs > MAX_LENGTH_MS) return undefined;
  const length = Math.max(1, Math.round((endEpochMs - startEpochMs) / periodMs));
  const own = Math.floor((startEpochMs - grid.startEpochMs) / periodMs);
  const means = meansOver(excessOf(grid, sign), length);
  const excess = means[own] ?? Number.NaN;
  if (!(excess > 0)) return undefined;
  const apart = Math.round(APART_MS / periodMs);
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, mean] of means.entries()) {
    if (!(mean >= COMPARABLE * excess) || Math.abs(index - own) <= apart) continue;
    if (index - last > apart) count += 1;
    last = index;
  }
  return count;
}

/** On the bad side, from the level of the hours around. */
function excessOf({ values, periodMs }: Grid, sign: number): Float64Array {
  const each = Math.max(1, Math.round(HOUR_MS / periodMs));
  const hours = Array.from({ length: Math.ceil(values.length / each) }, (_, hour) => {
    const known = finite(values.subarray(hour * each, (hour + 1) * each));
    return known.length === 0 ? Number.NaN : medianOf(known);
  });
  const levels = hours.map((_, hour) => {
    const near = finite(Float64Array.from(hours.slice(Math.max(0, hour - LEVEL_HOURS), hour + LEVEL_HOURS + 1)));
    return near.length === 0 ? Number.NaN : medianOf(near);
  });
  return values.map((value, index) => sign * (value - (levels[Math.floor(index / each)] ?? Number.NaN)));
}

/** Of `length` values from each on; NaN where one of them is missing. */
function meansOver(values: Float64Array, length: number): Float64Array {
  return values.map((_, index) => {
    let sum = 0;
    for (let at = index; at < index + length; at += 1) sum += values[at] ?? Number.NaN;
    return sum / length;
  });
}
