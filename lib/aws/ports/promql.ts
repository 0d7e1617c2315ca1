/** What tools ask in PromQL. Times are epoch milliseconds; every method throws AppError only. */

export interface PromqlLabel {
  readonly name: string;
  readonly value: string;
}

/** A metric with its labels; the metric's name is the label `__name__`. */
export type PromqlLabels = readonly PromqlLabel[];

export interface PromqlSample {
  readonly epochMs: number;
  /** Of a histogram its mean. May be NaN or infinite, as in Prometheus. */
  readonly value: number;
}

export interface PromqlSeries {
  readonly labels: PromqlLabels;
  /** Ascending; one for an instant query. */
  readonly samples: readonly PromqlSample[];
  /** Its samples are distributions, of which only the mean is told. */
  readonly isHistogram: boolean;
}

export type PromqlResult =
  | { readonly kind: 'series'; readonly series: readonly PromqlSeries[] }
  | { readonly kind: 'scalar'; readonly sample: PromqlSample }
  | { readonly kind: 'string'; readonly text: string };

export interface PromqlAnswer<Value> {
  readonly value: Value;
  /** What the service says beside its answer, in its own words. */
  readonly warnings: readonly string[];
}

export interface InstantQuery {
  readonly query: string;
  readonly epochMs: number;
  /** 1–500 (QueryMetrics API reference). */
  readonly limit: number;
}

export interface RangeQuery {
  readonly query: string;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly stepSeconds: number;
  /** 1–500 (QueryMetrics API reference). */
  readonly limit: number;
}

export interface PromqlScope {
  /** Series selectors; a series counts when one of them fits. */
  readonly match: readonly string[];
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** 1–500 for series, 1–10,000 for labels and values (GetSeries, GetLabels API reference). */
  readonly limit: number;
}

export interface PromqlPort {
  /** A query that is refused throws `query_failed` with the service's reason, cleaned. */
  query(query: InstantQuery, signal: AbortSignal): Promise<PromqlAnswer<PromqlResult>>;
  queryRange(query: RangeQuery, signal: AbortSignal): Promise<PromqlAnswer<PromqlResult>>;
  listSeries(scope: PromqlScope, signal: AbortSignal): Promise<PromqlAnswer<readonly PromqlLabels[]>>;
  listLabelNames(scope: PromqlScope, signal: AbortSignal): Promise<PromqlAnswer<readonly string[]>>;
  /** @throws AppError `invalid_input` for `.` and `..`, which cannot stand in a path */
  listLabelValues(label: string, scope: PromqlScope, signal: AbortSignal): Promise<PromqlAnswer<readonly string[]>>;
  /** Whether metrics of AWS services can be queried here (OTel enrichment). */
  isEnriched(signal: AbortSignal): Promise<boolean>;
}
