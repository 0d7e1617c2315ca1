/** Rows of several ordered lists, in their common order. Pure. */
import type { InsightsRow } from '../insights-rows.ts';
import type { MergeOrder } from './batch-plan-types.ts';
import { compareKeys, keyOf, type SortKey } from './merge-cells.ts';

/** Rows between two steps: some milliseconds of work. */
export const ROWS_PER_STEP = 500;

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
