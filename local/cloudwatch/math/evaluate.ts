import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { MetricStore } from '../../data/metric-store.ts';
import { awsError } from '../../types.ts';
import { RequestEvaluation } from './request-evaluation.ts';
import type { Series, TimeRange } from './series.ts';
import type { Value } from './value.ts';

const DROPPED_POINTS = {
  Code: 'ArithmeticError',
  Value: 'One or more data-points have been dropped due to non-numeric values (NaN, -Infinite, +Infinite)',
};
/** Of a metric in an account that is not linked to this one. */
const NOT_LINKED = { Code: 'Forbidden', Value: 'The account of the metric is not linked to this account.' };

/**
 * Evaluates the queries of a GetMetricData request: metrics, metric math, SEARCH and Metrics Insights, which may refer
 * to each other in any order. One query with several time series gives several results of the same Id, each with its
 * own Label. Results come in the order of the queries, timestamps ascending; queries with `ReturnData: false` are
 * computed (and refused when wrong) but not returned.
 *
 * `nowEpochMs` is the request's time, by default the range's end; Metrics Insights reaches back two weeks from it.
 * Throws a ValidationError as the service would for a query that cannot be computed.
 */
export function evaluateMetricDataQueries(
  queries: readonly MetricDataQuery[],
  range: TimeRange,
  store: MetricStore,
  nowEpochMs: number = range.endEpochMs,
): MetricDataResult[] {
  const evaluation = new RequestEvaluation({ queries, range, store, nowEpochMs });
  return queries.flatMap((query) => {
    const series = listResultSeries(query, evaluation.evaluate(query));
    if (query.ReturnData === false) return [];
    const isSeen = query.AccountId === undefined || store.sees === undefined || store.sees(query.AccountId);
    return series.map(({ label, data }) => {
      const result = toResult(query, label, data);
      return isSeen ? result : { ...result, StatusCode: 'Forbidden', Messages: [NOT_LINKED] };
    });
  });
}

function listResultSeries(query: MetricDataQuery, value: Value): { label: string; data: Series }[] {
  if (value.kind === 'series') {
    const defaultLabel = query.Expression === undefined ? value.series.label : (query.Id ?? '');
    return [{ label: query.Label ?? defaultLabel, data: value.series }];
  }
  if (value.kind === 'array') {
    return value.series.map((data) => ({ label: `${query.Label ?? ''} ${data.label}`.trim(), data }));
  }
  throw awsError(
    'ValidationError',
    `Error in expression '${query.Id}': The result of an expression must be a time series or an array of time series`,
  );
}

function toResult(query: MetricDataQuery, label: string, data: Series): MetricDataResult {
  return {
    Id: query.Id,
    Label: label,
    Timestamps: data.timestampsEpochMs.map((timestamp) => new Date(timestamp)),
    Values: [...data.values],
    StatusCode: 'Complete',
    Messages: data.hasDroppedPoints ? [DROPPED_POINTS] : [],
  };
}
