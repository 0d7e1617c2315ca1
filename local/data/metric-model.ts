import type { StoredMetric } from './metric-store.ts';
import { readDistribution, readSimple, type Statistic, type WeightedSample } from './statistics.ts';

const MINUTE_MS = 60_000;

/** Receives the samples of one minute: `weight` measurements of the same value. */
export type SampleSink = (value: number, weight: number) => void;

/** Periods of one length, one after the other. */
export interface Periods {
  /** A multiple of the period. */
  readonly startEpochMs: number;
  readonly periodMs: number;
  readonly count: number;
}

/** A metric that can be read; what it publishes does not change. */
export interface MetricModel extends StoredMetric {
  /**
   * What was published in each period by a statistic; NaN = no datapoint. What lies outside of [from, to), whole minutes
   * both, does not count. The numbers may be the metric's own: they are not to be changed.
   */
  read(periods: Periods, fromEpochMs: number, toEpochMs: number, statistic: Statistic): Float64Array;
  /** Whether anything was published in [from, to). */
  hasData(fromEpochMs: number, toEpochMs: number): boolean;
}

/** A metric whose samples are a pure function of the minute: nothing is stored, every range is cheap to read. */
export interface SampledMetric extends MetricModel {
  /** Gives the samples published for the minute that starts at `minuteEpochMs`; none = no datapoint. */
  emit(minuteEpochMs: number, sink: SampleSink): void;
}

/** Identity of a metric as one text, independent of the order of its dimensions. */
export function metricKey(
  namespace: string,
  metricName: string,
  dimensions: readonly { readonly name: string; readonly value: string }[],
): string {
  const sorted = dimensions.map(({ name, value }) => `${JSON.stringify(name)}=${JSON.stringify(value)}`).toSorted();
  return `${namespace}|${metricName}|${sorted.join(',')}`;
}

/** Makes a metric of a function that gives the samples of a minute. */
export function sampleMetric(name: StoredMetric, emit: SampledMetric['emit']): SampledMetric {
  const stepMs = Math.max(MINUTE_MS, name.publishingPeriodSeconds * 1000);
  return {
    ...name,
    emit,
    read: (periods, fromEpochMs, toEpochMs, statistic) =>
      readPeriods(periods, fromEpochMs, toEpochMs, createAggregation(emit, stepMs, statistic)),
    hasData(fromEpochMs, toEpochMs) {
      let found = 0;
      const note = (): void => {
        found += 1;
      };
      // Backwards: a metric that publishes has its newest sample just there.
      for (let at = ceilTo(toEpochMs, stepMs) - stepMs; at >= fromEpochMs; at -= stepMs) {
        emit(at, note);
        if (found > 0) return true;
      }
      return false;
    },
  };
}

/** Asks for one period after the other, and gives NaN for those that lie outside. */
export function readPeriods(
  { startEpochMs, periodMs, count }: Periods,
  fromEpochMs: number,
  toEpochMs: number,
  aggregateBetween: (fromEpochMs: number, toEpochMs: number) => number,
): Float64Array {
  const values = new Float64Array(count);
  for (let index = 0, start = startEpochMs; index < count; index += 1, start += periodMs) {
    const [from, to] = [Math.max(start, fromEpochMs), Math.min(start + periodMs, toEpochMs)];
    values[index] = from < to ? aggregateBetween(from, to) : Number.NaN;
  }
  return values;
}

/** Aggregates one range after the other, with the same sums and sink for all: two weeks have 20,160 periods. */
function createAggregation(
  emit: SampledMetric['emit'],
  stepMs: number,
  statistic: Statistic,
): (fromEpochMs: number, toEpochMs: number) => number {
  const sums = { sum: 0, sampleCount: 0, minimum: 0, maximum: 0 };
  const samples: WeightedSample[] = [];
  const isSimple = statistic.kind === 'simple';
  const sink = (value: number, weight: number): void => {
    if (!isSimple) samples.push([value, weight]);
    sums.sum += value * weight;
    sums.sampleCount += weight;
    if (value < sums.minimum) sums.minimum = value;
    if (value > sums.maximum) sums.maximum = value;
  };
  return (fromEpochMs, toEpochMs) => {
    samples.length = 0;
    [sums.sum, sums.sampleCount] = [0, 0];
    [sums.minimum, sums.maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let minute = ceilTo(fromEpochMs, stepMs); minute < toEpochMs; minute += stepMs) emit(minute, sink);
    if (sums.sampleCount === 0) return Number.NaN;
    return statistic.kind === 'simple'
      ? readSimple(sums, statistic.name)
      : (readDistribution(samples, statistic) ?? Number.NaN);
  };
}

function ceilTo(epochMs: number, stepMs: number): number {
  return Math.ceil(epochMs / stepMs) * stepMs;
}
