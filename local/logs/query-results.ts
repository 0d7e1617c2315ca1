import type {
  GetQueryResultsRequest,
  GetQueryResultsResponse,
  StopQueryRequest,
  StopQueryResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import type { OperationContext } from '../types.ts';
import { cutPage } from './page.ts';
import { isEnded, progressOf, type QueryRecord, type QueryRegistry } from './query-registry.ts';
import { checkCount, invalidParameter, notFound } from './refusals.ts';

/** Rows in one answer (API Reference, GetQueryResults: maxItems). */
const MAX_ITEMS = 10_000;

function requireQuery(registry: QueryRegistry, queryId: string | undefined, context: OperationContext): QueryRecord {
  if (queryId === undefined || queryId === '') {
    throw invalidParameter('queryId must be given.');
  }
  const query = registry.find(queryId, context);
  if (!query) {
    throw notFound(`Query with id [${queryId}] not found.`);
  }
  return query;
}

/** What of a query is there by now. Rows of a query that aggregates are only there when it is complete. */
export async function getQueryResults(
  registry: QueryRegistry,
  input: GetQueryResultsRequest,
  context: OperationContext,
): Promise<GetQueryResultsResponse> {
  const query = requireQuery(registry, input.queryId, context);
  const size = checkCount(input.maxItems, 'maxItems', MAX_ITEMS, MAX_ITEMS);
  const { status, share } = progressOf(query, context.nowEpochMs);
  const outcome = await registry.outcomeOf(query);
  const isWhole = status === 'Complete';
  const visibleShare = query.plan.isAggregating ? 0 : share;
  const visible = status === 'Failed' ? 0 : Math.floor(outcome.rows.length * visibleShare);
  const rows = isWhole ? outcome.rows : outcome.rows.slice(0, visible);
  const { items, nextToken } = cutPage(rows, size, input.nextToken, query.queryId);
  return {
    queryLanguage: 'CWLI',
    status,
    results: items.map((row) => [...row]),
    statistics: {
      recordsMatched: Math.floor(outcome.recordsMatched * share),
      recordsScanned: Math.floor(outcome.recordsScanned * share),
      bytesScanned: Math.floor(outcome.bytesScanned * share),
      estimatedRecordsSkipped: 0,
      estimatedBytesSkipped: 0,
      logGroupsScanned: Math.ceil(query.groups.length * share),
      ...(isWhole && { resultCount: outcome.rows.length }),
    },
    ...(nextToken !== undefined && { nextToken }),
  };
}

/** Cancels a running query. One that has ended is refused, as the service does. */
export function stopQuery(
  registry: QueryRegistry,
  input: StopQueryRequest,
  context: OperationContext,
): StopQueryResponse {
  const query = requireQuery(registry, input.queryId, context);
  const { status } = progressOf(query, context.nowEpochMs);
  if (isEnded(status)) {
    throw invalidParameter(
      `Unable to stop query [${query.queryId}]: the query has already ended with status ${status}.`,
    );
  }
  query.cancelledEpochMs = context.nowEpochMs;
  return { success: true };
}
