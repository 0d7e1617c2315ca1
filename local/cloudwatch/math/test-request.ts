import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { evaluateMetricDataQueries } from './evaluate.ts';
import { makeInMemoryStore, type ObservedMetric } from './in-memory-store.ts';

/** A Friday: 2026-05-01T12:00:00Z. */
export const START_EPOCH_MS = Date.UTC(2026, 4, 1, 12);
const MINUTE_MS = 60_000;

/** One value a minute from {@link START_EPOCH_MS}; null is a minute without a datapoint. */
export type Minutes = readonly (number | null)[];

export function toObservations(minutes: Minutes): [number, number][] {
  return minutes.flatMap((value, index): [number, number][] =>
    value === null ? [] : [[START_EPOCH_MS + index * MINUTE_MS, value]],
  );
}

export function metricQuery(id: string, metricName = id, periodSeconds = 60): MetricDataQuery {
  return {
    Id: id,
    MetricStat: { Metric: { Namespace: 'Test', MetricName: metricName }, Period: periodSeconds, Stat: 'Sum' },
  };
}

/** Evaluates `expression` over metrics given by their minutes, e.g. `{ m1: [1, 2, null] }`. The range is the longest of them. */
export function evaluateOver(metrics: Readonly<Record<string, Minutes>>, expression: string) {
  const observed: ObservedMetric[] = Object.entries(metrics).map(([metricName, minutes]) => ({
    namespace: 'Test',
    metricName,
    observations: toObservations(minutes),
  }));
  const lengthMinutes = Math.max(1, ...Object.values(metrics).map((minutes) => minutes.length));
  const queries = [
    ...Object.keys(metrics).map((id) => ({ ...metricQuery(id), ReturnData: false })),
    { Id: 'e1', Expression: expression },
  ];
  const range = { startEpochMs: START_EPOCH_MS, endEpochMs: START_EPOCH_MS + lengthMinutes * MINUTE_MS };
  return evaluateMetricDataQueries(queries, range, makeInMemoryStore(observed));
}

/** The values of the results of `expression`, minute by minute with null for a gap. */
export function valuesOf(metrics: Readonly<Record<string, Minutes>>, expression: string): (number | null)[][] {
  const lengthMinutes = Math.max(1, ...Object.values(metrics).map((minutes) => minutes.length));
  return evaluateOver(metrics, expression).map(({ Timestamps = [], Values = [] }) => {
    const byMinute = new Map(Timestamps.map((time, index) => [time.getTime(), Values[index]]));
    return Array.from(
      { length: lengthMinutes },
      (_, minute) => byMinute.get(START_EPOCH_MS + minute * MINUTE_MS) ?? null,
    );
  });
}
