import { HISTORY_MS } from '../scenario.ts';
import { awsError } from '../types.ts';
import { type MetricModel, metricKey } from './metric-model.ts';
import type { AggregatedSeries, MetricStore } from './metric-store.ts';
import { parseStatistic, readDistribution, readSimple, type Statistic, type WeightedSample } from './statistics.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const EMPTY: AggregatedSeries = { timestampsEpochMs: [], values: [] };

/** The metrics of one account and region, findable by identity. */
export interface MetricCatalog {
  readonly models: readonly MetricModel[];
  readonly byKey: ReadonlyMap<string, MetricModel>;
}

export function createMetricCatalog(models: readonly MetricModel[]): MetricCatalog {
  const byKey = new Map(
    models.map((model) => [metricKey(model.namespace, model.metricName, model.dimensions), model] as const),
  );
  return { models, byKey };
}

/** How long datapoints of a period are kept (User Guide, "Metrics retention"). Periods below a minute are not stored here. */
export function readRetentionMs(periodSeconds: number): number {
  if (periodSeconds % 60 !== 0) return 0;
  if (periodSeconds % 300 !== 0) return 15 * DAY_MS;
  return (periodSeconds % 3600 === 0 ? 455 : 63) * DAY_MS;
}

/** Reads metrics as they are at `nowEpochMs`: nothing after it, nothing older than the service keeps. */
export function createMetricStore(catalog: MetricCatalog, anchorEpochMs: number, nowEpochMs: number): MetricStore {
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
      const oldestEpochMs = Math.max(anchorEpochMs - HISTORY_MS, nowEpochMs - retentionMs);
      const startEpochMs = Math.max(floorTo(range.startEpochMs, MINUTE_MS), ceilTo(oldestEpochMs, periodMs));
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
  const stepMs = Math.max(MINUTE_MS, model.publishingPeriodSeconds * 1000);
  for (let periodStart = floorTo(startEpochMs, periodMs); periodStart < endEpochMs; periodStart += periodMs) {
    const from = ceilTo(Math.max(periodStart, startEpochMs), stepMs);
    const value = readPeriod(model, from, Math.min(periodStart + periodMs, endEpochMs), stepMs, statistic);
    if (value === undefined) continue;
    timestampsEpochMs.push(periodStart);
    values.push(value);
  }
  return { timestampsEpochMs, values };
}

function readPeriod(
  model: MetricModel,
  fromEpochMs: number,
  toEpochMs: number,
  stepMs: number,
  statistic: Statistic,
): number | undefined {
  const sums = { sum: 0, sampleCount: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };
  const samples: WeightedSample[] = [];
  const isSimple = statistic.kind === 'simple';
  const sink = (value: number, weight: number): void => {
    if (!isSimple) samples.push([value, weight]);
    sums.sum += value * weight;
    sums.sampleCount += weight;
    if (value < sums.minimum) sums.minimum = value;
    if (value > sums.maximum) sums.maximum = value;
  };
  for (let minute = fromEpochMs; minute < toEpochMs; minute += stepMs) model.emit(minute, sink);
  if (sums.sampleCount === 0) return undefined;
  return statistic.kind === 'simple' ? readSimple(sums, statistic.name) : readDistribution(samples, statistic);
}

function floorTo(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}

function ceilTo(epochMs: number, stepMs: number): number {
  return Math.ceil(epochMs / stepMs) * stepMs;
}
