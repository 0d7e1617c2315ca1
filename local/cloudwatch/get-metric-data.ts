import type { GetMetricDataInput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../types.ts';
import { checkMetricDataInput } from './check-metric-data.ts';
import { evaluateMetricDataQueries } from './math/evaluate.ts';
import { pageMetricData } from './metric-data-pages.ts';
import type { RegionData } from './region-data.ts';
import { checkInteger } from './validation.ts';

/** Datapoints of one answer (API reference, GetMetricData). */
const MAX_DATAPOINTS = 100_800;
const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** GetMetricData: evaluates all queries, newest points first unless asked otherwise, paged by the number of datapoints. */
export function createGetMetricData(dataOf: RegionData): Operation {
  return (input: GetMetricDataInput, context): GetMetricDataOutput => {
    const range = checkMetricDataInput(input);
    const maxDatapoints = checkInteger(input.MaxDatapoints, 'maxDatapoints', [1, MAX_DATAPOINTS], MAX_DATAPOINTS);
    const startEpochMs = roundStart(range.startEpochMs, context.nowEpochMs);
    const results = evaluateMetricDataQueries(
      input.MetricDataQueries ?? [],
      { startEpochMs, endEpochMs: range.endEpochMs },
      dataOf(context).linkedStoreAt(context.nowEpochMs),
      context.nowEpochMs,
    );
    const ordered =
      input.ScanBy === 'TimestampAscending'
        ? results
        : results.map((result) => ({
            ...result,
            Timestamps: (result.Timestamps ?? []).toReversed(),
            Values: (result.Values ?? []).toReversed(),
          }));
    const { NextToken, ...query } = input;
    const page = pageMetricData(ordered, maxDatapoints, NextToken, [context.account, context.region, query]);
    const output: GetMetricDataOutput = { MetricDataResults: page.results, Messages: [] };
    return page.nextToken === undefined ? output : { ...output, NextToken: page.nextToken };
  };
}

/** StartTime is rounded down to a minute, 5 minutes or an hour, by its age (API reference, GetMetricData). */
function roundStart(startEpochMs: number, nowEpochMs: number): number {
  const ageMs = nowEpochMs - startEpochMs;
  const stepMs = ageMs < 15 * DAY_MS ? MINUTE_MS : ageMs < 63 * DAY_MS ? 5 * MINUTE_MS : 60 * MINUTE_MS;
  return Math.floor(startEpochMs / stepMs) * stepMs;
}
