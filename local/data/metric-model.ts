import type { StoredMetric } from './metric-store.ts';

/** Receives the samples of one minute: `weight` measurements of the same value. */
export type SampleSink = (value: number, weight: number) => void;

/** A metric whose samples are a pure function of the minute: nothing is stored, every range is cheap to read. */
export interface MetricModel extends StoredMetric {
  /** Gives the samples published for the minute that starts at `minuteEpochMs`; none = no datapoint. */
  emit(minuteEpochMs: number, sink: SampleSink): void;
}

/** Identity of a metric as one text, independent of the order of its dimensions. */
export function metricKey(
  namespace: string,
  metricName: string,
  dimensions: readonly { readonly name: string; readonly value: string }[],
): string {
  const sorted = dimensions.map(({ name, value }) => `${JSON.stringify(name)}=${JSON.stringify(value)}`).toSorted();
  return `${namespace}|${metricName}|${sorted.join(',')}`;
}
