import { awsError } from '../types.ts';
import { type MetricModel, metricKey } from './metric-model.ts';
import type { AggregatedSeries, MetricStore } from './metric-store.ts';
import { parseStatistic, type Statistic } from './statistics.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const EMPTY: AggregatedSeries = { timestampsEpochMs: [], values: [] };

/** The metrics of one account and region, findable by identity. */
export interface MetricCatalog {
  readonly models: readonly MetricModel[];
  readonly byKey: ReadonlyMap<string, MetricModel>;
  /** Nothing was published before. */
  readonly oldestEpochMs: number;
}

export function createMetricCatalog(models: readonly MetricModel[], oldestEpochMs: number): MetricCatalog {
  const byKey = new Map(
    models.map((model) => [metricKey(model.namespace, model.metricName, model.dimensions), model] as const),
  );
  return { models, byKey, oldestEpochMs };
}

/** How long datapoints of a period are kept (User Guide, "Metrics retention"). Periods below a minute are not stored here. */
export function readRetentionMs(periodSeconds: number): number {
  if (periodSeconds % 60 !== 0) return 0;
  if (periodSeconds % 300 !== 0) return 15 * DAY_MS;
  return (periodSeconds % 3600 === 0 ? 455 : 63) * DAY_MS;
}

/** Reads metrics as they are at `nowEpochMs`: nothing after it, nothing older than the service keeps or than there is. */
export function createMetricStore(catalog: MetricCatalog, nowEpochMs: number): MetricStore {
  return {
    list: () => catalog.models,
    read(metric, range, periodSeconds, statistic) {
      const parsed = parseStatistic(statistic);
      if (parsed === undefined) {
        throw awsError('ValidationError', `The value ${statistic} for parameter Stat is not supported.`);
      }
      const model = catalog.byKey.get(metricKey(metric.namespace, metric.metricName, metric.dimensions));
      const retentionMs = readRetentionMs(periodSeconds);
      if (model === undefined || retentionMs === 0) return EMPTY;
      const periodMs = periodSeconds * 1000;
      const startEpochMs = Math.max(
        floorTo(range.startEpochMs, MINUTE_MS),
        catalog.oldestEpochMs,
        ceilTo(nowEpochMs - retentionMs, periodMs),
      );
      const endEpochMs = Math.min(range.endEpochMs, floorTo(nowEpochMs, MINUTE_MS));
      return aggregate(model, startEpochMs, endEpochMs, periodMs, parsed);
    },
  };
}

function aggregate(
  model: MetricModel,
  startEpochMs: number,
  endEpochMs: number,
  periodMs: number,
  statistic: Statistic,
): AggregatedSeries {
  const timestampsEpochMs: number[] = [];
  const values: number[] = [];
  for (let periodStart = floorTo(startEpochMs, periodMs); periodStart < endEpochMs; periodStart += periodMs) {
    const from = Math.max(periodStart, startEpochMs);
    const value = model.aggregate(from, Math.min(periodStart + periodMs, endEpochMs), statistic);
    if (value === undefined) continue;
    timestampsEpochMs.push(periodStart);
    values.push(value);
  }
  return { timestampsEpochMs, values };
}

function floorTo(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}

function ceilTo(epochMs: number, stepMs: number): number {
  return Math.ceil(epochMs / stepMs) * stepMs;
}
