/** Datapoints on a grid of equal periods. Pure. */
import { detectPublishingSeconds } from '../metrics/period-density.ts';
import { medianOf } from '../metrics/series-analysis/robust.ts';
import { MINUTE_MS, SECOND_MS } from '../time.ts';

const MAX_PACE_MS = 15 * MINUTE_MS;

export interface Grid {
  readonly startEpochMs: number;
  readonly periodMs: number;
  /** NaN where there is no datapoint. */
  readonly values: Float64Array;
}

export interface Datapoints {
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
}

/**
 * Of the periods from the one with `fromEpochMs` on, those that begin before `endEpochMs`. They begin where datapoints do: what is
 * published every five minutes may be stamped at any of them.
 */
export function toGrid(points: Datapoints, fromEpochMs: number, endEpochMs: number, periodMs: number): Grid {
  const phaseMs = ((points.timestampsEpochMs[0] ?? fromEpochMs) - fromEpochMs) % periodMs;
  const startEpochMs = fromEpochMs + (phaseMs > 0 ? phaseMs - periodMs : phaseMs);
  const count = Math.max(0, Math.ceil((endEpochMs - startEpochMs) / periodMs));
  const values = new Float64Array(count).fill(Number.NaN);
  for (const [index, epochMs] of points.timestampsEpochMs.entries()) {
    const at = Math.floor((epochMs - startEpochMs) / periodMs);
    if (at >= 0 && at < count) values[at] = points.values[index] ?? Number.NaN;
  }
  return { startEpochMs, periodMs, values };
}

export function timeAt({ startEpochMs, periodMs }: Grid, index: number): number {
  return startEpochMs + index * periodMs;
}

function indexAt({ startEpochMs, periodMs }: Grid, epochMs: number): number {
  return Math.floor((epochMs - startEpochMs) / periodMs);
}

export function finite(values: Float64Array): Float64Array {
  return values.filter((value) => Number.isFinite(value));
}

/**
 * The period on which datapoints really come, where they come at a pace: what is published every five minutes has four
 * empty minutes in each. One datapoint now and then is no pace.
 * @param periodMs in which they were asked for
 */
export function paceOf({ timestampsEpochMs }: Pick<Datapoints, 'timestampsEpochMs'>, periodMs: number): number {
  const publishedMs = (detectPublishingSeconds(timestampsEpochMs) ?? 0) * SECOND_MS;
  return publishedMs > periodMs && publishedMs <= MAX_PACE_MS && publishedMs % periodMs === 0 ? publishedMs : periodMs;
}

/**
 * The level of an earlier time at each period of a grid: the median of the three longer periods around it.
 * @param points in periods of `longMs`
 * @param backMs how much earlier
 */
export function levelsBefore(points: Datapoints, longMs: number, backMs: number, grid: Grid): Float64Array {
  const startEpochMs = Math.floor((grid.startEpochMs - backMs) / longMs - 1) * longMs;
  const endEpochMs = grid.startEpochMs - backMs + grid.values.length * grid.periodMs + longMs;
  const long = toGrid(points, startEpochMs, endEpochMs, longMs);
  const smooth = long.values.map((_, index) => {
    const near = finite(long.values.subarray(Math.max(0, index - 1), index + 2));
    return near.length === 0 ? Number.NaN : medianOf(near);
  });
  return grid.values.map((_, index) => smooth[indexAt(long, timeAt(grid, index) - backMs)] ?? Number.NaN);
}

/** Means of longer periods. */
export function meansOf({ startEpochMs, periodMs, values }: Grid, longMs: number): Grid {
  const each = Math.max(1, Math.round(longMs / periodMs));
  const count = Math.ceil(values.length / each);
  const means = Float64Array.from({ length: count }, (_, index) => {
    const part = finite(values.subarray(index * each, (index + 1) * each));
    return part.length === 0 ? Number.NaN : part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  return { startEpochMs, periodMs: each * periodMs, values: means };
}
