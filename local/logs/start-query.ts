import { randomUUID } from 'node:crypto';
import type { StartQueryRequest, StartQueryResponse } from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroup } from '../data/logs/log-group.ts';
import { awsError, type OperationContext } from '../types.ts';
import { fieldsOf } from './index-operations.ts';
import type { Query } from './insights/ast.ts';
import { parseQuery } from './insights/parser.ts';
import { type Plan, planQuery } from './insights/plan.ts';
import { QuerySyntaxError } from './insights/syntax-error.ts';
import { findGroup, type LogStore, visibleGroups } from './log-store.ts';
import type { QueryRegistry } from './query-registry.ts';
import type { QueryTiming } from './query-timing.ts';
import { checkCount, invalidParameter, malformedQuery } from './refusals.ts';
import { retainedSince, type TimeRange } from './scan-events.ts';

/** Limits of StartQuery (API Reference) and of CloudWatch Logs Insights (User Guide, quotas). */
const MAX_LOG_GROUPS = 50;
const MAX_QUERY_CHARACTERS = 10_000;
const MAX_LIMIT = 100_000;
const MAX_CONCURRENT_QUERIES = 100;

/** Commands that log groups of the Infrequent Access class do not have (User Guide, "commands supported in log classes"). */
const STANDARD_ONLY: ReadonlySet<string> = new Set(['pattern', 'filterIndex']);

/**
 * Checks and starts a query; it runs when its results are first asked for.
 * @throws InvalidParameterException, MalformedQueryException, ResourceNotFoundException, LimitExceededException
 */
export function startQuery(
  store: LogStore,
  registry: QueryRegistry,
  timing: QueryTiming,
  input: StartQueryRequest,
  context: OperationContext,
): StartQueryResponse {
  const queryString = requireQueryString(input);
  const range = requireRange(input);
  const limit = input.limit === undefined ? undefined : checkCount(input.limit, 'limit', MAX_LIMIT, MAX_LIMIT);
  const { query, plan } = compile(queryString, limit, context);
  const selected = selectGroups(store, query, input, context);
  checkClasses(selected, query);
  checkRetention(selected, range, context.nowEpochMs);
  const groups = selected.filter((group) => hasAskedIndexes(store, group, query));
  if (registry.countRunning(context) >= MAX_CONCURRENT_QUERIES) {
    throw awsError(
      'LimitExceededException',
      `Account maximum query concurrency limit of [${MAX_CONCURRENT_QUERIES}] reached. Wait for queries to end, or stop some.`,
    );
  }
  const minutes = (Math.min(range.endEpochMs, context.nowEpochMs) - range.startEpochMs) / 60_000;
  const estimatedBytes = groups.reduce((sum, group) => sum + group.bytesPerMinute, 0) * Math.max(0, minutes);
  const queryId = randomUUID();
  registry.add({
    queryId,
    account: context.account,
    region: context.region,
    queryString,
    queryLanguage: 'CWLI',
    principalArn: context.principalArn,
    groups,
    range,
    plan,
    estimatedBytes: Math.round(estimatedBytes),
    createdEpochMs: context.nowEpochMs,
    durationMs: timing.durationFor(queryString) ?? timing.queryDurationMs(estimatedBytes),
    isFailing: timing.isFailing(queryString),
  });
  return { queryId };
}

function requireQueryString({ queryString, queryLanguage }: StartQueryRequest): string {
  if (queryString === undefined || queryString.length > MAX_QUERY_CHARACTERS) {
    throw invalidParameter(`queryString must be given and have at most ${MAX_QUERY_CHARACTERS} characters.`);
  }
  const language: string = queryLanguage ?? 'CWLI';
  if (language === 'SQL' || language === 'PPL') {
    const whole = { start: 0, end: queryString.length };
    throw malformedQuery(`The embedded CloudWatch does not run ${language}; write the query in CWLI.`, whole);
  }
  if (language !== 'CWLI') {
    throw invalidParameter(`queryLanguage must be CWLI, SQL or PPL, not ${language}.`);
  }
  return queryString;
}

