/** Rows of events from several queries, each in the order of the query, as one list in that order. Pure. */

import type { InsightsRow } from '../insights-rows.ts';
import type { EventsPlan, MergeOrder } from './batch-plan-types.ts';
import { cellOf, compareKeys, keyOf, type SortKey } from './merge-cells.ts';
import { OrderedRows, ROWS_PER_STEP, type TakenRow } from './ordered-rows.ts';

export interface EventList {
  readonly rows: readonly InsightsRow[];
  /** False where more rows follow than are held here: what comes after them cannot be ordered. */
  readonly isWhole: boolean;
}

export interface MergedEvents {
  readonly rows: readonly TakenRow[];
  /** Rows that were the same event, or the same to `dedup`. */
  readonly dropped: number;
  /** There is another row behind the limit. */
  readonly hasMore: boolean;
  /** The lists whose rows do not come in the order that AWS documents, by their place. */
  readonly unordered: readonly number[];
}

/** Merges rather than sorts, so that the order that CloudWatch gave stays where ours would differ. Yields after some rows. */
export function* mergeEvents(lists: readonly EventList[], plan: EventsPlan): Generator<void, MergedEvents, undefined> {
  const order = yield* placeMissing(lists, plan);
  const isNew = createFilter(plan);
  const ordered = new OrderedRows(
    lists.map((list) => list.rows),
    order,
  );
  const kept: TakenRow[] = [];
  let seen = 0;
  let dropped = 0;
  let hasMore = false;
  while (!hasMore) {
    const taken = ordered.take();
    if (taken === undefined) break;
    if (!isNew(taken.row)) dropped += 1;
    else if (kept.length < plan.limit) kept.push(taken);
    else hasMore = true;
    if (lists[taken.list]?.isWhole !== true && ordered.isAtEnd(taken.list)) break;
    seen += 1;
    if (seen % ROWS_PER_STEP === 0) yield;
  }
  const promised = order.slice(0, plan.promisedKeys);
  const unordered: number[] = [];
  for (const [index, { rows }] of lists.entries()) if (!(yield* isOrdered(rows, promised))) unordered.push(index);
  return { rows: kept, dropped, hasMore, unordered };
}

function* isOrdered(rows: readonly InsightsRow[], order: readonly MergeOrder[]): Generator<void, boolean, undefined> {
  let before: SortKey | undefined;
  for (const [index, row] of rows.entries()) {
    const key = keyOf(row, order);
    if (before !== undefined && compareKeys(before, key, order) > 0) return false;
    before = key;
    if (index % ROWS_PER_STEP === 0) yield;
  }
  return true;
}

/** Where rows without a sort key stand is not documented: as in the lists, if they tell it, else behind all others. */
function* placeMissing(
  lists: readonly EventList[],
  { order }: EventsPlan,
): Generator<void, readonly MergeOrder[], undefined> {
  const placed: MergeOrder[] = [];
  for (const key of order) placed.push({ ...key, isMissingFirst: yield* isMissingFirst(lists, [...placed, key]) });
  return placed;
}

/** Of the last key, as told by the first neighbours that differ in nothing but that one lacks it. */
function* isMissingFirst(
  lists: readonly EventList[],
  order: readonly MergeOrder[],
): Generator<void, boolean, undefined> {
  const earlier = order.slice(0, -1);
  const last = earlier.length;
  for (const { rows } of lists) {
    let before: SortKey | undefined;
    for (const [index, row] of rows.entries()) {
      const key = keyOf(row, order);
      if (before !== undefined && (before[last] === undefined) !== (key[last] === undefined))
        if (compareKeys(before, key, earlier) === 0) return before[last] === undefined;
      before = key;
      if (index % ROWS_PER_STEP === 0) yield;
    }
  }
  return false;
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
