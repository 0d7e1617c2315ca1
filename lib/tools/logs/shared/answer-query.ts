/** The answer that shows where a query stands and its rows; what it says first is the tool's own. */
import type { z } from 'zod';
import type { QueryState, QueryStatistics } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import type { ConsoleLink } from '../../../domain/console-links.ts';
import { writeTable } from '../../../domain/logs/insights-text.ts';
import { type AskedColumn, type AskedTable, toAskedTable } from '../../../domain/logs/query/shown-columns.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, formatCount, listSome } from '../../../domain/text/counts.ts';
import { estimateScanUsd, formatBytes, formatUsd } from '../../../domain/text/log-size.ts';
import type { Answer } from '../../../tool/types.ts';
import { type queryOutput, toRowsOutput, toStatisticsOutput } from './output-query.ts';
import type { RowWindow } from './read-rows.ts';

export const NO_STATISTICS: QueryStatistics = { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 };

export interface QueryAnswerParts {
  readonly headline: string;
  readonly target: Target;
  readonly queryId: string;
  readonly state: QueryState;
  readonly statistics: QueryStatistics;
  readonly window: RowWindow;
  readonly offset: number;
  /** Rows that may be had by going on, from the first row of the result; undefined = not known. */
  readonly available: number | undefined;
  readonly maxRowChars: number;
  readonly hasPointers: boolean;
  readonly isCutByLimit?: boolean;
  /** Of the query, as far as it is known. */
  readonly columns?: readonly AskedColumn[] | undefined;
  readonly facts?: readonly string[];
  readonly hints: readonly string[];
  readonly warnings: readonly string[];
  readonly link?: ConsoleLink | undefined;
  readonly usdPerGb: number;
}

export function answerQuery(parts: QueryAnswerParts): Answer<z.input<typeof queryOutput>> {
  const { target, queryId, state, statistics, window, offset, available } = parts;
  const table = toAskedTable(window.rows, parts.columns);
  const warnings = [
    ...parts.warnings,
    ...(window.warning === undefined ? [] : [window.warning]),
    ...warnMissing(table),
  ];
  const text = writeTable(table, parts.maxRowChars);
  const pointers = parts.hasPointers ? ', include_ptr=true' : '';
  return {
    headline: parts.headline,
    targets: [target],
    facts: [`query_id: ${queryId}`, describeStatistics(statistics, parts.usdPerGb), ...(parts.facts ?? [])],
    list: {
      noun: 'row',
      head: text.head,
      items: text.lines,
      isUntrusted: true,
      total: available === undefined ? undefined : Math.max(offset + window.rows.length, available),
      offset,
      continueBy: (shown) =>
        `For the next ones call get_logs_insight_query_results with query_id="${queryId}", offset=${offset + shown}${pointers}.`,
    },
    hints: [...parts.hints, ...hintCutRows(text.cutRows, parts)],
    warnings,
    link: parts.link,
    structured: ({ shown }) => ({
      query_id: queryId,
      status: state,
      statistics: toStatisticsOutput(statistics, parts.usdPerGb),
      ...toRowsOutput(window.rows.slice(0, shown), parts.columns),
      offset,
      ...(offset + shown < (available ?? offset + window.rows.length) && { next_offset: offset + shown }),
      is_cut_by_limit: parts.isCutByLimit,
    }),
  };
}

const MAX_NAMED = 5;

/** Columns that no row has: fields that the events lack, or an answer that is not whole. */
export function warnMissing({ columns, missing, rows }: AskedTable): string[] {
  if (rows.length > 0 && columns.length === 0)
    return [
      `The ${countOf(rows.length, 'row')} hold only @ptr, no columns: the events lack the fields that the query names → get_log_group_fields tells what they have.`,
    ];
  if (missing.length === 0) return [];
  const always = missing.filter(({ isAlways }) => isAlways);
  const named = always.length > 0 ? always : missing;
  const names = listSome(
    named.map(({ name }) => inlineName(name)),
    MAX_NAMED,
  );
  if (always.length > 0)
    return [`No row has ${names}, which CloudWatch gives always: its answer is not whole → run the query again.`];
  const what = missing.length === columns.length ? ': the rows hold only @ptr' : '';
  return [
    `No row has ${names}${what}. The events lack what ${missing.length === 1 ? 'it is' : 'they are'} made of, or a name is wrong → get_log_group_fields tells the fields.`,
  ];
}

export function describeStatistics(statistics: QueryStatistics, usdPerGb: number): string {
  const { bytesScanned, recordsScanned, recordsMatched } = statistics;
  return `Scanned ${formatBytes(bytesScanned)} in ${countOf(recordsScanned, 'event')}, ${formatCount(recordsMatched)} matched; estimated cost ${formatUsd(estimateScanUsd(bytesScanned, usdPerGb))}.`;
}

/** How to see more of a query that goes on. */
export function hintRunning(queryId: string): string {
  return `get_logs_insight_query_results with query_id="${queryId}", wait_seconds=30 brings the rest; cancel_logs_insight_query stops the query.`;
}

/** Why a finished query may have no rows, and what to try. */
export function hintEmpty(statistics: QueryStatistics): string {
  return statistics.recordsScanned === 0
    ? 'No event was read: the log groups got none in this time, or no longer keep it → widen start_time, or check retention and size with describe_log_groups.'
    : `${countOf(statistics.recordsScanned, 'event')} read, none left by the query → field names and matches are case-sensitive: get_log_group_fields names the fields, "fields @timestamp, @message | limit 5" shows events.`;
}

const WIDER_ROW_CHARS = 5_000;

function hintCutRows(cutRows: number, parts: QueryAnswerParts): string[] {
  if (cutRows === 0) return [];
  return [
    `${countOf(cutRows, 'row')} cut (…) at ${formatCount(parts.maxRowChars)} characters; in full: get_logs_insight_query_results with query_id="${parts.queryId}", offset=<row, from 0>, limit=1, max_row_chars=${Math.max(WIDER_ROW_CHARS, Math.min(20_000, parts.maxRowChars * 4))}; or, with include_ptr=true, get_log_record with pointer=<@ptr of the row>.`,
  ];
}