function requireRange({ startTime, endTime }: StartQueryRequest): TimeRange {
  if (startTime === undefined || endTime === undefined || startTime < 0 || endTime < 0) {
    throw invalidParameter('startTime and endTime must be given, in seconds since 1970-01-01 00:00:00 UTC.');
  }
  if (startTime > endTime) {
    throw invalidParameter('startTime must not be later than endTime.');
  }
  return { startEpochMs: startTime * 1000, endEpochMs: endTime * 1000 + 999 };
}

function compile(
  queryString: string,
  limit: number | undefined,
  context: OperationContext,
): { query: Query; plan: Plan } {
  try {
    const query = parseQuery(queryString);
    return { query, plan: planQuery(query, { nowEpochMs: context.nowEpochMs, limit }) };
  } catch (error) {
    if (error instanceof QuerySyntaxError) {
      throw malformedQuery(error.message, error.span);
    }
    throw error;
  }
}

function selectGroups(
  store: LogStore,
  query: Query,
  input: StartQueryRequest,
  context: OperationContext,
): readonly LogGroup[] {
  const { logGroupName, logGroupNames, logGroupIdentifiers } = input;
  const given = [logGroupName, logGroupNames, logGroupIdentifiers].filter((item) => item !== undefined).length;
  const { source } = query;
  if (source) {
    if (given > 0) {
      throw invalidParameter('Name the log groups either in the query with SOURCE or in the request, not in both.');
    }
    const { namePrefixes, classes, accountIdentifiers } = source;
    return visibleGroups(store, context, true).filter(
      (group) =>
        classes.includes(group.logGroupClass) &&
        (namePrefixes.length === 0 || namePrefixes.some((prefix) => group.name.startsWith(prefix))) &&
        (accountIdentifiers.length === 0 || accountIdentifiers.includes(group.account)),
    );
  }
  if (given !== 1) {
    throw invalidParameter('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given.');
  }
  const names = logGroupName === undefined ? (logGroupNames ?? logGroupIdentifiers ?? []) : [logGroupName];
  if (names.length < 1 || names.length > MAX_LOG_GROUPS) {
    throw invalidParameter(`A query takes 1 to ${MAX_LOG_GROUPS} log groups, found ${names.length}.`);
  }
  const arn = logGroupIdentifiers ? undefined : names.find((name) => name.startsWith('arn:'));
  if (arn !== undefined) {
    throw invalidParameter(`A log group name is expected, found an ARN: ${arn}. Give ARNs as logGroupIdentifiers.`);
  }
  return [...new Set(names.map((name) => findGroup(store, context, name)))];
}

function checkClasses(groups: readonly LogGroup[], query: Query): void {
  const delivery = groups.find(({ logGroupClass }) => logGroupClass === 'DELIVERY');
  if (delivery) {
    throw invalidParameter(`Log groups of the Delivery class cannot be queried. (Log group: ${delivery.name})`);
  }
  const infrequent = groups.find(({ logGroupClass }) => logGroupClass === 'INFREQUENT_ACCESS');
  const command = query.commands.find(({ kind }) => STANDARD_ONLY.has(kind));
  if (infrequent && command) {
    const message = `the command ${command.kind} is not supported for log groups of the Infrequent Access class (${infrequent.name})`;
    throw malformedQuery(message, command.span);
  }
}

/** `filterIndex` reads a log group only when it has the indexes that are asked for (User Guide, "filterIndex"). */
function hasAskedIndexes(store: LogStore, group: LogGroup, query: Query): boolean {
  const asked = query.commands.flatMap((command) => (command.kind === 'filterIndex' ? command.fields : []));
  return asked.every((field) => fieldsOf(store, group).includes(field));
}

function checkRetention(groups: readonly LogGroup[], range: TimeRange, nowEpochMs: number): void {
  if (groups.length > 0 && groups.every((group) => range.endEpochMs < retainedSince(group, nowEpochMs))) {
    throw malformedQuery(
      "Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings",
      { start: 0, end: 0 },
    );
  }
}
