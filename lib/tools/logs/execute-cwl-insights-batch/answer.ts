/** A batch in words and as structured content. Row by row in slices, since it may have many. */
import { z } from 'zod';
import { QUERY_STATES, type QueryState, type QueryStatistics } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { createSlices, mapInSlices } from '../../../domain/async/slices.ts';
import type { ConsoleLink } from '../../../domain/console-links.ts';
import type { BatchPlan } from '../../../domain/logs/batch/batch-plan-types.ts';
import { countCut, createRowWriter } from '../../../domain/logs/insights-text.ts';
import { type AskedColumn, toAskedTable } from '../../../domain/logs/query/shown-columns.ts';
import { encodeQueryId } from '../../../domain/logs/query-id.ts';
import { countOf, formatCount, listSome } from '../../../domain/text/counts.ts';
import { formatBytes, GIGABYTE } from '../../../domain/text/log-size.ts';
import { formatDuration } from '../../../domain/time.ts';
import type { Answer } from '../../../tool/types.ts';
import { estimateOutput } from '../shared/answer-estimate.ts';
import { describeStatistics, hintEmpty, warnMissing } from '../shared/answer-query.ts';
import { warnPassed } from '../shared/arguments-query.ts';
import { statisticsOutput, toRowsOutput, toStatisticsOutput } from '../shared/output-query.ts';
import type { MergedRows } from './answer-rows.ts';
import { type BatchRun, type Piece, rowsOf } from './read.ts';

const MAX_LISTED_QUERIES = 200;
const MAX_NAMED = 3;
const MAX_ROW_CHARS = 600;

export const batchOutput = z.object({
  status: z.enum(['complete', 'partial', 'not_started']),
  merged: z.boolean().describe('false: some rows are those of single chunks, see warnings'),
  account_label: z.string().optional(),
  statistics: statisticsOutput,
  columns: z.array(z.string()).describe('a repeated name is numbered: count (2)'),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).describe('cells in the order of columns'),
  is_cut_by_limit: z.boolean(),
  queries: z
    .array(
      z.object({
        chunk: z.string(),
        account: z.string(),
        region: z.string(),
        log_groups: z.int(),
        status: z.enum(QUERY_STATES),
        rows: z.int(),
        query_id: z.string().optional(),
        error: z.string().optional(),
      }),
    )
    .describe(`the first ${MAX_LISTED_QUERIES}`),
  estimate: estimateOutput.optional(),
});

export interface BatchAnswerParts {
  readonly run: BatchRun;
  readonly plan: BatchPlan;
  readonly merged: MergedRows;
  /** Of the query, as far as it is known. */
  readonly columns: readonly AskedColumn[] | undefined;
  readonly targets: readonly Target[];
  readonly groupCount: number;
  readonly maxScanGb: number;
  readonly waitedMs: number;
  readonly label: string | undefined;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly link: ConsoleLink | undefined;
  readonly usdPerGb: number;
}

export async function answerBatch(parts: BatchAnswerParts): Promise<Answer<z.input<typeof batchOutput>>> {
  const { run, plan, merged, targets, label } = parts;
  const slices = createSlices();
  await slices.next();
  const statistics = addStatistics(run);
  const statuses = run.pieces.map(statusOf);
  const isComplete = statuses.every((status) => status === 'complete');
  const table = toAskedTable(merged.rows, parts.columns);
  const warnings = [
    ...describeFailures(run.pieces, parts.waitedMs),
    ...merged.warnings,
    ...warnMissing(table),
    ...warnPassed({ end: isComplete ? 'ended' : 'time' }, run.scannedBytes, parts.maxScanGb),
    ...parts.warnings,
  ];
  await slices.next();
  const { head, write } = createRowWriter(table, MAX_ROW_CHARS);
  const lines = await mapInSlices(table.rows, write, slices);
  const cutRows = countCut(lines);
  return {
    headline: describeHeadline(parts, statistics, statuses),
    targets,
    facts: [
      ...(label === undefined ? [] : [`Account label: ${label}`]),
      describeStatistics(statistics, parts.usdPerGb),
      ...parts.notes,
      ...(merged.notes ?? []),
    ],
    list: {
      noun: 'row',
      head,
      items: lines.map(({ text }) => text),
      isUntrusted: true,
      total: merged.total,
      narrowBy: 'narrow the time range, filter, or group with stats',
    },
    hints: [
      ...hintUnfinished(run.pieces),
      ...(merged.total === 0 && isComplete ? [hintEmpty(statistics)] : []),
      ...(merged.isCutByLimit
        ? [
            `limit cut the rows to ${formatCount(plan.limit)}: raise ${plan.isOwnLimit ? 'the one in the query' : 'limit'}, or count them with stats count(*) by ….${merged.isArbitrary === true ? ' The query has no sort: which groups are kept is arbitrary.' : ''}`,
          ]
        : []),
      ...(cutRows > 0
        ? [
            `${countOf(cutRows, 'row')} cut (…): with @ptr among the fields of the query, get_log_record shows an event in full.`,
          ]
        : []),
    ],
    warnings,
    link: parts.link,
    structured: ({ shown }) => ({
      status: isComplete ? 'complete' : 'partial',
      merged: merged.warnings.length === 0,
      account_label: label,
      statistics: toStatisticsOutput(statistics, parts.usdPerGb),
      ...toRowsOutput(merged.rows.slice(0, shown), parts.columns),
      is_cut_by_limit: merged.isCutByLimit,
      queries: run.pieces.slice(0, MAX_LISTED_QUERIES).map(toQueryOutput),
    }),
  };
}

