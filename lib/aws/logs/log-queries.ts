/** Logs Insights over the SDK: start, look, read, stop. */
import {
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  QueryLanguage,
  QueryStatus,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { pointAt } from '../../domain/logs/query/query-text.ts';
import { AppError, isAppError } from '../../errors.ts';
import type { AwsConnection } from '../connection.ts';
import { endlessList, pages } from '../pages.ts';
import type { QueryRequest, QuerySnapshot, QueryState, QueryStatistics } from '../ports/logs.ts';

/** GetQueryResults gives up to 10,000 rows at once; less keeps an answer of wide rows from blocking the event loop. */
const PAGE_ROWS = 2_000;

const UNPAGED: ReadonlySet<string | undefined> = new Set([QueryLanguage.PPL, QueryLanguage.SQL]);

export async function startQuery(aws: AwsConnection, request: QueryRequest, signal: AbortSignal): Promise<string> {
  const hasArn = request.logGroups.some((group) => group.startsWith('arn:'));
  const groups = [...request.logGroups];
  const input = {
    queryString: request.query,
    queryLanguage: request.language,
    startTime: Math.floor(request.startEpochMs / 1_000),
    endTime: Math.floor(request.endEpochMs / 1_000),
    limit: request.limit,
    ...(groups.length > 0 && (hasArn ? { logGroupIdentifiers: groups } : { logGroupNames: groups })),
  };
  try {
    const started = await aws.call(
      'logs:StartQuery',
      signal,
      ({ logs }, options) => logs.send(new StartQueryCommand(input), options),
      { isCallersQuery: true, subject: 'log group' },
    );
    if (started.queryId !== undefined) return started.queryId;
  } catch (error) {
    throw showPosition(error, request.query);
  }
  throw new AppError('upstream_unavailable', 'CloudWatch started the query without an id → call again.');
}

export async function peekQuery(
  aws: AwsConnection,
  awsId: string,
  maxRows: number,
  signal: AbortSignal,
): Promise<QuerySnapshot> {
  return toSnapshot(await getResults(aws, awsId, { maxItems: maxRows }, signal));
}

export async function* readQuery(
  aws: AwsConnection,
  awsId: string,
  signal: AbortSignal,
): AsyncGenerator<QuerySnapshot> {
  const list = pages(async (nextToken) => {
    const page = await getResults(aws, awsId, { maxItems: PAGE_ROWS, nextToken }, signal);
    return { items: [toSnapshot(page)], nextToken: page.nextToken };
  });
  let page = await list.next();
  for (; page.done !== true; page = await list.next()) yield* page.value;
  if (!page.value) throw endlessList();
}

export async function stopQuery(aws: AwsConnection, awsId: string, signal: AbortSignal): Promise<boolean> {
  try {
    const stopped = await aws.call('logs:StopQuery', signal, ({ logs }, options) =>
      logs.send(new StopQueryCommand({ queryId: awsId }), options),
    );
    return stopped.success === true;
  } catch (error) {
    // The service refuses to stop what has ended, with the same error as for a malformed id.
    if (isAppError(error) && error.code === 'invalid_input') return false;
    throw isUnknownQuery(error) ? unknownQuery(aws, error) : error;
  }
}

async function getResults(
  aws: AwsConnection,
  awsId: string,
  page: { maxItems: number; nextToken?: string | undefined },
  signal: AbortSignal,
): Promise<GetQueryResultsCommandOutput> {
  const ask = (input: Partial<typeof page>) =>
    aws.call('logs:GetQueryResults', signal, ({ logs }, options) =>
      logs.send(new GetQueryResultsCommand({ queryId: awsId, ...input }), options),
    );
  try {
    const results = await ask(page);
    const isFull = (results.results?.length ?? 0) >= page.maxItems && results.nextToken === undefined;
    // PPL and SQL have no further pages (API reference, nextToken), so a full page may have lost rows.
    return isFull && UNPAGED.has(results.queryLanguage) ? await ask({}) : results;
  } catch (error) {
    throw isUnknownQuery(error) || (isAppError(error) && error.code === 'invalid_input')
      ? unknownQuery(aws, error)
      : error;
  }
}

function isUnknownQuery(error: unknown): boolean {
  return isAppError(error) && error.code === 'not_found';
}

function unknownQuery(aws: AwsConnection, cause: unknown): AppError {
  const { account, region } = aws.target;
  return new AppError(
    'not_found',
    `Account ${account}, region ${region} has no query with this id; CloudWatch forgets queries after 7 days → pass the region and account in which it was started, or start it again with execute_log_insights_query.`,
    { cause, ...(isAppError(cause) && { details: cause.details }) },
  );
}

/** Adds the line of the caller's query that AWS points at. */
function showPosition(error: unknown, query: string): unknown {
  if (!isAppError(error) || error.code !== 'query_failed') return error;
  const location = locationOf(error.cause);
  const excerpt = location === undefined ? undefined : pointAt(query, location.start, location.end);
  return excerpt === undefined
    ? error
    : new AppError('query_failed', `${error.publicMessage}\n${excerpt}\n`, {
        details: error.details,
        cause: error.cause,
      });
}

function locationOf(cause: unknown): { start: number; end: number } | undefined {
  const { queryCompileError } = cause as {
    queryCompileError?: { location?: { startCharOffset?: number; endCharOffset?: number } };
  };
  const { startCharOffset: start, endCharOffset: end } = queryCompileError?.location ?? {};
  return start === undefined || (end !== undefined && end <= start && start === 0)
    ? undefined
    : { start, end: end ?? start + 1 };
}

/** A map, since a word of AWS may be the name of what every object has. */
const STATES: ReadonlyMap<string, QueryState> = new Map([
  [QueryStatus.Scheduled, 'scheduled'],
  [QueryStatus.Running, 'running'],
  [QueryStatus.Complete, 'complete'],
  [QueryStatus.Failed, 'failed'],
  [QueryStatus.Cancelled, 'cancelled'],
  [QueryStatus.Timeout, 'timeout'],
]);

function toSnapshot(output: GetQueryResultsCommandOutput): QuerySnapshot {
  return {
    state: STATES.get(output.status ?? '') ?? 'unknown',
    statistics: toStatistics(output.statistics),
    rows: (output.results ?? []).map((row) =>
      row.map(({ field, value }) => ({ field: field ?? '', value: value ?? '' })),
    ),
    hasMoreRows: output.nextToken !== undefined,
  };
}

function toStatistics(statistics: GetQueryResultsCommandOutput['statistics']): QueryStatistics {
  return {
    recordsMatched: statistics?.recordsMatched ?? 0,
    recordsScanned: statistics?.recordsScanned ?? 0,
    bytesScanned: statistics?.bytesScanned ?? 0,
    ...(statistics?.resultCount !== undefined && { rowCount: statistics.resultCount }),
  };
}
