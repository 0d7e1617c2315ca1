/** Datapoints → a line with its gaps. Pure. */
import type { Point } from '../series-summary.ts';

/** CloudWatch may tell a datapoint some milliseconds off; a missing one is a whole period off. */
const GAP_PERIODS = 1.5;
const GAP_USUAL_DISTANCES = 2;

/** All lists as long. */
export interface ChartLine {
  readonly times: readonly number[];
  /** Null breaks the line. */
  readonly values: readonly (number | null)[];
  /** The lowest and the highest value that a point stands for; absent where each stands for one. */
  readonly lows?: readonly (number | null)[];
  readonly highs?: readonly (number | null)[];
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

/**
 * @param points in time order
 * @param periodMs of the statistic; without it the datapoints tell what a gap is
 */
export function drawLine(points: readonly Point[], periodMs: number | undefined): ChartLine {
  const usualMs = periodMs ?? usualDistanceMs(points);
  const longestStepMs = usualMs * (periodMs === undefined ? GAP_USUAL_DISTANCES : GAP_PERIODS);
  const times: number[] = [];
  const values: (number | null)[] = [];
  for (const { epochMs, value } of points) {
    const before = times.at(-1);
    if (before !== undefined && epochMs - before > longestStepMs) {
      times.push(betweenMs(before, epochMs, usualMs));
      values.push(null);
    }
    times.push(epochMs);
    values.push(value);
  }
  return { times, values };
}

/** Where the missing datapoint would stand; always strictly between. */
export function betweenMs(before: number, after: number, usualMs: number): number {
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
