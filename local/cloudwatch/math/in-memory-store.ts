import type { AggregatedSeries, MetricStore, StoredMetric } from '../../data/metric-store.ts';
import { parseStatistic, readDistribution } from '../../data/statistics.ts';

/** A metric given by its observations, for tests: what evaluation needs of a store and no more. */
export interface ObservedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly unit?: string;
  /** Owner; left out: the account that reads. */
  readonly account?: string;
  /** Time and value of every observation, in any order. */
  readonly observations?: readonly (readonly [timestampEpochMs: number, value: number])[];
}

const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Average: (values) => values.reduce((total, value) => total + value, 0) / values.length,
  Sum: (values) => values.reduce((total, value) => total + value, 0),
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
  SampleCount: (values) => values.length,
};

/** A store over a few observed metrics. */
export function makeInMemoryStore(metrics: readonly ObservedMetric[]): MetricStore {
  const entries = metrics.map((metric) => ({ stored: toStored(metric), observations: metric.observations ?? [] }));
  return {
    list: () => entries.map(({ stored }) => stored),
    read: (identity, range, periodSeconds, statistic) => {
      const wanted = describe(identity);
      const found = entries.find(({ stored }) => describe(stored) === wanted);
      const inRange = (found?.observations ?? []).filter(
        ([timestamp]) => timestamp >= range.startEpochMs && timestamp < range.endEpochMs,
      );
      return aggregate(inRange, periodSeconds * 1000, STATISTICS[statistic] ?? distributionOf(statistic));
    },
  };
}

/** Of percentiles, trimmed means and the like. */
function distributionOf(name: string): ((values: readonly number[]) => number) | undefined {
  const statistic = parseStatistic(name);
  if (statistic === undefined || statistic.kind === 'simple') return undefined;
  return (values) =>
    readDistribution(
      values.map((value) => [value, 1] as const),
      statistic,
    ) ?? Number.NaN;
}

function toStored({ namespace, metricName, dimensions = {}, unit = 'Count', account }: ObservedMetric): StoredMetric {
  const pairs = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
  return { namespace, metricName, dimensions: pairs, unit, publishingPeriodSeconds: 60, account };
}

function describe({
  namespace,
  metricName,
  dimensions,
  account,
}: Pick<StoredMetric, 'namespace' | 'metricName' | 'dimensions' | 'account'>) {
  return JSON.stringify([
    namespace,
    metricName,
    account,
    dimensions.map(({ name, value }) => JSON.stringify([name, value])).sort(),
  ]);
}

function aggregate(
  observations: readonly (readonly [number, number])[],
  periodMs: number,
  compute: ((values: readonly number[]) => number) | undefined,
): AggregatedSeries {
  if (compute === undefined) return { timestampsEpochMs: [], values: [] };
  const buckets = Map.groupBy(observations, ([timestamp]) => Math.floor(timestamp / periodMs) * periodMs);
  const timestampsEpochMs = [...buckets.keys()].sort((a, b) => a - b);
  const values = timestampsEpochMs.map((start) => compute((buckets.get(start) ?? []).map(([, value]) => value)));
  return { timestampsEpochMs, values };
}
