/** A condition on a metric. `property` limits a term to the metric name, the namespace or one dimension's value. */
export type SearchCondition =
  | { readonly kind: 'all'; readonly parts: readonly SearchCondition[] }
  | { readonly kind: 'any'; readonly parts: readonly SearchCondition[] }
  | { readonly kind: 'not'; readonly part: SearchCondition }
  | {
      readonly kind: 'term';
      readonly text: string;
      readonly isExact: boolean;
      readonly property: string | undefined;
    };

/** Namespace and the exact set of dimension names that a metric must have. */
export interface MetricSchema {
  readonly namespace: string;
  readonly dimensionNames: readonly string[];
}

export interface SearchQuery {
  readonly schema: MetricSchema | undefined;
  readonly condition: SearchCondition | undefined;
}
