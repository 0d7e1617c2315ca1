/** What is to be said of a query that was just run: headline, hints, how many rows there are. */
import type { QueryRequest } from '../../../aws/ports/logs.ts';
import { isAggregating } from '../../../domain/logs/query/query-text.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { formatBytes, GIGABYTE } from '../../../domain/text/log-size.ts';
import { formatDuration } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { hintEmpty, hintRunning, NO_STATISTICS, type QueryAnswerParts } from '../shared/answer-query.ts';
import { isRunning } from '../shared/follow-query.ts';
import type { QueryRun } from '../shared/run-query.ts';

export interface OutcomeFacts {
  readonly queryId: string;
  readonly rows: { readonly limit: number; readonly isOwn: boolean };
  readonly scanGb: number;
  readonly waitedMs: number;
  readonly request: QueryRequest;
}

type Outcome = Pick<QueryAnswerParts, 'headline' | 'state' | 'statistics' | 'hints' | 'available'> & {
  readonly isCutByLimit?: boolean;
};

/** @throws AppError `query_failed` or `query_too_broad` for a query that CloudWatch itself gave up */
export function describeOutcome(run: QueryRun, facts: OutcomeFacts): Outcome {
  const { snapshot, window, end } = run;
  const state = snapshot?.state ?? 'unknown';
  const statistics = snapshot?.statistics ?? NO_STATISTICS;
  const { limit } = facts.rows;
  const found = window.total ?? window.rows.length;
  const common = { state, statistics, available: window.total === undefined ? undefined : Math.min(found, limit) };
  const soFar = `${countOf(Math.min(found, limit), 'row')} so far`;

  if (end === 'scan') {
    return {
      ...common,
      headline: `Stopped: the query had scanned ${formatBytes(statistics.bytesScanned)}, more than the ${formatBytes(facts.scanGb * GIGABYTE)} allowed; ${soFar}, which is not the whole result.`,
      hints: [
        'Narrow it: a shorter start_time–end_time, fewer log groups, or a filter on an indexed field (filterIndex); or raise max_scan_gb, if it is below the ceiling of this server (list_targets shows it).',
      ],
    };
  }
  if (snapshot === undefined || isRunning(snapshot)) {
    return {
      ...common,
      headline: `Still running after ${formatDuration(facts.waitedMs)}: ${soFar}. The query goes on in CloudWatch.`,
      hints: [
        hintRunning(facts.queryId),
        ...(snapshot === undefined
          ? ['CloudWatch throttled every look at the query, or did not answer; wait some seconds first.']
          : []),
      ],
    };
  }
  switch (state) {
    case 'failed':
      throw new AppError(
        'query_failed',
        'CloudWatch started the query but could not finish it (state Failed) → run it again; if it fails again, shorten the time range or simplify the query.',
      );
    case 'timeout':
      throw new AppError(
        'query_too_broad',
        'CloudWatch ended the query at its own time-out of 60 minutes → shorten the time range, name fewer log groups or filter earlier.',
      );
    case 'cancelled':
      return {
        ...common,
        headline: `Somebody stopped the query: ${soFar}, which is not the whole result.`,
        hints: ['Run it again to get everything.'],
      };
    default:
      return { ...common, ...describeComplete(run, facts, found) };
  }
}

function describeComplete(run: QueryRun, { rows, request }: OutcomeFacts, found: number) {
  const statistics = run.snapshot?.statistics ?? NO_STATISTICS;
  const isOverLimit = found > rows.limit;
  const shown = Math.min(found, rows.limit);
  const isAboutEvents = !isAggregating(request.query, request.language);
  const matched =
    isAboutEvents && statistics.recordsMatched > shown && shown > 0
      ? ` of ${formatCount(statistics.recordsMatched)} matching events`
      : '';
  const isCutByLimit = isOverLimit || (rows.isOwn && matched !== '' && found >= rows.limit);
  return {
    headline:
      shown === 0
        ? 'Query complete: no rows.'
        : `Query complete: ${isOverLimit ? 'the first ' : ''}${countOf(shown, 'row')}${matched}${isOverLimit && matched === '' ? '; there are more' : ''}.`,
    isCutByLimit,
    hints: [
      ...(shown === 0 ? [hintEmpty(statistics)] : []),
      ...(isCutByLimit
        ? [
            rows.isOwn
              ? 'The limit in the query cut the rows: raise it, or count them with stats count(*) by ….'
              : `limit=${rows.limit} cut the rows: raise limit (up to 100,000), or count them with stats count(*) by ….`,
          ]
        : []),
    ],
  };
}

/** Rows from which on CloudWatch may have cut groups of its own accord. */
const SERVICE_GROUPS = 10_000;

/** An aggregation with exactly as many groups as the service gives of one may have more. */
export function warnCutGroups({ snapshot, window }: QueryRun, { query, language }: QueryRequest): string[] {
  return snapshot?.state === 'complete' && window.total === SERVICE_GROUPS && isAggregating(query, language)
    ? [
        `CloudWatch gave exactly ${formatCount(SERVICE_GROUPS)} groups, as many as it gives of one query, and may have more: groups may be missing → group by fewer fields, filter first, or shorten the time range.`,
      ]
    : [];
}
