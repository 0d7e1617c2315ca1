import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import type { InsightsRow } from '../insights-rows.ts';
import { compareKeys, keyOf } from './merge-cells.ts';
import { OrderedRows } from './ordered-rows.ts';

const ORDER = [
  { column: 'a', isDescending: true },
  { column: 'b', isDescending: false, isMissingFirst: true },
];
const cell = fc.constantFrom(undefined, '1', '2', '10', 'x2', 'x10');
const anyRow = fc
  .tuple(cell, cell, fc.nat())
  .map(
    ([a, b, id]): InsightsRow =>
      Object.entries({ a, b, id: String(id) }).flatMap(([field, value]) =>
        value === undefined ? [] : [{ field, value }],
      ),
  );
/** As the language sorts, which keeps what is equal where it stands. */
const sorted = (rows: readonly InsightsRow[]) =>
  rows.toSorted((left, right) => compareKeys(keyOf(left, ORDER), keyOf(right, ORDER), ORDER));

describe('ordered lists', () => {
  it('give each row once, in order, the earlier list first, and know their ends', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyRow, { maxLength: 12 }), { maxLength: 6 }), (some) => {
        const lists = some.map(sorted);
        const ordered = new OrderedRows(lists, ORDER);
        const left = lists.map(({ length }) => length);
        const given: InsightsRow[] = [];
        for (let taken = ordered.take(); taken !== undefined; taken = ordered.take()) {
          given.push(taken.row);
          left[taken.list] = (left[taken.list] ?? 0) - 1;
          expect(ordered.isAtEnd(taken.list)).toBe(left[taken.list] === 0);
        }
        expect(given).toEqual(sorted(lists.flat()));
      }),
    );
  });
});
