/** A line of fewer points: each a mean, with the lowest and the highest value that it stands for. Pure. */
import { betweenMs, type ChartLine, roundValue } from './chart-line.ts';

interface Bucket {
  readonly time: number;
  mean: number;
  count: number;
  low: number;
  high: number;
}

/**
 * One point for each stretch of `bucketMs` that has any, at its beginning; stretches are counted from the first point on.
 * A break stays where it lies between two of them. The mean of sums stays a sum of one period.
 */
export function averageLine(line: ChartLine, bucketMs: number): ChartLine {
  const first = line.times[line.values.findIndex((value) => value !== null)];
  if (first === undefined || !(bucketMs > 0)) return line;
  const times: number[] = [];
  const buckets: (Bucket | null)[] = [];
  let open: Bucket | undefined;
  let isBroken = false;
  for (const [index, time] of line.times.entries()) {
    const value = line.values[index] ?? null;
    if (value === null) {
      isBroken = true;
      continue;
    }
    const start = first + Math.floor((time - first) / bucketMs) * bucketMs;
    const [low, high] = [line.lows?.[index] ?? value, line.highs?.[index] ?? value];
    if (open?.time === start) addTo(open, value, low, high);
    else {
      if (open !== undefined && isBroken) {
        times.push(betweenMs(open.time, start, bucketMs));
        buckets.push(null);
      }
      open = { time: start, mean: value, count: 1, low, high };
      times.push(start);
      buckets.push(open);
    }
    isBroken = false;
  }
  return {
    times,
    values: buckets.map((bucket) => (bucket === null ? null : roundValue(bucket.mean))),
    lows: buckets.map((bucket) => (bucket === null ? null : bucket.low)),
    highs: buckets.map((bucket) => (bucket === null ? null : bucket.high)),
  };
}

function addTo(bucket: Bucket, value: number, low: number, high: number): void {
  bucket.count += 1;
  // A running mean: a sum of large values could pass the largest number.
  bucket.mean += value / bucket.count - bucket.mean / bucket.count;
  bucket.low = Math.min(bucket.low, low);
  bucket.high = Math.max(bucket.high, high);
}

/**
 * How long the stretches must be for at most `maxPoints` over `spanMs`: whole periods, so that each holds as many.
 * @param periodMs 0 where there is none
 */
export function chooseBucketMs(spanMs: number, maxPoints: number, periodMs: number): number {
  const least = spanMs / Math.max(1, maxPoints);
  return periodMs > 0 ? Math.max(1, Math.ceil(least / periodMs)) * periodMs : Math.max(1, Math.ceil(least));
}
