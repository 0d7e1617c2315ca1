import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import { fc } from '../../../../test/support/property.ts';
import type { InsightsRow } from '../insights-rows.ts';
import { compareKeys, keyOf } from './merge-cells.ts';
import { OrderedRows, sortRows } from './ordered-rows.ts';

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

describe('sorted rows', () => {
  it('are those of a stable sort, cut at the limit, however many runs there are', () => {
    const anyCount = fc.constantFrom(0, 1, 1_999, 2_000, 2_001, 5_000);
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 40 }), anyCount, fc.nat(6_000), (some, count, limit) => {
        const rows = Array.from({ length: count }, (_, at) => some[(at * 7) % some.length] ?? []);
        expect(finish(sortRows(rows, ORDER, limit))).toEqual(sorted(rows).slice(0, limit));
      }),
      { numRuns: 15 },
    );
  });

  it('stay as they are without an order', () => {
    const rows = ['3', '1', '2'].map((value) => [{ field: 'a', value }]);
    expect(finish(sortRows(rows, [], 2))).toEqual(rows.slice(0, 2));
  });
});

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
