/** Rows of events from several queries, each in the order of the query, as one list in that order. Pure. */

import type { InsightsRow } from '../insights-rows.ts';
import type { EventsPlan } from './batch-plan-types.ts';
import { cellOf, compareRows } from './merge-cells.ts';

export interface EventList {
  readonly rows: readonly InsightsRow[];
  /** False where more rows follow than are held here: what comes after them cannot be ordered. */
  readonly isWhole: boolean;
}

export interface MergedEvents {
  readonly rows: readonly InsightsRow[];
  /** Rows that were the same event, or the same to `dedup`. */
  readonly dropped: number;
}

/** Merges rather than sorts, so that the order that CloudWatch gave stays where ours would differ. */
export function mergeEvents(lists: readonly EventList[], plan: EventsPlan): MergedEvents {
  const isNew = createFilter(plan);
  const heads = lists.map(() => 0);
  const rows: InsightsRow[] = [];
  let dropped = 0;
  while (rows.length < plan.limit) {
    const next = findNext(lists, heads, plan);
    const list = lists[next];
    const row = list?.rows[heads[next] ?? 0];
    if (list === undefined || row === undefined) break;
    heads[next] = (heads[next] ?? 0) + 1;
    if (isNew(row)) rows.push(row);
    else dropped += 1;
    if (!list.isWhole && (heads[next] ?? 0) >= list.rows.length) break;
  }
  return { rows, dropped };
}

function findNext(lists: readonly EventList[], heads: readonly number[], plan: EventsPlan): number {
  let best = -1;
  let bestRow: InsightsRow | undefined;
  for (const [index, list] of lists.entries()) {
    const row = list.rows[heads[index] ?? 0];
    if (row === undefined) continue;
    if (bestRow === undefined || compareRows(row, bestRow, plan.order) < 0) {
      best = index;
      bestRow = row;
    }
  }
  return best;
}

/** Whether a row is met for the first time. */
function createFilter({ dedup, isOnePerEvent }: EventsPlan): (row: InsightsRow) => boolean {
  const pointers = new Set<string>();
  const keys = new Set<string>();
  const isFirst = (seen: Set<string>, id: string): boolean => seen.size !== seen.add(id).size;
  return (row) => {
    const pointer = isOnePerEvent ? cellOf(row, '@ptr') : undefined;
    if (pointer !== undefined && !isFirst(pointers, pointer)) return false;
    const values = dedup.flatMap((column) => cellOf(row, column) ?? []);
    // `dedup` keeps every event that lacks one of its fields.
    return dedup.length === 0 || values.length < dedup.length || isFirst(keys, JSON.stringify(values));
  };
}
