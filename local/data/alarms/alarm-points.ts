import type { MetricAlarm, MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { AggregatedSeries, MetricStore, SlotStore } from '../metric-store.ts';
import type { EvaluatedPoint } from './state-reason.ts';

interface TimeRange {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

/** Evaluates metric math over a store, ascending; handed in, because the data knows nothing of the service that serves it. */
export type EvaluateQueries = (
  queries: readonly MetricDataQuery[],
  range: TimeRange,
  store: MetricStore,
) => readonly MetricDataResult[];

/** What an alarm watches, one slot a period from `startEpochMs` on; NaN = no datapoint. */
export interface AlarmPoints {
  /** A multiple of the period. */
  readonly startEpochMs: number;
  readonly periodMs: number;
  readonly values: Float64Array;
  /** Of alarms on an anomaly band. */
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
}

/** Seconds of an alarm's period: its own, or the one of its metrics. */
export function readPeriodSeconds(config: MetricAlarm): number {
  const ofMetrics = config.Metrics?.map((query) => query.MetricStat?.Period ?? query.Period ?? 0) ?? [];
  return config.Period ?? Math.max(60, ...ofMetrics);
}

/** Reads what an alarm watches in a range. */
export function readAlarmPoints(
  config: MetricAlarm,
  store: SlotStore,
  range: TimeRange,
  evaluateQueries: EvaluateQueries,
): AlarmPoints {
  const periodMs = readPeriodSeconds(config) * 1000;
  const startEpochMs = Math.ceil(range.startEpochMs / periodMs) * periodMs;
  const length = Math.max(0, Math.floor((range.endEpochMs - startEpochMs) / periodMs));
  const place = (series: AggregatedSeries): Float64Array => placeValues(series, startEpochMs, periodMs, length);
  const whole = { startEpochMs, endEpochMs: startEpochMs + length * periodMs };
  if (config.Metrics === undefined) {
    return { startEpochMs, periodMs, values: readMetric(config, store, startEpochMs, length) };
  }
  const results = evaluateQueries(config.Metrics, whole, store);
  const watched = results.find((result) => result.Id !== config.ThresholdMetricId);
  const [first, second] = results
    .filter((result) => result.Id === config.ThresholdMetricId)
    .map(toSeries)
    .map(place);
  const values = place(watched === undefined ? { timestampsEpochMs: [], values: [] } : toSeries(watched));
  if (first === undefined) return { startEpochMs, periodMs, values };
  const other = second ?? first;
  const merge = (choose: (a: number, b: number) => number): Float64Array =>
    first.map((bound, index) => choose(bound, other[index] ?? bound));
  return { startEpochMs, periodMs, values, lower: merge(Math.min), upper: merge(Math.max) };
}

/** The slot as the reasons of a state show it. */
export function pointAt(points: AlarmPoints, index: number): EvaluatedPoint {
  const read = (values: Float64Array | undefined): number | undefined => {
    const value = values?.[index] ?? Number.NaN;
    return Number.isNaN(value) ? undefined : value;
  };
  const epochMs = points.startEpochMs + index * points.periodMs;
  const value = read(points.values);
  return points.lower === undefined
    ? { epochMs, value }
    : { epochMs, value, lower: read(points.lower), upper: read(points.upper) };
}

function readMetric(config: MetricAlarm, store: SlotStore, startEpochMs: number, length: number): Float64Array {
  const { Namespace: namespace = '', MetricName: metricName = '', Dimensions = [] } = config;
  const dimensions = Dimensions.map(({ Name: name = '', Value: value = '' }) => ({ name, value }));
  const statistic = config.ExtendedStatistic ?? config.Statistic ?? 'Average';
  const identity = { namespace, metricName, dimensions };
  return store.readSlots(identity, startEpochMs, length, readPeriodSeconds(config), statistic);
}

function placeValues(series: AggregatedSeries, startEpochMs: number, periodMs: number, length: number): Float64Array {
  const slots = new Float64Array(length).fill(Number.NaN);
  for (const [index, epochMs] of series.timestampsEpochMs.entries()) {
    const slot = (epochMs - startEpochMs) / periodMs;
    if (Number.isInteger(slot) && slot >= 0 && slot < length) slots[slot] = series.values[index] ?? Number.NaN;
  }
  return slots;
}

function toSeries({ Timestamps = [], Values = [] }: MetricDataResult): AggregatedSeries {
  return { timestampsEpochMs: Timestamps.map((time) => time.getTime()), values: Values };
}
