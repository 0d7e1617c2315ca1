import type {
  DescribeQueriesRequest,
  DescribeQueriesResponse,
  DescribeQueryDefinitionsRequest,
  DescribeQueryDefinitionsResponse,
  QueryInfo,
} from '@aws-sdk/client-cloudwatch-logs';
import type { PastQuery } from '../data/logs/query-history.ts';
import type { SavedQuery } from '../data/logs/saved-queries.ts';
import { AMBIENT_PRINCIPAL_ARN } from '../scenario.ts';
import type { OperationContext } from '../types.ts';
import { cutPage } from './page.ts';
import { progressOf, type QueryRecord, type QueryRegistry } from './query-registry.ts';
import { checkCount } from './refusals.ts';

/** Items in one answer (API Reference, DescribeQueries and DescribeQueryDefinitions: maxResults). */
const MAX_RESULTS = 1_000;

/** Queries of this account and region, newest first: those started here, then those of before. */
export function describeQueries(
  registry: QueryRegistry,
  history: readonly PastQuery[],
  input: DescribeQueriesRequest,
  context: OperationContext,
): DescribeQueriesResponse {
  const size = checkCount(input.maxResults, 'maxResults', MAX_RESULTS, MAX_RESULTS);
  const started = registry.list(context).map((query) => describeStarted(query, context.nowEpochMs));
  const past = history.map(describePast);
  const { logGroupName, status, queryLanguage } = input;
  const queries = [...started, ...past].filter(
    (query) =>
      (logGroupName === undefined || query.logGroupName === logGroupName) &&
      (status === undefined || query.status === status) &&
      (queryLanguage === undefined || query.queryLanguage === queryLanguage),
  );
  const request = JSON.stringify([context.account, context.region, logGroupName, status, queryLanguage]);
  const { items, nextToken } = cutPage(queries, size, input.nextToken, request);
  return { queries: [...items], ...(nextToken !== undefined && { nextToken }) };
}

/** Saved queries, by name. */
export function describeQueryDefinitions(
  saved: readonly SavedQuery[],
  input: DescribeQueryDefinitionsRequest,
  context: OperationContext,
): DescribeQueryDefinitionsResponse {
  const size = checkCount(input.maxResults, 'maxResults', MAX_RESULTS, MAX_RESULTS);
  const { queryDefinitionNamePrefix: prefix = '', queryLanguage } = input;
  const definitions = saved.filter(
    (query) => query.name.startsWith(prefix) && (queryLanguage === undefined || query.queryLanguage === queryLanguage),
  );
  const request = JSON.stringify([context.account, context.region, prefix, queryLanguage]);
  const { items, nextToken } = cutPage(definitions, size, input.nextToken, request);
  return {
    queryDefinitions: items.map((query) => ({
      queryLanguage: query.queryLanguage,
      queryDefinitionId: query.queryDefinitionId,
      name: query.name,
      queryString: query.queryString,
      lastModified: query.lastModifiedEpochMs,
      ...(query.logGroupNames.length > 0 && { logGroupNames: [...query.logGroupNames] }),
    })),
    ...(nextToken !== undefined && { nextToken }),
  };
}

function describeStarted(query: QueryRecord, nowEpochMs: number): QueryInfo {
  const { status, elapsedMs, share } = progressOf(query, nowEpochMs);
  const [group] = query.groups;
  return {
    queryLanguage: 'CWLI',
    queryId: query.queryId,
    queryString: query.queryString,
    status,
    createTime: query.createdEpochMs,
    ...(group && { logGroupName: group.name }),
    queryDuration: elapsedMs,
    bytesScanned: Math.floor((query.bytesScanned ?? query.estimatedBytes) * share),
    userIdentity: query.principalArn,
  };
}

function describePast(query: PastQuery): QueryInfo {
  return {
    queryLanguage: 'CWLI',
    queryId: query.queryId,
    queryString: query.queryString,
    status: query.status,
    createTime: query.createdEpochMs,
    logGroupName: query.logGroupName,
    queryDuration: query.durationMs,
    bytesScanned: query.bytesScanned,
    userIdentity: AMBIENT_PRINCIPAL_ARN,
  };
}
