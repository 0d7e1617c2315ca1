/** A series of datapoints in a few numbers. Pure; never NaN or Infinity. */
import { HOUR_MS } from '../time.ts';

export interface Point {
  readonly epochMs: number;
  readonly value: number;
}

export interface SeriesSummary {
  readonly count: number;
  readonly min: Point;
  readonly max: Point;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly total: number;
  readonly first: Point;
  readonly last: Point;
  /** Robust (Theil–Sen); undefined below three datapoints. */
  readonly slopePerHour?: number;
}

/** Datapoints that are numbers, in time order. Anything else has no place in JSON. */
export function toPoints(timestampsEpochMs: readonly number[], values: readonly number[]): Point[] {
  const points: Point[] = [];
  for (const [index, epochMs] of timestampsEpochMs.entries()) {
    const value = values[index];
    if (value !== undefined && Number.isFinite(value) && Number.isFinite(epochMs)) points.push({ epochMs, value });
  }
  return points;
}

/** Undefined for no datapoints. Of several equal extremes the first counts. */
export function summarize(points: readonly Point[]): SeriesSummary | undefined {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let min = first;
  let max = first;
  let mean = 0;
  for (const [index, point] of points.entries()) {
    if (point.value < min.value) min = point;
    if (point.value > max.value) max = point;
    // Running mean: a sum of large values could pass the largest number.
    mean += point.value / (index + 1) - mean / (index + 1);
  }
  const sorted = Float64Array.from(points, ({ value }) => value).sort();
  const slopePerHour = fitSlopePerHour(points);
  return {
    count: points.length,
    min,
    max,
    mean: Math.min(Math.max(mean, min.value), max.value),
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p99: quantile(sorted, 0.99),
    total: clampFinite(points.reduce((sum, { value }) => sum + value, 0)),
    first,
    last,
    ...(slopePerHour !== undefined && { slopePerHour }),
  };
}

/** Linear interpolation between neighbours; `sorted` ascending and not empty. */
function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  const part = position % 1;
  if (below === above) return below;
  // Rounding of the smallest numbers could lead out of the two.
  return Math.min(Math.max(below * (1 - part) + above * part, below), above);
}

const MIN_SLOPE_POINTS = 3;
/** 50 points are 1,225 pairs: a tenth of a millisecond, so that hundreds of series do not hold others up. */
const MAX_SLOPE_POINTS = 50;

/** Median of the slopes between all pairs of points, so that single spikes do not tilt it. */
function fitSlopePerHour(points: readonly Point[]): number | undefined {
  if (points.length < MIN_SLOPE_POINTS) return undefined;
  const stride = Math.max(1, points.length / MAX_SLOPE_POINTS);
  const chosen: Point[] = [];
  for (let at = 0; at < points.length && chosen.length < MAX_SLOPE_POINTS; at += stride) {
    const point = points[Math.floor(at)];
    if (point !== undefined) chosen.push(point);
  }
  const slopes = new Float64Array((chosen.length * (chosen.length - 1)) / 2);
  let count = 0;
  for (let right = 1; right < chosen.length; right += 1) {
    for (let left = 0; left < right; left += 1) {
      const from = chosen[left];
      const to = chosen[right];
      if (from === undefined || to === undefined || to.epochMs === from.epochMs) continue;
      slopes[count] = ((to.value - from.value) / (to.epochMs - from.epochMs)) * HOUR_MS;
      count += 1;
    }
  }
  return count === 0 ? undefined : clampFinite(quantile(slopes.subarray(0, count).sort(), 0.5));
}

function clampFinite(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}
