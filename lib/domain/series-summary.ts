/** A series of datapoints in a few numbers. Pure; never NaN or Infinity. */
import { HOUR_MS } from './time.ts';

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
  const sorted = points.map(({ value }) => value).sort((a, b) => a - b);
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
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  const part = position % 1;
  return below === above ? below : below * (1 - part) + above * part;
}

const MIN_SLOPE_POINTS = 3;
/** 200 points are 19,900 pairs: some milliseconds. */
const MAX_SLOPE_POINTS = 200;

/** Median of the slopes between all pairs of points, so that single spikes do not tilt it. */
function fitSlopePerHour(points: readonly Point[]): number | undefined {
  if (points.length < MIN_SLOPE_POINTS) return undefined;
  const stride = Math.max(1, points.length / MAX_SLOPE_POINTS);
  const chosen: Point[] = [];
  for (let at = 0; at < points.length && chosen.length < MAX_SLOPE_POINTS; at += stride) {
    const point = points[Math.floor(at)];
    if (point !== undefined) chosen.push(point);
  }
  const slopes: number[] = [];
  for (const [index, left] of chosen.entries()) {
    for (const right of chosen.slice(index + 1)) {
      if (right.epochMs !== left.epochMs) {
        slopes.push(((right.value - left.value) / (right.epochMs - left.epochMs)) * HOUR_MS);
      }
    }
  }
  slopes.sort((a, b) => a - b);
  return slopes.length === 0 ? undefined : clampFinite(quantile(slopes, 0.5));
}

function clampFinite(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}
