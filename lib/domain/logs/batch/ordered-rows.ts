/** Rows in the order of a query, however many they are: what takes long is done in steps. Pure. */
import type { InsightsRow } from '../insights-rows.ts';
import type { MergeOrder } from './batch-plan-types.ts';
import { compareKeys, keyOf, type SortKey } from './merge-cells.ts';

/** Rows between two steps: some milliseconds of work. */
export const ROWS_PER_STEP = 500;
/** Rows that are sorted at once. */
const ROWS_PER_RUN = 2_000;

export interface TakenRow {
  readonly row: InsightsRow;
  /** The place of the list that it is of. */
  readonly list: number;
}

/** Ordered lists, taken from row by row in their common order; of equal rows that of the earlier list comes first. */
export class OrderedRows {
  readonly #lists: readonly (readonly InsightsRow[])[];
  readonly #order: readonly MergeOrder[];
  readonly #next: number[];
  readonly #keys: (SortKey | undefined)[];

  constructor(lists: readonly (readonly InsightsRow[])[], order: readonly MergeOrder[]) {
    this.#lists = lists;
    this.#order = order;
    this.#next = lists.map(() => 0);
    this.#keys = lists.map(([first]) => (first === undefined ? undefined : keyOf(first, order)));
  }

  take(): TakenRow | undefined {
    let best = -1;
    let bestKey: SortKey | undefined;
    for (const [list, key] of this.#keys.entries()) {
      if (key === undefined || (bestKey !== undefined && compareKeys(key, bestKey, this.#order) >= 0)) continue;
      best = list;
      bestKey = key;
    }
    const rows = this.#lists[best] ?? [];
    const at = this.#next[best] ?? 0;
    const row = rows[at];
    if (row === undefined) return undefined;
    const following = rows[at + 1];
    this.#next[best] = at + 1;
    this.#keys[best] = following === undefined ? undefined : keyOf(following, this.#order);
    return { row, list: best };
  }

  /** Whether the list has no row left. */
  isAtEnd(list: number): boolean {
    return this.#keys[list] === undefined;
  }
}

/** The first rows in the order; rows that are equal to it stay as they stood. */
export function* sortRows(
  rows: readonly InsightsRow[],
  order: readonly MergeOrder[],
  limit: number,
): Generator<void, readonly InsightsRow[], undefined> {
  if (order.length === 0) return rows.slice(0, limit);
  const runs: (readonly InsightsRow[])[] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_RUN) {
    runs.push(sortRun(rows.slice(start, start + ROWS_PER_RUN), order));
    yield;
  }
  const ordered = new OrderedRows(runs, order);
  const first: InsightsRow[] = [];
  while (first.length < limit) {
    const taken = ordered.take();
    if (taken === undefined) break;
    first.push(taken.row);
    if (first.length % ROWS_PER_STEP === 0) yield;
  }
  return first;
}

function sortRun(rows: readonly InsightsRow[], order: readonly MergeOrder[]): readonly InsightsRow[] {
  return rows
    .map((row) => ({ row, key: keyOf(row, order) }))
    .sort((left, right) => compareKeys(left.key, right.key, order))
    .map(({ row }) => row);
}
