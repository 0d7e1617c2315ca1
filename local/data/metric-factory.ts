import type { World } from '../world.ts';
import type { Level } from './levels.ts';
import { metricKey, type SampledMetric, type SampleSink, sampleMetric } from './metric-model.ts';
import { bellNoiseAt, hashText, noiseAt } from './noise.ts';

const MINUTE_MS = 60_000;
/** Multiples of the median at which a latency is sampled, and the share of requests at or below each. */
const LATENCY_STEPS = [
  [0.55, 0.05],
  [0.75, 0.25],
  [1, 0.5],
  [1.25, 0.75],
  [1.6, 0.9],
  [2, 0.95],
  [2.6, 0.98],
  [3.4, 0.995],
  [4.2, 1],
] as const;

export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string;
  /** Default 60. */
  readonly publishingPeriodSeconds?: number;
}

export interface GaugeOptions {
  readonly level: Level;
  /** Relative noise, 0.05 = ±5 %. */
  readonly jitter?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly isInteger?: boolean;
}

/** Makes the metrics of one account and region. */
export interface MetricFactory {
  /** One measurement per publishing period. */
  gauge(name: MetricName, options: GaugeOptions): SampledMetric;
  /** Counts requests: each is a sample of value 1. */
  requests(name: MetricName, traffic: Level): SampledMetric;
  /** Counts failed requests: each request is a sample of 0 or 1. `share` is 0..1 of the traffic. */
  failures(name: MetricName, traffic: Level, share: Level): SampledMetric;
  /** One sample per request around a median, long-tailed, never above `cap`. */
  latency(name: MetricName, traffic: Level, median: Level, cap?: number): SampledMetric;
}

/** `scope` (account and region) keeps the noise of equal metrics in different places apart. */
export function createMetricFactory(world: World, scope: string): MetricFactory {
  const define = (name: MetricName, emitAt: (key: number) => SampledMetric['emit']): SampledMetric => {
    const dimensions = Object.entries(name.dimensions).map(([key, value]) => ({ name: key, value }));
    const { namespace, metricName, unit, publishingPeriodSeconds = 60 } = name;
    const emit = emitAt(hashText(`${scope}|${metricKey(namespace, metricName, dimensions)}`, world.seed));
    const stepMs = publishingPeriodSeconds * 1000;
    return sampleMetric({ namespace, metricName, dimensions, unit, publishingPeriodSeconds }, (minuteEpochMs, sink) => {
      if (minuteEpochMs % stepMs === 0) emit(minuteEpochMs, sink);
    });
  };
  // All metrics that count the same traffic must agree on it, so its noise has one key.
  const trafficKey = hashText(`${scope}|traffic`, world.seed);
  const countRequests = (traffic: Level, minuteEpochMs: number): number =>
    Math.max(0, Math.round(traffic(minuteEpochMs) * (1 + 0.06 * bellNoiseAt(trafficKey, minuteEpochMs / MINUTE_MS))));

  return {
    gauge: (name, options) => define(name, (key) => createGauge(key, options)),
    requests: (name, traffic) =>
      define(name, () => (minuteEpochMs, sink) => {
        const count = countRequests(traffic, minuteEpochMs);
        if (count > 0) sink(1, count);
      }),
    failures: (name, traffic, share) =>
      define(name, (key) => (minuteEpochMs, sink) => {
        const count = countRequests(traffic, minuteEpochMs);
        if (count === 0) return;
        const failed = Math.min(
          count,
          Math.floor(count * share(minuteEpochMs) + noiseAt(key, minuteEpochMs / MINUTE_MS)),
        );
        if (failed > 0) sink(1, failed);
        if (count > failed) sink(0, count - failed);
      }),
    latency: (name, traffic, median, cap = Number.POSITIVE_INFINITY) =>
      define(name, (key) => (minuteEpochMs, sink) => {
        emitLatency(key, minuteEpochMs, countRequests(traffic, minuteEpochMs), median(minuteEpochMs), cap, sink);
      }),
  };
}

function createGauge(key: number, options: GaugeOptions): SampledMetric['emit'] {
  const { level, jitter = 0.05, minimum = 0, maximum = Number.POSITIVE_INFINITY, isInteger = false } = options;
  return (minuteEpochMs, sink) => {
    const value = level(minuteEpochMs) * (1 + jitter * bellNoiseAt(key, minuteEpochMs / MINUTE_MS));
    const bounded = Math.min(maximum, Math.max(minimum, value));
    sink(isInteger ? Math.round(bounded) : Math.round(bounded * 1000) / 1000, 1);
  };
}

function emitLatency(
  key: number,
  minuteEpochMs: number,
  requestCount: number,
  median: number,
  cap: number,
  sink: SampleSink,
): void {
  const minute = minuteEpochMs / MINUTE_MS;
  const drift = 1 + 0.08 * bellNoiseAt(key, minute);
  let done = 0;
  for (let step = 0; step < LATENCY_STEPS.length; step += 1) {
    const [multiple, share] = LATENCY_STEPS[step] ?? [1, 1];
    const upTo = Math.round(requestCount * share);
    if (upTo === done) continue;
    const tail = 1 + 0.04 * bellNoiseAt(key + step + 1, minute);
    sink(Math.min(cap, Math.round(median * multiple * drift * tail * 1000) / 1000), upTo - done);
    done = upTo;
  }
}
