import type { MetricAlarm, MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { AggregatedSeries, MetricStore } from '../metric-store.ts';
import type { EvaluatedPoint } from './state-reason.ts';

/** Evaluates metric math over a store, ascending; handed in, because the data knows nothing of the service that serves it. */
export type EvaluateQueries = (
  queries: readonly MetricDataQuery[],
  range: { readonly startEpochMs: number; readonly endEpochMs: number },
  store: MetricStore,
) => readonly MetricDataResult[];

/** Seconds of an alarm's period: its own, or the one of its metrics. */
export function readPeriodSeconds(config: MetricAlarm): number {
  const ofMetrics = config.Metrics?.map((query) => query.MetricStat?.Period ?? query.Period ?? 0) ?? [];
  return config.Period ?? Math.max(60, ...ofMetrics);
}

/** Reads what an alarm watches: period start → value (and band). Periods without data are absent. */
export function readAlarmPoints(
  config: MetricAlarm,
  store: MetricStore,
  range: { readonly startEpochMs: number; readonly endEpochMs: number },
  evaluateQueries: EvaluateQueries,
): ReadonlyMap<number, EvaluatedPoint> {
  if (config.Metrics === undefined) return indexPoints(readSingleMetric(config, store, range));
  const results = evaluateQueries(config.Metrics, range, store);
  const watched = results.find((result) => result.Id !== config.ThresholdMetricId);
  const band = results.filter((result) => result.Id === config.ThresholdMetricId).map(toSeries);
  return indexPoints(watched === undefined ? { timestampsEpochMs: [], values: [] } : toSeries(watched), band);
}

function readSingleMetric(
  config: MetricAlarm,
  store: MetricStore,
  range: { readonly startEpochMs: number; readonly endEpochMs: number },
): AggregatedSeries {
  const { Namespace: namespace = '', MetricName: metricName = '', Dimensions = [] } = config;
  const dimensions = Dimensions.map(({ Name: name = '', Value: value = '' }) => ({ name, value }));
  const statistic = config.ExtendedStatistic ?? config.Statistic ?? 'Average';
  return store.read({ namespace, metricName, dimensions }, range, readPeriodSeconds(config), statistic);
}

function indexPoints(series: AggregatedSeries, band: readonly AggregatedSeries[] = []): Map<number, EvaluatedPoint> {
  const bounds = band.map(
    ({ timestampsEpochMs, values }) => new Map(timestampsEpochMs.map((time, index) => [time, values[index]])),
  );
  return new Map(
    series.timestampsEpochMs.map((epochMs, index) => {
      const here = bounds.map((bound) => bound.get(epochMs)).filter((bound) => bound !== undefined);
      const value = series.values[index];
      if (band.length === 0) return [epochMs, { epochMs, value }];
      return [epochMs, { epochMs, value, lower: Math.min(...here), upper: Math.max(...here) }];
    }),
  );
}

function toSeries({ Timestamps = [], Values = [] }: MetricDataResult): AggregatedSeries {
  return { timestampsEpochMs: Timestamps.map((time) => time.getTime()), values: Values };
}
