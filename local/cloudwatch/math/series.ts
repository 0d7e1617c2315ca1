import type { AggregatedSeries } from '../../data/metric-store.ts';
import { MathError } from './math-error.ts';

/** Most periods that a series without gaps may have; a second-wise series of eleven days stays below. */
const MAX_PERIODS = 1_000_000;

/** A time range in epoch milliseconds: the start belongs to it, the end does not. */
export interface TimeRange {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

/** One time series: ascending timestamps (starts of periods) and a finite value for each of them. Gaps are simply absent. */
export interface Series {
  readonly label: string;
  readonly periodSeconds: number;
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
  /** Whether a value on the way could not be computed (x / 0, the logarithm of 0) and its point was dropped. */
  readonly hasDroppedPoints: boolean;
}

/**
 * Makes a series. An undefined value is a gap; a value that is not finite is dropped, as CloudWatch does with what it
 * cannot compute, and remembered: also of the `sources` that the points were computed from.
 */
export function makeSeries(
  label: string,
  periodSeconds: number,
  points: Iterable<readonly [timestampEpochMs: number, value: number | undefined]>,
  sources: readonly Series[] = [],
): Series {
  const timestampsEpochMs: number[] = [];
  const values: number[] = [];
  let hasDroppedPoints = sources.some((source) => source.hasDroppedPoints);
  for (const [timestamp, value] of points) {
    if (value === undefined) continue;
    if (Number.isFinite(value)) {
      timestampsEpochMs.push(timestamp);
      values.push(value);
    } else hasDroppedPoints = true;
  }
  return { label, periodSeconds, timestampsEpochMs, values, hasDroppedPoints };
}

/** Makes a series of what the metric store read. */
export function makeStoredSeries(label: string, periodSeconds: number, stored: AggregatedSeries): Series {
  const { timestampsEpochMs, values } = stored;
  return { label, periodSeconds, timestampsEpochMs, values, hasDroppedPoints: false };
}

/** The points as pairs, oldest first. */
export function listPoints(series: Series): (readonly [timestampEpochMs: number, value: number])[] {
  return series.values.map((value, index) => [series.timestampsEpochMs[index] ?? 0, value] as const);
}

/** Applies a function to every point; what becomes infinite or not a number is dropped. */
export function mapSeries(series: Series, transform: (value: number, timestampEpochMs: number) => number): Series {
  const { label, periodSeconds, timestampsEpochMs, values } = series;
  function* transformPoints(): Generator<readonly [number, number]> {
    for (let index = 0; index < values.length; index += 1) {
      const timestamp = timestampsEpochMs[index] ?? 0;
      yield [timestamp, transform(values[index] ?? 0, timestamp)];
    }
  }
  return makeSeries(label, periodSeconds, transformPoints(), [series]);
}

/** Values by timestamp. */
export function indexByTimestamp(series: Series): ReadonlyMap<number, number> {
  return new Map(listPoints(series));
}

/** Every timestamp at which at least one of the series has a point, ascending. */
export function mergeTimestamps(all: readonly Series[]): number[] {
  const merged = new Set(all.flatMap((series) => series.timestampsEpochMs));
  return [...merged].sort((a, b) => a - b);
}

/**
 * The starts of all periods of a range, whether they have data or not; periods lie on multiples of their length.
 * Throws MathError for more than a million of them.
 */
export function listPeriodStarts(range: TimeRange, periodSeconds: number): number[] {
  const periodMs = periodSeconds * 1000;
  if ((range.endEpochMs - range.startEpochMs) / periodMs > MAX_PERIODS) {
    throw new MathError(
      `The time range has more than ${MAX_PERIODS} periods of ${periodSeconds} seconds, use a longer period`,
    );
  }
  const starts: number[] = [];
  for (let start = Math.floor(range.startEpochMs / periodMs) * periodMs; start < range.endEpochMs; start += periodMs) {
    starts.push(start);
  }
  return starts;
}
