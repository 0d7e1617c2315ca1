/** What names a metric: namespace, name and its exact set of dimensions. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
}

export interface StoredMetric extends MetricIdentity {
  readonly unit: string;
  /** Seconds between datapoints that the metric publishes, e.g. 60, 300, 86400. */
  readonly publishingPeriodSeconds: number;
}

export interface AggregatedSeries {
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
}

export interface MetricStore {
  /** All metrics of one account and region. */
  list(): readonly StoredMetric[];
  /**
   * Aggregates a metric over [start, end) into periods aligned to multiples of the period (seconds); statistic as in
   * CloudWatch (Average, Sum, Minimum, Maximum, SampleCount, p99, tm90, …). Ascending timestamps, only periods with
   * data. Undefined metric → empty series.
   */
  read(
    metric: MetricIdentity,
    range: { startEpochMs: number; endEpochMs: number },
    periodSeconds: number,
    statistic: string,
  ): AggregatedSeries;
}
