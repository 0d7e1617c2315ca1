import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MetricIdentity, MetricStore } from '../../data/metric-store.ts';
import { awsError } from '../../types.ts';
import { makeSeries, makeStoredSeries, type Series, type TimeRange } from './series.ts';

/** Reads the metric of a query. A metric that does not exist, not with the unit asked for or not in an account that is seen, has no points. */
export function readMetric(query: MetricDataQuery, range: TimeRange, store: MetricStore): Series {
  const { Metric: metric, Period: periodSeconds, Stat: statistic, Unit: unit } = query.MetricStat ?? {};
  if (!metric?.Namespace || !metric.MetricName || periodSeconds === undefined || !statistic) {
    throw awsError(
      'ValidationError',
      `Query '${query.Id}' must have an Expression, or a MetricStat with Metric.Namespace, Metric.MetricName, Period and Stat.`,
    );
  }
  const identity: MetricIdentity = {
    namespace: metric.Namespace,
    metricName: metric.MetricName,
    dimensions: (metric.Dimensions ?? []).map(({ Name: name = '', Value: value = '' }) => ({ name, value })),
    account: query.AccountId,
  };
  if (unit !== undefined && !hasUnit(identity, unit, store)) return makeSeries(metric.MetricName, periodSeconds, []);
  return makeStoredSeries(metric.MetricName, periodSeconds, store.read(identity, range, periodSeconds, statistic));
}

function hasUnit(identity: MetricIdentity, unit: string, store: MetricStore): boolean {
  const key = keyOf(identity);
  const owner = identity.account ?? store.account;
  return store.list().some((metric) => metric.unit === unit && metric.account === owner && keyOf(metric) === key);
}

/** Two metrics are the same if their keys are equal; the order of dimensions does not matter. */
function keyOf({ namespace, metricName, dimensions }: MetricIdentity): string {
  const pairs = dimensions.map(({ name, value }) => [name, value] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metricName, pairs]);
}
