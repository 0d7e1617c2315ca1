/** Brings the rows that an answer can show, and counts the rest, without holding more than that in memory. */
import type { QuerySnapshot } from '../../aws/ports/logs.ts';
import type { Target } from '../../aws/ports/targets.ts';
import { clipValues, dropPointer, type InsightsRow, sizeOfRow } from '../../domain/insights-rows.ts';
import type { ToolContext } from '../../tool/types.ts';

/** Longest value in `structuredContent`; longer ones are cut and marked. */
const MAX_VALUE_CHARS = 4_000;

export interface RowWindow {
  /** Rows from `offset` on, as many as an answer can hold. */
  readonly rows: readonly InsightsRow[];
  /** Rows of the result, from its first one on; where it is not known, undefined. */
  readonly total: number | undefined;
}

export interface CollectOptions {
  readonly target: Target;
  readonly awsId: string;
  readonly offset: number;
  readonly limit: number;
  readonly maxRowChars: number;
  readonly hasPointers: boolean;
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
  let leftChars = context.config.maxResultChars;
  let isWhole = true;
  for await (const page of pagesOf(snapshot, options, context)) {
    for (const row of page.rows) {
      seen += 1;
      if (seen <= offset || rows.length >= limit || leftChars <= 0) continue;
      const kept = clipValues(options.hasPointers ? row : dropPointer(row), Math.max(MAX_VALUE_CHARS, maxRowChars));
      leftChars -= Math.min(sizeOfRow(kept), maxRowChars) + 1;
      rows.push(kept);
    }
    const isEnough = rows.length >= limit || leftChars <= 0;
    isWhole = !page.hasMoreRows;
    if ((isEnough && known !== undefined) || seen > offset + limit || context.clock() >= context.deadlineEpochMs) break;
  }
  return { rows, total: known ?? (isWhole ? seen : undefined) };
}

async function* pagesOf(
  snapshot: QuerySnapshot,
  { target, awsId }: CollectOptions,
  context: ToolContext,
): AsyncGenerator<QuerySnapshot> {
  if (snapshot.hasMoreRows) yield* context.aws(target).logs.readQuery(awsId, context.signal);
  else yield snapshot;
}
