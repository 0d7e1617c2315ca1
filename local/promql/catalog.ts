/** The metrics of one account and region under the labels that CloudWatch gives them in PromQL. */
import type { MetricStore, StoredMetric } from '../data/metric-store.ts';
import type { Matcher } from './parser.ts';
import { PromqlError } from './promql-error.ts';

export type Labels = Readonly<Record<string, string>>;

export interface LabelledMetric {
  readonly labels: Labels;
  readonly metric: StoredMetric;
  /** AWS's own metrics are distributions there, others plain numbers. */
  readonly isHistogram: boolean;
}

export interface MinutePoint {
  readonly epochMs: number;
  readonly sum: number;
  readonly count: number;
}

const MINUTE_SECONDS = 60;

export function labelMetrics(store: MetricStore, place: { account: string; region: string }): LabelledMetric[] {
  return store.list().map((metric) => ({
    metric,
    isHistogram: metric.namespace.startsWith('AWS/'),
    labels: {
      __name__: metric.metricName,
      '@instrumentation.@name': metric.namespace.startsWith('AWS/')
        ? `cloudwatch.${metric.namespace.toLowerCase()}`
        : metric.namespace,
      '@aws.account': place.account,
      '@aws.region': place.region,
      ...Object.fromEntries(metric.dimensions.map(({ name, value }) => [name, value])),
    },
  }));
}

/** Those that all matchers fit. */
export function selectMetrics(metrics: readonly LabelledMetric[], matchers: readonly Matcher[]): LabelledMetric[] {
  const tests = matchers.map(createTest);
  return metrics.filter(({ labels }) => tests.every((test) => test(labels)));
}

/** CloudWatch takes no selector without a name (API reference, QueryMetrics and GetSeries). */
export function requireName(matchers: readonly Matcher[]): void {
  const isNamed = matchers.some(
    ({ label, operator, value }) => label === '__name__' && operator === '=' && value !== '',
  );
  if (!isNamed)
    throw new PromqlError('invalid parameter "query": selector must contain an equal matcher on metric name');
}

export function readMinutes(
  { metric }: LabelledMetric,
  store: MetricStore,
  range: { startEpochMs: number; endEpochMs: number },
): MinutePoint[] {
  const sums = store.read(metric, range, MINUTE_SECONDS, 'Sum');
  const counts = store.read(metric, range, MINUTE_SECONDS, 'SampleCount');
  return sums.timestampsEpochMs.map((epochMs, index) => ({
    epochMs,
    sum: sums.values[index] ?? 0,
    count: counts.values[index] ?? 0,
  }));
}

function createTest({ label, operator, value }: Matcher): (labels: Labels) => boolean {
  const readLabel = (labels: Labels): string => labels[label] ?? '';
  if (operator === '=') return (labels) => readLabel(labels) === value;
  if (operator === '!=') return (labels) => readLabel(labels) !== value;
  const pattern = readPattern(value);
  return (labels) => pattern.test(readLabel(labels)) === (operator === '=~');
}

function readPattern(value: string): RegExp {
  try {
    return new RegExp(`^(?:${value})$`, 's');
  } catch {
    throw new PromqlError(`invalid parameter "query": error parsing regexp: ${JSON.stringify(value)}`);
  }
}
