/** Datapoints → a line with its gaps, thinned to what a chart can show. Pure. */
import type { Point } from '../series-summary.ts';
import { thinPoints } from '../series-thin.ts';

/** First, lowest, highest and last of a stretch draw the same picture as all of it. */
const POINTS_A_STRETCH = 4;
/** CloudWatch may tell a datapoint some milliseconds off; a missing one is a whole period off. */
const GAP_PERIODS = 1.5;
const GAP_USUAL_DISTANCES = 2;

export interface ChartLine {
  readonly times: readonly number[];
  /** Null breaks the line. */
  readonly values: readonly (number | null)[];
  readonly isThinned: boolean;
}

/** In time order, one a time: of several the last given counts. Not-a-number has no place in a chart. */
export function orderPoints(timestampsEpochMs: readonly number[], values: readonly number[]): Point[] {
  const byTime = new Map<number, number>();
  for (const [index, epochMs] of timestampsEpochMs.entries()) {
    const value = values[index];
    if (value !== undefined && Number.isFinite(value) && Number.isFinite(epochMs)) {
      byTime.set(Math.round(epochMs), roundValue(value));
    }
  }
  return [...byTime].map(([epochMs, value]) => ({ epochMs, value })).sort((a, b) => a.epochMs - b.epochMs);
}

/** The usual distance of two datapoints: their median; 0 for fewer than two. */
export function usualDistanceMs(points: readonly Point[]): number {
  const distances = points.slice(1).map(({ epochMs }, index) => epochMs - (points[index]?.epochMs ?? epochMs));
  return distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
}

/** @param periodMs of the statistic; without it the datapoints tell what a gap is */
export function drawLine(points: readonly Point[], periodMs: number | undefined, maxPoints: number): ChartLine {
  const usualMs = periodMs ?? usualDistanceMs(points);
  const longestStepMs = usualMs * (periodMs === undefined ? GAP_USUAL_DISTANCES : GAP_PERIODS);
  const stretchOf = new Map<Point, number>();
  let stretch = 0;
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before !== undefined && point.epochMs - before.epochMs > longestStepMs) stretch += 1;
    stretchOf.set(point, stretch);
  }
  const kept = thinByTime(points, maxPoints);
  const times: number[] = [];
  const values: (number | null)[] = [];
  for (const [index, point] of kept.entries()) {
    const before = kept[index - 1];
    if (before !== undefined && stretchOf.get(before) !== stretchOf.get(point)) {
      times.push(betweenMs(before.epochMs, point.epochMs, usualMs));
      values.push(null);
    }
    times.push(point.epochMs);
    values.push(point.value);
  }
  return { times, values, isThinned: kept.length < points.length };
}

/** Stretches of as many datapoints each, and of every stretch the four that matter. */
function thinByTime(points: readonly Point[], maxPoints: number): readonly Point[] {
  if (points.length <= maxPoints) return points;
  const stretches = Math.max(1, Math.floor(maxPoints / POINTS_A_STRETCH));
  return Array.from({ length: stretches }, (_, index) =>
    points.slice(
      Math.floor((index * points.length) / stretches),
      Math.floor(((index + 1) * points.length) / stretches),
    ),
  ).flatMap((part) => thinPoints(part, POINTS_A_STRETCH));
}

/** Where the missing datapoint would stand; always strictly between. */
function betweenMs(before: number, after: number, usualMs: number): number {
  const expected = before + usualMs;
  return usualMs > 0 && expected < after ? expected : before + (after - before) / 2;
}

const SIGNIFICANT_DIGITS = 6;
/** Larger ones would overflow where the page adds and multiplies. */
const MAX_VALUE = 1e300;
/** Smaller ones lose their digits. */
const MIN_VALUE = 1e-300;

export function roundValue(value: number): number {
  if (Math.abs(value) < MIN_VALUE) return 0;
  return Math.max(-MAX_VALUE, Math.min(MAX_VALUE, Number(value.toPrecision(SIGNIFICANT_DIGITS))));
}
