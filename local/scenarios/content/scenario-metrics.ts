import type { Place } from '../../data/content.ts';
import type { MetricModel } from '../../data/metric-model.ts';
import { createMetricCatalog, type MetricCatalog } from '../../data/metric-reader.ts';
import { type StoredSeries, storeMetric } from '../../data/stored-metric.ts';
import type { ScenarioClock } from '../format/clock.ts';
import { ByPlace, type PlaceOf } from './places.ts';
import type { ReadMetric } from './read-document.ts';

const NOTHING = new Float64Array(0);
const MINUTE_MS = 60_000;

/** The catalog of a place, and when the series of a metric ends. */
export interface ScenarioMetrics {
  readonly catalogOf: (place: Place) => MetricCatalog;
  /** End of the last period of all series of a place. */
  readonly endOf: (place: Place) => number;
}

export function createScenarioMetrics(
  metrics: readonly ReadMetric[],
  clock: ScenarioClock,
  placeOf: PlaceOf,
): ScenarioMetrics {
  const byPlace = new ByPlace(metrics, placeOf);
  const made = new Map<string, PlaceMetrics>();
  const at = (place: Place): PlaceMetrics => {
    const key = `${place.account}/${place.region}`;
    const known = made.get(key) ?? createPlaceMetrics(byPlace.at(place), clock);
    made.set(key, known);
    return known;
  };
  return { catalogOf: (place) => at(place).catalog, endOf: (place) => at(place).endEpochMs };
}

interface PlaceMetrics {
  readonly catalog: MetricCatalog;
  readonly endEpochMs: number;
}

function createPlaceMetrics(metrics: readonly ReadMetric[], clock: ScenarioClock): PlaceMetrics {
  let [oldestEpochMs, endEpochMs] = [clock.anchorEpochMs, 0];
  const models = metrics.map((metric) => {
    const periodMs = metric.period * 1000;
    // Stamps are kept to the minute: what is published every five may be stamped at any of them.
    const stampMs = Math.min(periodMs, MINUTE_MS);
    const startEpochMs = Math.floor(clock.toEpochMs(metric.start) / stampMs) * stampMs;
    oldestEpochMs = Math.min(oldestEpochMs, startEpochMs);
    endEpochMs = Math.max(endEpochMs, startEpochMs + lengthOf(metric) * periodMs);
    return toModel(metric, startEpochMs);
  });
  return { catalog: createMetricCatalog(models, oldestEpochMs), endEpochMs };
}

function lengthOf({ values, statistics }: ReadMetric): number {
  return (values ?? statistics?.SampleCount ?? NOTHING).length;
}

function toModel(metric: ReadMetric, startEpochMs: number): MetricModel {
  const name = {
    namespace: metric.Namespace,
    metricName: metric.MetricName,
    dimensions: (metric.Dimensions ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
    unit: metric.Unit ?? 'None',
    publishingPeriodSeconds: metric.period,
  };
  return storeMetric(name, { startEpochMs, length: lengthOf(metric), values: readValues(metric) });
}

function readValues({ values, statistics = {} }: ReadMetric): StoredSeries['values'] {
  if (values !== undefined) return values;
  const percentiles = Object.entries(statistics)
    .flatMap(([name, series]) => (name.startsWith('p') ? [{ share: Number(name.slice(1)) / 100, values: series }] : []))
    .sort((left, right) => left.share - right.share);
  return {
    sampleCount: statistics.SampleCount ?? NOTHING,
    sum: statistics.Sum ?? NOTHING,
    minimum: statistics.Minimum ?? NOTHING,
    maximum: statistics.Maximum ?? NOTHING,
    percentiles,
  };
}
