import type { MetricIdentity } from '../../../data/metric-store.ts';

/**
 * Labels for the metrics that one search found: what tells them apart (account, dimension values, metric name, namespace), or
 * the metric name where nothing does.
 */
export function labelMetrics(metrics: readonly MetricIdentity[]): string[] {
  const names = [...new Set(metrics.flatMap(({ dimensions }) => dimensions.map(({ name }) => name)))];
  const readers: ((metric: MetricIdentity) => string)[] = [
    ({ account = '' }) => account,
    ({ namespace }) => namespace,
    ...names.map((name) => (metric: MetricIdentity) => readDimension(metric, name)),
    ({ metricName }) => metricName,
  ];
  const varying = readers.filter((read) => new Set(metrics.map(read)).size > 1);
  const labels = metrics.map((metric) => {
    const parts = varying.map((read) => read(metric)).filter((part) => part !== '');
    return parts.length === 0 ? metric.metricName : parts.join(' ');
  });
  // {A: x} and {B: x} would read alike.
  const isAmbiguous = new Set(labels).size < labels.length;
  if (!isAmbiguous) return labels;
  const isOfMany = new Set(metrics.map(({ account }) => account)).size > 1;
  return metrics.map((metric) => [...(isOfMany ? [metric.account] : []), describeMetric(metric)].join(' '));
}

function readDimension({ dimensions }: MetricIdentity, wanted: string): string {
  return dimensions.find(({ name }) => name === wanted)?.value ?? '';
}

function describeMetric({ namespace, metricName, dimensions }: MetricIdentity): string {
  return [namespace, metricName, ...dimensions.map(({ name, value }) => `${name}=${value}`)].join(' ');
}
