import type { DimensionFilter, ListMetricsInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch';
import type { MetricModel } from '../data/metric-model.ts';
import { awsError, type Operation } from '../types.ts';
import { fromDimensions } from './dimensions.ts';
import { pageItems } from './paging.ts';
import type { RegionData } from './region-data.ts';
import { checkEnum, checkLength, requireMember } from './validation.ts';

/** Metrics per page (API reference, ListMetrics). */
const PAGE_SIZE = 500;
const MINUTE_MS = 60_000;
const RECENT_MS = 180 * MINUTE_MS;
/** Metrics without data for two weeks are not listed (API reference, ListMetrics). */
const LISTED_MS = 14 * 1440 * MINUTE_MS;

/** ListMetrics: filters by exact namespace, name and dimensions (a filter without value takes any). */
export function createListMetrics(dataOf: RegionData): Operation {
  return (input: ListMetricsInput, context): ListMetricsOutput => {
    checkInput(input);
    const { NextToken, ...query } = input;
    const until = Math.floor(context.nowEpochMs / MINUTE_MS) * MINUTE_MS;
    const sinceMs = input.RecentlyActive === undefined ? LISTED_MS : RECENT_MS;
    const metrics = listOwners(input, context.account, dataOf(context).sources).flatMap((account) =>
      dataOf({ ...context, account })
        .metrics.models.filter(
          (model) =>
            (input.Namespace === undefined || model.namespace === input.Namespace) &&
            (input.MetricName === undefined || model.metricName === input.MetricName) &&
            (input.Dimensions ?? []).every((filter) => hasDimension(model, filter)) &&
            model.hasData(until - sinceMs, until),
        )
        .map((model) => ({ model, account })),
    );
    const page = pageItems(metrics, PAGE_SIZE, NextToken, ['ListMetrics', context.account, context.region, query]);
    const output: ListMetricsOutput = {
      Metrics: page.items.map(({ model }) => ({
        Namespace: model.namespace,
        MetricName: model.metricName,
        Dimensions: fromDimensions(model.dimensions),
      })),
      ...(input.IncludeLinkedAccounts === true ? { OwningAccounts: page.items.map(({ account }) => account) } : {}),
    };
    return page.nextToken === undefined ? output : { ...output, NextToken: page.nextToken };
  };
}

/** Whose metrics are asked for: the caller's own, and on request those of linked accounts; one that is not linked has none. */
function listOwners(input: ListMetricsInput, own: string, sources: readonly string[]): readonly string[] {
  const seen = input.IncludeLinkedAccounts === true ? [own, ...sources] : [own];
  return input.OwningAccount === undefined ? seen : seen.filter((account) => account === input.OwningAccount);
}

function hasDimension(model: MetricModel, filter: DimensionFilter): boolean {
  return model.dimensions.some(
    ({ name, value }) => name === filter.Name && (filter.Value === undefined || value === filter.Value),
  );
}

function checkInput(input: ListMetricsInput): void {
  checkLength(input.Namespace, 'namespace', [1, 255]);
  checkLength(input.MetricName, 'metricName', [1, 255]);
  checkLength(input.Dimensions, 'dimensions', [0, 10]);
  for (const filter of input.Dimensions ?? []) requireMember(filter.Name, 'Dimensions.member.N.Name');
  if (input.RecentlyActive !== undefined) checkEnum([input.RecentlyActive], 'recentlyActive', ['PT3H']);
  if (input.OwningAccount !== undefined && input.IncludeLinkedAccounts !== true) {
    throw awsError(
      'InvalidParameterValueException',
      'OwningAccount can only be used when IncludeLinkedAccounts is true',
    );
  }
}
