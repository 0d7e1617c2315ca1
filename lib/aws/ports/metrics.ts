/** What tools ask about metrics. Times are epoch milliseconds; every method throws AppError only. */

export interface Dimension {
  readonly name: string;
  readonly value: string;
}

/** What names a metric: its exact set of dimensions belongs to it, and its owner. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly Dimension[];
  /** 12-digit id of the source account that owns it; left out: the account that is asked. */
  readonly accountId?: string | undefined;
}

export interface MetricStatQuery extends MetricIdentity {
  readonly periodSeconds: number;
  /** As CloudWatch writes it: `Average`, `p99`, … */
  readonly statistic: string;
  /** Only data that was published with this unit. */
  readonly unit?: string;
}

/** One query: a metric, or an expression (metric math, SEARCH, Metrics Insights). */
export type MetricDataQuery = {
  readonly id: string;
  readonly label?: string;
  /** False for what only feeds other expressions. */
  readonly isReturned: boolean;
} & (
  | { readonly metricStat: MetricStatQuery }
  | {
      readonly expression: string;
      readonly periodSeconds?: number;
      /** Whose metrics the expression itself looks up; left out: those of the account that is asked. */
      readonly accountId?: string | undefined;
    }
);

export interface MetricDataRequest {
  /** 1–500 (GetMetricData API reference). */
  readonly queries: readonly MetricDataQuery[];
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** Stop after about this many datapoints; the newest come first. */
  readonly maxDatapoints: number;
  /** Asked before each further page. */
  readonly hasTime?: () => boolean;
}

export interface MetricSeries {
  /** Of the query; several series may share it. */
  readonly id: string;
  readonly label: string;
  /** Ascending; as many as `values`. Not every period need have one. */
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
  readonly status: 'Complete' | 'PartialData' | 'InternalError' | 'Forbidden';
  /** What CloudWatch says about this series. */
  readonly messages: readonly string[];
}

export interface MetricData {
  /** In the order in which CloudWatch gives them. */
  readonly series: readonly MetricSeries[];
  /** What CloudWatch says about the request as a whole. */
  readonly messages: readonly string[];
  /** Stopped by `maxDatapoints` or `hasTime`: the oldest datapoints are missing. */
  readonly isTruncated: boolean;
  /** The back end began with the oldest ones, against what it was asked: the newest are missing instead. */
  readonly isNewestMissing: boolean;
}

export interface ListMetricsRequest {
  readonly namespace?: string;
  readonly metricName?: string;
  readonly dimensions?: readonly { readonly name: string; readonly value?: string }[];
  /** Those of source accounts too; then each metric comes with its owner. */
  readonly hasLinkedAccounts?: boolean;
  /** Only metrics of this source account; needs `hasLinkedAccounts`. */
  readonly accountId?: string;
  /** Only metrics with data in the last three hours; otherwise the last two weeks. */
  readonly isRecentlyActive?: boolean;
  /** Pages are read until this many are there. */
  readonly maxMetrics: number;
  readonly hasTime?: () => boolean;
}

export interface MetricList {
  readonly metrics: readonly MetricIdentity[];
  readonly isTruncated: boolean;
}

/** A horizontal line across a picture. */
export interface WidgetLine {
  readonly value: number;
  readonly label?: string;
  /** `#rrggbb` */
  readonly color?: string;
}

/** A vertical line through a picture. */
export interface WidgetMark {
  readonly epochMs: number;
  readonly label: string;
}

export interface WidgetImageRequest {
  /** 1–100 (GetMetricWidgetImage API reference); those that are not returned feed others and are not drawn. */
  readonly queries: readonly MetricDataQuery[];
  readonly title: string;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** 1–2,000 each. */
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly lines: readonly WidgetLine[];
  readonly marks: readonly WidgetMark[];
  /** Of the value axis. */
  readonly unit?: string;
}

export interface MetricsPort {
  /** All pages. CloudWatch's refusal of an expression is given in its own words, cleaned. */
  getMetricData(request: MetricDataRequest, signal: AbortSignal): Promise<MetricData>;
  listMetrics(request: ListMetricsRequest, signal: AbortSignal): Promise<MetricList>;
  /** The unit in which a metric was published in a range; undefined when there are several, none, or no data. */
  findUnit(
    metric: MetricIdentity,
    range: { readonly startEpochMs: number; readonly endEpochMs: number },
    signal: AbortSignal,
  ): Promise<string | undefined>;
  /** A PNG drawn by CloudWatch, which cannot draw data of one unit only. Does not exist in AWS GovCloud (US). */
  getWidgetImage(request: WidgetImageRequest, signal: AbortSignal): Promise<Uint8Array>;
}
