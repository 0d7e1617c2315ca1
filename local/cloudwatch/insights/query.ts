export type InsightsFunction = 'AVG' | 'COUNT' | 'MAX' | 'MIN' | 'SUM';

export const INSIGHTS_FUNCTIONS: readonly InsightsFunction[] = ['AVG', 'COUNT', 'MAX', 'MIN', 'SUM'];

/** One condition of WHERE; all of them must hold. */
export interface LabelCondition {
  /** A dimension, or ACCOUNT_LABEL. */
  readonly key: string;
  readonly isEqual: boolean;
  /** Undefined: the account that asks, CURRENT_ACCOUNT_ID(). */
  readonly value: string | undefined;
}

/** A parsed Metrics Insights query. */
export interface InsightsQuery {
  readonly aggregate: InsightsFunction;
  readonly metricName: string;
  readonly namespace: string;
  /** The exact dimension names of SCHEMA(…); undefined when FROM names a namespace only. */
  readonly schemaKeys: readonly string[] | undefined;
  readonly conditions: readonly LabelCondition[];
  readonly groupKeys: readonly string[];
  readonly order: { readonly aggregate: InsightsFunction; readonly isDescending: boolean } | undefined;
  /** Most time series that are returned, 1 to 500. */
  readonly limit: number;
}
