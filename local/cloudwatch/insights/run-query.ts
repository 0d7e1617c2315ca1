import { ACCOUNT_LABEL, type MetricIdentity, type MetricStore } from '../../data/metric-store.ts';
import { maximum, mean, minimum, sum } from '../math/functions/aggregates.ts';
import { matchesSchema } from '../math/search/search-match.ts';
import { makeSeries, type Series, type TimeRange } from '../math/series.ts';
import { oneSeries, seriesArray, type Value } from '../math/value.ts';
import { aggregateMetrics } from './aggregate-metrics.ts';
import type { InsightsFunction, InsightsQuery } from './query.ts';

const DAY_MS = 86_400_000;
/** How far a query reaches back, most metrics it processes and its finest period (User Guide, "Metrics Insights quotas"). */
const MAX_AGE_MS = 14 * DAY_MS;
const MAX_METRICS = 10_000;
const MIN_PERIOD_SECONDS = 60;
/** The group of metrics without the label (User Guide, GROUP BY). */
const NO_LABEL = 'Other';

const ORDER_KEYS: Readonly<Record<InsightsFunction, (values: readonly number[]) => number>> = {
  AVG: mean,
  COUNT: (values) => values.length,
  MAX: maximum,
  MIN: minimum,
  SUM: sum,
};

export interface InsightsScope {
  readonly range: TimeRange;
  readonly periodSeconds: number;
  readonly store: MetricStore;
  /** The request's time, from which the two weeks count. */
  readonly nowEpochMs: number;
}

interface Group {
  /** A value for every key of GROUP BY; undefined where the metrics lack it. */
  readonly labels: readonly (string | undefined)[];
  readonly metrics: readonly MetricIdentity[];
}

/** Runs a query: one series without GROUP BY (empty when nothing matches), otherwise an array with the groups that have data. */
export function runInsightsQuery(query: InsightsQuery, scope: InsightsScope): Value {
  const { store, nowEpochMs } = scope;
  const range = { ...scope.range, startEpochMs: Math.max(scope.range.startEpochMs, nowEpochMs - MAX_AGE_MS) };
  const periodSeconds = Math.max(scope.periodSeconds, MIN_PERIOD_SECONDS);
  const metrics = store
    .list()
    .filter((metric) => matchesQuery(query, metric, store.account))
    .slice(0, MAX_METRICS);
  const aggregate = (group: readonly MetricIdentity[], label: string): Series =>
    makeSeries(
      label,
      periodSeconds,
      aggregateMetrics(query.aggregate, group, (metric, statistic) =>
        store.read(metric, range, periodSeconds, statistic),
      ),
    );
  if (query.groupKeys.length === 0) return oneSeries(aggregate(metrics, ''));
  const series = groupMetrics(metrics, query.groupKeys)
    .map((group) => aggregate(group.metrics, group.labels.map((label) => label ?? NO_LABEL).join(' ')))
    .filter(({ values }) => values.length > 0);
  return seriesArray(sortSeries(series, query.order).slice(0, query.limit));
}

function matchesQuery(query: InsightsQuery, metric: MetricIdentity, ownAccount: string | undefined): boolean {
  if (metric.metricName !== query.metricName || metric.namespace !== query.namespace) return false;
  const { namespace, schemaKeys } = query;
  if (schemaKeys !== undefined && !matchesSchema({ namespace, dimensionNames: schemaKeys }, metric)) return false;
  return query.conditions.every(({ key, isEqual, value = ownAccount }) => {
    const label = readLabel(metric, key);
    // As in SQL, a comparison with a label that is not there is not true, != neither.
    return label !== undefined && (label === value) === isEqual;
  });
}

function readLabel(metric: MetricIdentity, key: string): string | undefined {
  return key === ACCOUNT_LABEL ? metric.account : metric.dimensions.find(({ name }) => name === key)?.value;
}

/** Groups in alphabetical order of their labels, the first key first. */
function groupMetrics(metrics: readonly MetricIdentity[], keys: readonly string[]): Group[] {
  const groups = new Map<string, { labels: (string | undefined)[]; metrics: MetricIdentity[] }>();
  for (const metric of metrics) {
    const labels = keys.map((key) => readLabel(metric, key));
    const id = JSON.stringify(labels.map((label) => label ?? null));
    const group = groups.get(id) ?? { labels, metrics: [] };
    group.metrics.push(metric);
    groups.set(id, group);
  }
  return [...groups.values()].sort((a, b) => compareLabels(a.labels, b.labels));
}

function compareLabels(a: Group['labels'], b: Group['labels']): number {
  for (const [index, label = NO_LABEL] of a.entries()) {
    const other = b[index] ?? NO_LABEL;
    if (label !== other) return label < other ? -1 : 1;
  }
  return 0;
}

function sortSeries(all: readonly Series[], order: InsightsQuery['order']): readonly Series[] {
  if (order === undefined) return all;
  const keyOf = ORDER_KEYS[order.aggregate];
  const direction = order.isDescending ? -1 : 1;
  return all
    .map((series) => ({ series, key: keyOf(series.values) }))
    .sort((a, b) => direction * (a.key - b.key))
    .map(({ series }) => series);
}