function describeHeadline(
  { run, plan, merged, groupCount, maxScanGb, waitedMs }: BatchAnswerParts,
  statistics: QueryStatistics,
  statuses: readonly QueryState[],
): string {
  const isAboutEvents = plan.kind === 'events' && plan.isOnePerEvent;
  const isFirst = merged.isCutByLimit ? 'the first ' : '';
  const matched =
    isAboutEvents && statistics.recordsMatched > merged.total && merged.total > 0
      ? ` of ${formatCount(statistics.recordsMatched)} matching events`
      : '';
  const rows = merged.total === 0 ? 'no rows' : `${isFirst}${countOf(merged.total, 'row')}${matched}`;
  const where = `${countOf(groupCount, 'log group')} in ${countOf(statuses.length, 'query', 'queries')}`;
  const complete = statuses.filter((status) => status === 'complete').length;
  if (complete === statuses.length) return `Batch complete: ${rows} from ${where}.`;
  const wasStopped = run.pieces.some(({ result }) => 'value' in result && result.value.end === 'scan');
  const why = wasStopped
    ? `stopped, since together they had scanned ${formatBytes(run.scannedBytes)}, more than the ${formatBytes(maxScanGb * GIGABYTE)} allowed`
    : `after ${formatDuration(waitedMs)}`;
  return `Partial: ${complete} of ${formatCount(statuses.length)} queries complete (${why}); ${rows} so far, from ${where}.`;
}

function statusOf({ result }: Piece): QueryState {
  if ('error' in result) return 'failed';
  const { snapshot, end } = result.value;
  return end === 'scan' ? 'cancelled' : (snapshot?.state ?? 'unknown');
}

/** One sentence for each reason, with the chunks that it hit. */
function describeFailures(pieces: readonly Piece[], waitedMs: number): string[] {
  const reasons = new Map<string, string[]>();
  for (const piece of pieces) {
    const reason = reasonOf(piece, waitedMs);
    if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), piece.chunk.label]);
  }
  return [...reasons].map(
    ([reason, labels]) => `${countOf(labels.length, 'query', 'queries')} (${listSome(labels, MAX_NAMED)}): ${reason}`,
  );
}

function reasonOf(piece: Piece, waitedMs: number): string | undefined {
  const { result } = piece;
  if ('error' in result) return result.error.publicMessage;
  const { window } = result.value;
  switch (statusOf(piece)) {
    case 'complete':
      return window.warning;
    case 'failed':
      return 'CloudWatch started it but could not finish it (state Failed) → call again; if it fails again, shorten the time range or simplify the query.';
    case 'timeout':
      return 'CloudWatch ended it at its own time-out of 60 minutes → shorten the time range or filter earlier.';
    case 'cancelled':
      return result.value.end === 'scan'
        ? 'stopped at the scan budget, the rows so far are not all → shorten the time range, name fewer log groups, or raise max_scan_gb up to the ceiling of this server.'
        : 'somebody stopped it, the rows so far are not all.';
    default:
      return `not at its end after ${formatDuration(waitedMs)}, the rows so far are not all.`;
  }
}

function hintUnfinished(pieces: readonly Piece[]): string[] {
  const ids = pieces.flatMap((piece) => {
    const id = ['running', 'scheduled', 'unknown'].includes(statusOf(piece)) ? idOf(piece) : undefined;
    return id === undefined ? [] : [`query_id="${id}" (${piece.chunk.label})`];
  });
  return ids.length === 0
    ? []
    : [
        `${ids.length === 1 ? 'One query goes' : `${ids.length} queries go`} on in CloudWatch: get_logs_insight_query_results with ${listSome(ids, MAX_NAMED)} brings its own rows, cancel_logs_insight_query stops it.`,
      ];
}

function idOf({ chunk: { target }, result }: Piece): string | undefined {
  return 'value' in result
    ? encodeQueryId({ region: target.region, account: target.account, awsId: result.value.awsId })
    : undefined;
}

function toQueryOutput(piece: Piece) {
  const { chunk, result } = piece;
  const id = idOf(piece);
  return {
    chunk: chunk.label,
    account: chunk.target.account,
    region: chunk.target.region,
    log_groups: chunk.groups.length,
    status: statusOf(piece),
    rows: rowsOf(piece),
    query_id: id,
    ...('error' in result && { error: result.error.publicMessage }),
  };
}

function addStatistics({ pieces, scannedBytes }: BatchRun): QueryStatistics {
  const all = pieces.flatMap(({ result }) => ('value' in result ? (result.value.snapshot?.statistics ?? []) : []));
  return {
    recordsMatched: all.reduce((sum, { recordsMatched }) => sum + recordsMatched, 0),
    recordsScanned: all.reduce((sum, { recordsScanned }) => sum + recordsScanned, 0),
    bytesScanned: scannedBytes,
  };
}
