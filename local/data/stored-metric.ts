import { type MetricModel, type Periods, readPeriods } from './metric-model.ts';
import type { StoredMetric } from './metric-store.ts';
import { readDistribution, readSimple, type Statistic, type WeightedSample } from './statistics.ts';

/** Shares at which a distribution known by percentiles is sampled for trimmed statistics. */
const SAMPLED_SHARES = 40;

/** A series that was written down; NaN = no datapoint. Index 0 is the period that starts at `startEpochMs`. */
export interface StoredSeries {
  /** Of the first datapoint; the others follow at the metric's pace. */
  readonly startEpochMs: number;
  readonly length: number;
  /** One observation a period, or the statistics of several. */
  readonly values: Float64Array | StoredStatistics;
}

/** All arrays have the length of the series. */
export interface StoredStatistics {
  readonly sampleCount: Float64Array;
  readonly sum: Float64Array;
  readonly minimum: Float64Array;
  readonly maximum: Float64Array;
  /** Ascending by share, 0..1 exclusive. */
  readonly percentiles: readonly { readonly share: number; readonly values: Float64Array }[];
}

/** Makes a metric of a series that was written down. */
export function storeMetric(name: StoredMetric, series: StoredSeries): MetricModel {
  const stepMs = name.publishingPeriodSeconds * 1000;
  const { values, startEpochMs, length } = series;
  const isPublished = (index: number): boolean =>
    values instanceof Float64Array ? !Number.isNaN(values[index] ?? Number.NaN) : (values.sampleCount[index] ?? 0) > 0;
  /** Indexes of the periods that begin in [from, to). */
  const indexesOf = (fromEpochMs: number, toEpochMs: number): readonly [number, number] => [
    Math.max(0, Math.ceil((fromEpochMs - startEpochMs) / stepMs)),
    Math.min(length, Math.ceil((toEpochMs - startEpochMs) / stepMs)),
  ];
  return {
    ...name,
    read(periods, fromEpochMs, toEpochMs, statistic) {
      const own = values instanceof Float64Array && readOwn(values, series, stepMs, periods, statistic);
      if (own && fromEpochMs <= periods.startEpochMs && toEpochMs >= endOf(periods)) return own;
      return readPeriods(periods, fromEpochMs, toEpochMs, (fromMs, toMs) => {
        const [from, to] = indexesOf(fromMs, toMs);
        return values instanceof Float64Array
          ? aggregateValues(values, from, to, statistic)
          : aggregateStatistics(values, from, to, statistic);
      });
    },
    hasData(fromEpochMs, toEpochMs) {
      const [from, to] = indexesOf(fromEpochMs, toEpochMs);
      for (let index = to - 1; index >= from; index -= 1) if (isPublished(index)) return true;
      return false;
    },
  };
}

function endOf({ startEpochMs, periodMs, count }: Periods): number {
  return startEpochMs + periodMs * count;
}

/** The part of the series itself, where it is what was asked for: one observation a period has one value. */
function readOwn(
  values: Float64Array,
  { startEpochMs, length }: StoredSeries,
  stepMs: number,
  periods: Periods,
  statistic: Statistic,
): Float64Array | undefined {
  const first = (periods.startEpochMs - startEpochMs) / stepMs;
  const isOneValue = statistic.kind === 'simple' && statistic.name !== 'SampleCount';
  const isInside = first >= 0 && first + periods.count <= length;
  if (periods.periodMs !== stepMs || !isOneValue || !isInside || !Number.isInteger(first)) return undefined;
  return values.subarray(first, first + periods.count);
}

function aggregateValues(values: Float64Array, from: number, to: number, statistic: Statistic): number {
  const sums = { sum: 0, sampleCount: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };
  const samples: WeightedSample[] = [];
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sums.sum += value;
    sums.sampleCount += 1;
    if (value < sums.minimum) sums.minimum = value;
    if (value > sums.maximum) sums.maximum = value;
    if (statistic.kind !== 'simple') samples.push([value, 1]);
  }
  if (sums.sampleCount === 0) return Number.NaN;
  return statistic.kind === 'simple'
    ? readSimple(sums, statistic.name)
    : (readDistribution(samples, statistic) ?? Number.NaN);
}

function aggregateStatistics(series: StoredStatistics, from: number, to: number, statistic: Statistic): number {
  const sums = { sum: 0, sampleCount: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };
  const known: number[] = [];
  for (let index = from; index < to; index += 1) {
    const count = series.sampleCount[index] ?? Number.NaN;
    if (!(count > 0)) continue;
    known.push(index);
    sums.sampleCount += count;
    sums.sum += series.sum[index] ?? 0;
    sums.minimum = Math.min(sums.minimum, series.minimum[index] ?? 0);
    sums.maximum = Math.max(sums.maximum, series.maximum[index] ?? 0);
  }
  if (known.length === 0) return Number.NaN;
  if (statistic.kind === 'simple') return readSimple(sums, statistic.name);
  if (statistic.kind === 'percentile') {
    const weigh = (index: number): number =>
      (series.sampleCount[index] ?? 0) * quantileAt(series, index, statistic.share);
    return known.reduce((total, index) => total + weigh(index), 0) / sums.sampleCount;
  }
  const samples = known.flatMap((index) => sampleDistribution(series, index));
  return readDistribution(samples, statistic) ?? Number.NaN;
}

/** The given percentiles, between them straight lines, outside of them Minimum and Maximum. */
function quantileAt(series: StoredStatistics, index: number, share: number): number {
  let [lowShare, low] = [0, series.minimum[index] ?? 0];
  for (const percentile of series.percentiles) {
    const value = percentile.values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (percentile.share >= share) return interpolate(lowShare, low, percentile.share, value, share);
    [lowShare, low] = [percentile.share, value];
  }
  return interpolate(lowShare, low, 1, series.maximum[index] ?? 0, share);
}

function interpolate(lowShare: number, low: number, highShare: number, high: number, share: number): number {
  return highShare <= lowShare ? high : low + ((high - low) * (share - lowShare)) / (highShare - lowShare);
}

function sampleDistribution(series: StoredStatistics, index: number): WeightedSample[] {
  const weight = (series.sampleCount[index] ?? 0) / SAMPLED_SHARES;
  return Array.from({ length: SAMPLED_SHARES }, (_, step) => [
    quantileAt(series, index, (step + 0.5) / SAMPLED_SHARES),
    weight,
  ]);
}
