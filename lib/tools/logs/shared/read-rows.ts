/** Brings the rows that an answer can show, and counts the rest, without holding more than that in memory. */
import type { QuerySnapshot } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { clipValues, dropPointer, type InsightsRow, sizeOfRow } from '../../../domain/logs/insights-rows.ts';
import { type AppError, isAppError } from '../../../errors.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';

/** Longest value in `structuredContent`; longer ones are cut and marked. */
const MAX_VALUE_CHARS = 4_000;

export interface RowWindow {
  /** Rows from `offset` on, as many as an answer can hold. */
  readonly rows: readonly InsightsRow[];
  /** Rows of the result, from its first one on; where it is not known, undefined. */
  readonly total: number | undefined;
  /** Why there may be more rows than these. */
  readonly warning?: string;
}

export interface CollectOptions {
  readonly target: Target;
  readonly awsId: string;
  readonly offset: number;
  readonly limit: number;
  readonly maxRowChars: number;
  readonly hasPointers: boolean;
  /** Characters to hold; default: what an answer shows. */
  readonly maxChars?: number;
}

/** @param snapshot the last look, which holds the first rows */
export async function collectRows(
  snapshot: QuerySnapshot,
  options: CollectOptions,
  context: ToolContext,
): Promise<RowWindow> {
  const { offset, limit, maxRowChars } = options;
  const known = snapshot.statistics.rowCount;
  const rows: InsightsRow[] = [];
  let seen = 0;
  let leftChars = options.maxChars ?? context.config.maxResultChars;
  let isWhole = true;
  for await (const page of pagesOf(snapshot, options, context)) {
    if (isAppError(page)) {
      const warning = `Not all rows could be read: ${page.publicMessage}`;
      return { rows, total: known, warning };
    }
    for (const row of page.rows) {
      seen += 1;
      if (seen <= offset || rows.length >= limit || leftChars <= 0) continue;
      const kept = clipValues(options.hasPointers ? row : dropPointer(row), Math.max(MAX_VALUE_CHARS, maxRowChars));
      leftChars -= Math.min(sizeOfRow(kept), maxRowChars) + 1;
      rows.push(kept);
    }
    const isEnough = rows.length >= limit || leftChars <= 0;
    isWhole = !page.hasMoreRows;
    if ((isEnough && known !== undefined) || seen > offset + limit || !context.hasTime()) break;
  }
  return { rows, total: known ?? (isWhole ? seen : undefined) };
}

/** A page that fails for the moment ends the rows instead of losing those that are there. */
async function* pagesOf(
  snapshot: QuerySnapshot,
  { target, awsId }: CollectOptions,
  context: ToolContext,
): AsyncGenerator<QuerySnapshot | AppError> {
  if (!snapshot.hasMoreRows) {
    yield snapshot;
    return;
  }
  const limit = startTimeLimit(context, context.deadlineEpochMs);
  let pages = 0;
  try {
    for await (const page of context.aws(target).logs.readQuery(awsId, limit.signal)) {
      pages += 1;
      yield page;
    }
  } catch (error) {
    if (context.signal.aborted || !isAppError(error) || !error.isRetryable) throw error;
    if (pages === 0) yield snapshot;
    yield error;
  } finally {
    limit.end();
  }
}
