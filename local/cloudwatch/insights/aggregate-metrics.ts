import type { AggregatedSeries, MetricIdentity } from '../../data/metric-store.ts';
import type { InsightsFunction } from './query.ts';

type Read = (metric: MetricIdentity, statistic: string) => AggregatedSeries;
type Point = readonly [timestampEpochMs: number, value: number];

const add = (a: number, b: number): number => a + b;

/** Aggregates the observations of several metrics into one value a period, ascending; only periods with data. */
export function aggregateMetrics(aggregate: InsightsFunction, metrics: readonly MetricIdentity[], read: Read): Point[] {
  const merge = (statistic: string, join: (a: number, b: number) => number): Map<number, number> =>
    mergeSeries(
      metrics.map((metric) => read(metric, statistic)),
      join,
    );
  switch (aggregate) {
    case 'SUM':
      return toPoints(merge('Sum', add));
    case 'COUNT':
      return toPoints(merge('SampleCount', add));
    case 'MAX':
      return toPoints(merge('Maximum', Math.max));
    case 'MIN':
      return toPoints(merge('Minimum', Math.min));
    case 'AVG': {
      // The mean of all observations: a metric with more of them weighs more.
      const counts = merge('SampleCount', add);
      const averages = [...merge('Sum', add)].map(([time, total]) => [time, total / (counts.get(time) ?? 0)] as const);
      return toPoints(new Map(averages));
    }
  }
}

function mergeSeries(all: readonly AggregatedSeries[], join: (a: number, b: number) => number): Map<number, number> {
  const merged = new Map<number, number>();
  for (const { timestampsEpochMs, values } of all) {
    for (const [index, timestamp] of timestampsEpochMs.entries()) {
      const value = values[index] ?? 0;
      const known = merged.get(timestamp);
      merged.set(timestamp, known === undefined ? value : join(known, value));
    }
  }
  return merged;
}

function toPoints(merged: ReadonlyMap<number, number>): Point[] {
  return [...merged].sort(([a], [b]) => a - b);
}
