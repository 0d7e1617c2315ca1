import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { pageItems } from './paging.ts';

interface Slice {
  readonly result: MetricDataResult;
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts results into pages of at most `maxDatapoints` points together. A series that goes on in the next page is marked
 * PartialData there where it was cut; a series without points appears once, empty. Throws InvalidNextToken.
 */
export function pageMetricData(
  results: readonly MetricDataResult[],
  maxDatapoints: number,
  token: string | undefined,
  query: unknown,
): { readonly results: MetricDataResult[]; readonly nextToken: string | undefined } {
  const page = pageItems(cutPages(results, maxDatapoints), 1, token, ['GetMetricData', query]);
  return { results: (page.items[0] ?? []).map(readSlice), nextToken: page.nextToken };
}

function cutPages(results: readonly MetricDataResult[], maxDatapoints: number): readonly (readonly Slice[])[] {
  const pages: Slice[][] = [[]];
  let room = maxDatapoints;
  for (const result of results) {
    const total = result.Values?.length ?? 0;
    let from = 0;
    do {
      if (room === 0 && total > 0) {
        pages.push([]);
        room = maxDatapoints;
      }
      const to = Math.min(total, from + room);
      pages.at(-1)?.push({ result, from, to });
      room -= to - from;
      from = to;
    } while (from < total);
  }
  return pages;
}

function readSlice({ result, from, to }: Slice): MetricDataResult {
  return {
    ...result,
    Timestamps: result.Timestamps?.slice(from, to),
    Values: result.Values?.slice(from, to),
    StatusCode: to < (result.Values?.length ?? 0) ? 'PartialData' : (result.StatusCode ?? 'Complete'),
  };
}
