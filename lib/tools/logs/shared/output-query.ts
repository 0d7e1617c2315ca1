/** What the tools that show a query have in common in `structuredContent`. */
import { z } from 'zod';
import { QUERY_STATES, type QueryStatistics } from '../../../aws/ports/logs.ts';
import { type InsightsRow, toCellValue } from '../../../domain/logs/insights-rows.ts';
import { type AskedColumn, toAskedTable } from '../../../domain/logs/query/shown-columns.ts';
import { estimateScanUsd } from '../../../domain/text/log-size.ts';

export const statisticsOutput = z.object({
  records_matched: z.number(),
  records_scanned: z.number(),
  bytes_scanned: z.number(),
  estimated_cost_usd: z.number(),
});

export const queryOutput = z.object({
  query_id: z.string(),
  status: z.enum(QUERY_STATES),
  statistics: statisticsOutput,
  columns: z.array(z.string()).describe('a repeated name is numbered: count (2)'),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).describe('cells in the order of columns'),
  offset: z.int(),
  next_offset: z.int().optional(),
  is_cut_by_limit: z.boolean().optional().describe('the query found more rows than limit'),
});

export function toStatisticsOutput(statistics: QueryStatistics, usdPerGb: number): z.input<typeof statisticsOutput> {
  return {
    records_matched: statistics.recordsMatched,
    records_scanned: statistics.recordsScanned,
    bytes_scanned: statistics.bytesScanned,
    estimated_cost_usd: estimateScanUsd(statistics.bytesScanned, usdPerGb),
  };
}

/** @param asked columns of the query, which stand there even where no row has them */
export function toRowsOutput(
  rows: readonly InsightsRow[],
  asked: readonly AskedColumn[] | undefined,
): Pick<z.input<typeof queryOutput>, 'columns' | 'rows'> {
  const table = toAskedTable(rows, asked);
  return {
    columns: [...table.columns],
    rows: table.rows.map((cells) => cells.map((value, index) => toCellValue(table.columns[index] ?? '', value))),
  };
}
