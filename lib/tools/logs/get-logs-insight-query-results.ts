import { z } from 'zod';
import type { QuerySnapshot } from '../../aws/ports/logs.ts';
import { decodeQueryId, encodeQueryId } from '../../domain/logs/query-id.ts';
import { countOf, formatCount } from '../../domain/text/counts.ts';
import { GIGABYTE } from '../../domain/text/log-size.ts';
import { SECOND_MS } from '../../domain/time.ts';
import { defineTool, READ_ONLY } from '../../tool/define-tool.ts';
import { where } from '../../tool/params.ts';
import { answerQuery, hintEmpty, hintRunning, NO_STATISTICS } from './shared/answer-query.ts';
import { queryIdParam } from './shared/arguments-query.ts';
import { maxRowCharsParam } from './shared/arguments-rows.ts';
import { targetOfQuery } from './shared/choose-target.ts';
import { type Followed, followQuery, isRunning } from './shared/follow-query.ts';
import { queryOutput } from './shared/output-query.ts';
import { collectRows, type RowWindow } from './shared/read-rows.ts';

const MAX_WAIT_S = 45;
const MAX_OFFSET = 100_000; // GetQueryResults gives up to 100,000 rows of a query
const MAX_ROWS = 10_000;
/** Rows that each look brings, so that the first rows need no further call. */
const MAX_PEEK_ROWS = 200;

const inputSchema = z.object({
  query_id: queryIdParam,
  wait_seconds: z.int().min(0).max(MAX_WAIT_S).default(0).describe('Wait so long for the end, 0–45; default 0'),
  offset: z.int().min(0).max(MAX_OFFSET).default(0).describe('Rows to skip; default 0'),
  limit: z.int().min(1).max(MAX_ROWS).default(100).describe('Rows, 1–10000; default 100'),
  include_ptr: z.boolean().default(false).describe('Keep @ptr; default false'),
  max_row_chars: maxRowCharsParam,
  ...where,
});

export const getLogsInsightQueryResults = defineTool({
  name: 'get_logs_insight_query_results',
  title: 'Results of a Logs Insights query',
  description:
    'State, statistics and rows of a Logs Insights query that was started before, by the query_id of execute_log_insights_query: to wait for a query that was still running, or to read further rows with offset. Results stay for 7 days.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema: queryOutput,
  async handler(input, context) {
    const { offset, limit, max_row_chars: maxRowChars, include_ptr: hasPointers } = input;
    const id = decodeQueryId(input.query_id);
    const target = targetOfQuery(id, input, context.targets);
    const queryId = encodeQueryId({ region: target.region, account: target.account, awsId: id.awsId });

    const followed = await followQuery(
      {
        target,
        awsId: id.awsId,
        untilEpochMs: Math.min(context.nowEpochMs + input.wait_seconds * SECOND_MS, context.deadlineEpochMs),
        maxScanBytes: context.config.maxScanGb * GIGABYTE,
        peekRows: Math.min(offset + limit, MAX_PEEK_ROWS),
      },
      context,
    );
    const { snapshot } = followed;
    const window: RowWindow =
      snapshot === undefined
        ? { rows: [], total: undefined }
        : await collectRows(snapshot, { target, awsId: id.awsId, offset, limit, maxRowChars, hasPointers }, context);

    return answerQuery({
      headline: describeState(followed, window, offset),
      target,
      queryId,
      state: snapshot?.state ?? 'unknown',
      statistics: snapshot?.statistics ?? NO_STATISTICS,
      window,
      offset,
      available: window.total,
      maxRowChars,
      hasPointers,
      hints: hintNext(followed, window, offset, queryId),
      warnings: [],
      usdPerGb: context.config.insightsUsdPerGb,
    });
  },
});

function describeState({ end, snapshot }: Followed, { rows, total }: RowWindow, offset: number): string {
  const count = total === undefined ? `at least ${countOf(offset + rows.length, 'row')}` : countOf(total, 'row');
  const from = offset > 0 && rows.length > 0 ? `; from row ${formatCount(offset + 1)}` : '';
  if (end === 'scan') return `Stopped: the query had scanned more than this server allows; ${count} so far${from}.`;
  if (snapshot === undefined)
    return 'CloudWatch throttles or fails at the moment: the state of the query is not known.';
  if (isRunning(snapshot)) return `Still ${describeRunning(snapshot)}: ${count} so far${from}.`;
  switch (snapshot.state) {
    case 'complete':
      return total === 0 ? 'Query complete: no rows.' : `Query complete: ${count}${from}.`;
    case 'failed':
      return 'The query failed in CloudWatch (state Failed); it has no result.';
    case 'timeout':
      return `CloudWatch ended the query at its own time-out of 60 minutes; ${count}${from}.`;
    case 'cancelled':
      return `The query was stopped before its end; ${count}${from}.`;
    default:
      return `CloudWatch does not know the state of the query; ${count}${from}.`;
  }
}

function describeRunning({ state }: QuerySnapshot): string {
  return state === 'scheduled' ? 'scheduled' : 'running';
}

function hintNext({ snapshot }: Followed, { rows, total }: RowWindow, offset: number, queryId: string): string[] {
  if (isRunning(snapshot)) return [hintRunning(queryId)];
  if (snapshot === undefined) return [];
  if (snapshot.state === 'failed' || snapshot.state === 'timeout')
    return ['Run it again with execute_log_insights_query, over a shorter time range or fewer log groups.'];
  if (snapshot.state === 'cancelled') return ['Run it again with execute_log_insights_query to get everything.'];
  if (total === 0) return [hintEmpty(snapshot.statistics)];
  return rows.length === 0
    ? [`offset=${offset} lies behind the last row → use an offset below ${total ?? offset}.`]
    : [];
}
