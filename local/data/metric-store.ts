/** The label of a metric's account in searches and Metrics Insights; no dimension begins with a colon. */
export const ACCOUNT_LABEL = ':aws.AccountId';

/** What names a metric: namespace, name and its exact set of dimensions. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  /** 12-digit id of the owner; undefined = the account whose store it is. */
  readonly account?: string | undefined;
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
  /** The account that reads; undefined where the store holds metrics and nobody's. */
  readonly account?: string;
  /** Whether it holds what an account owns; left out: it knows no accounts. */
  sees?(account: string): boolean;
  /** All metrics of one region: of the account, and of those linked to it. */
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

/** A store that also gives a series with one slot a period, as alarms look at it. */
export interface SlotStore extends MetricStore {
  /** As `read`: `count` periods from `startEpochMs` (a multiple of the period) on; NaN = no datapoint. Not to be changed. */
  readSlots(
    metric: MetricIdentity,
    startEpochMs: number,
    count: number,
    periodSeconds: number,
    statistic: string,
  ): Float64Array;
}
