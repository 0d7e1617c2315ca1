/** Rows of events from several queries, each in the order of the query, as one list in that order. Pure. */

import type { InsightsRow } from '../insights-rows.ts';
import type { EventsPlan, MergeOrder } from './batch-plan-types.ts';
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
  /** There is another row behind the limit. */
  readonly hasMore: boolean;
  /** The lists whose rows do not come in the order that AWS documents, by their place. */
  readonly unordered: readonly number[];
}

/** Merges rather than sorts, so that the order that CloudWatch gave stays where ours would differ. */
export function mergeEvents(lists: readonly EventList[], plan: EventsPlan): MergedEvents {
  const order = placeMissing(lists, plan);
  const isNew = createFilter(plan);
  const heads = lists.map(() => 0);
  const rows: InsightsRow[] = [];
  let dropped = 0;
  let hasMore = false;
  while (!hasMore) {
    const next = findNext(lists, heads, order);
    const list = lists[next];
    const row = list?.rows[heads[next] ?? 0];
    if (list === undefined || row === undefined) break;
    heads[next] = (heads[next] ?? 0) + 1;
    if (!isNew(row)) dropped += 1;
    else if (rows.length < plan.limit) rows.push(row);
    else hasMore = true;
    if (!list.isWhole && (heads[next] ?? 0) >= list.rows.length) break;
  }
  const promised = order.slice(0, plan.promisedKeys);
  const unordered = lists.flatMap((list, index) => (isOrdered(list, promised) ? [] : [index]));
  return { rows, dropped, hasMore, unordered };
}

function findNext(lists: readonly EventList[], heads: readonly number[], order: readonly MergeOrder[]): number {
  let best = -1;
  let bestRow: InsightsRow | undefined;
  for (const [index, list] of lists.entries()) {
    const row = list.rows[heads[index] ?? 0];
    if (row === undefined) continue;
    if (bestRow === undefined || compareRows(row, bestRow, order) < 0) {
      best = index;
      bestRow = row;
    }
  }
  return best;
}

function neighbours({ rows }: EventList): readonly (readonly [InsightsRow, InsightsRow])[] {
  return rows.slice(1).flatMap((row, index) => {
    const before = rows[index];
    return before === undefined ? [] : [[before, row] as const];
  });
}

function isOrdered(list: EventList, order: readonly MergeOrder[]): boolean {
  return neighbours(list).every(([before, row]) => compareRows(before, row, order) <= 0);
}

/** Where rows without a sort key stand is not documented: as in the lists, if they tell it, else behind all others. */
function placeMissing(lists: readonly EventList[], { order }: EventsPlan): readonly MergeOrder[] {
  const placed: MergeOrder[] = [];
  for (const key of order) {
    const first = lists
      .flatMap(neighbours)
      .find(
        ([before, row]) =>
          (cellOf(before, key.column) === undefined) !== (cellOf(row, key.column) === undefined) &&
          compareRows(before, row, placed) === 0,
      )?.[0];
    placed.push({ ...key, isMissingFirst: first !== undefined && cellOf(first, key.column) === undefined });
  }
  return placed;
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
