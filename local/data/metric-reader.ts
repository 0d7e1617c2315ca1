import { awsError } from '../types.ts';
import { type MetricModel, metricKey, type Periods } from './metric-model.ts';
import type { AggregatedSeries, MetricIdentity, SlotStore } from './metric-store.ts';
import { RecentlyMade } from './recently-made.ts';
import { parseStatistic } from './statistics.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface TimeRange {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

/** The metrics of one account and region, findable by identity. */
export interface MetricCatalog {
  readonly models: readonly MetricModel[];
  readonly byKey: ReadonlyMap<string, MetricModel>;
  /** Nothing was published before. */
  readonly oldestEpochMs: number;
  /** What was read of them lately. */
  readonly recent: RecentlyMade<Float64Array>;
}

/** 4 MB: the week of 50 metrics, by the minute. */
const MAX_RECENT_NUMBERS = 500_000;

export function createMetricCatalog(models: readonly MetricModel[], oldestEpochMs: number): MetricCatalog {
  const byKey = new Map(
    models.map((model) => [metricKey(model.namespace, model.metricName, model.dimensions), model] as const),
  );
  return { models, byKey, oldestEpochMs, recent: new RecentlyMade(MAX_RECENT_NUMBERS) };
}

/** How long datapoints of a period are kept (User Guide, "Metrics retention"). Periods below a minute are not stored here. */
export function readRetentionMs(periodSeconds: number): number {
  if (periodSeconds % 60 !== 0) return 0;
  if (periodSeconds % 300 !== 0) return 15 * DAY_MS;
  return (periodSeconds % 3600 === 0 ? 455 : 63) * DAY_MS;
}

/** Reads metrics as they are at `nowEpochMs`: nothing after it, nothing older than the service keeps or than there is. */
export function createMetricStore(catalog: MetricCatalog, nowEpochMs: number): SlotStore {
  const readPeriods = (
    metric: MetricIdentity,
    periods: Periods,
    range: TimeRange,
    statistic: string,
  ): Float64Array | undefined => {
    const parsed = parseStatistic(statistic);
    if (parsed === undefined) {
      throw awsError('ValidationError', `The value ${statistic} for parameter Stat is not supported.`);
    }
    const key = metricKey(metric.namespace, metric.metricName, metric.dimensions);
    const model = catalog.byKey.get(key);
    if (model === undefined) return undefined;
    const [from, to] = readableRange(range, periods.periodMs);
    const { startEpochMs, periodMs, count } = periods;
    return catalog.recent.read(`${startEpochMs}/${periodMs}/${count}/${from}/${to}/${statistic}/${key}`, () =>
      model.read(periods, from, to, parsed),
    );
  };
  /** The part of a range that can be read. */
  const readableRange = (range: TimeRange, periodMs: number): readonly [number, number] => [
    Math.max(
      floorTo(range.startEpochMs, MINUTE_MS),
      catalog.oldestEpochMs,
      ceilTo(nowEpochMs - readRetentionMs(periodMs / 1000), periodMs),
    ),
    Math.min(range.endEpochMs, floorTo(nowEpochMs, MINUTE_MS)),
  ];
  return {
    list: () => catalog.models,
    readSlots(metric, startEpochMs, count, periodSeconds, statistic) {
      const periods = { startEpochMs, periodMs: periodSeconds * 1000, count };
      const range = { startEpochMs, endEpochMs: startEpochMs + count * periods.periodMs };
      return readPeriods(metric, periods, range, statistic) ?? new Float64Array(count).fill(Number.NaN);
    },
    read(metric, range, periodSeconds, statistic) {
      const periodMs = periodSeconds * 1000;
      const [from, to] = readableRange(range, periodMs);
      const startEpochMs = floorTo(from, periodMs);
      const periods = { startEpochMs, periodMs, count: Math.max(0, Math.ceil((to - startEpochMs) / periodMs)) };
      return listPoints(periods, readPeriods(metric, periods, range, statistic) ?? new Float64Array());
    },
  };
}

function listPoints({ startEpochMs, periodMs }: Periods, numbers: Float64Array): AggregatedSeries {
  const series: { timestampsEpochMs: number[]; values: number[] } = { timestampsEpochMs: [], values: [] };
  for (let index = 0; index < numbers.length; index += 1) {
    const value = numbers[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    series.timestampsEpochMs.push(startEpochMs + index * periodMs);
    series.values.push(value);
  }
  return series;
}

function floorTo(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}

function ceilTo(epochMs: number, stepMs: number): number {
  return Math.ceil(epochMs / stepMs) * stepMs;
}
