import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { clipValues, dropPointer, toCellValue, toTable } from './insights-rows.ts';

const row = fc.array(
  fc.record({ field: fc.constantFrom('a', 'b', 'a (2)', '@ptr', '__proto__'), value: fc.string() }),
  {
    maxLength: 6,
  },
);

describe('toTable', () => {
  it('loses no value, whatever fields are called and however often they come', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        const table = toTable(rows);
        expect(new Set(table.columns).size).toBe(table.columns.length);
        expect(table.rows).toHaveLength(rows.length);
        for (const [index, fields] of rows.entries()) {
          const cells = table.rows[index] ?? [];
          expect(cells).toHaveLength(table.columns.length);
          expect(cells.filter((cell) => cell !== undefined).toSorted()).toEqual(
            fields.map(({ value }) => value).toSorted(),
          );
        }
      }),
    );
  });

  it('numbers repeated names and keeps the order of the query', () => {
    const table = toTable([
      [{ field: 'n', value: '1' }],
      [
        { field: 'level', value: 'E' },
        { field: 'n', value: '2' },
        { field: 'n', value: '3' },
      ],
    ]);
    expect(table).toEqual({
      columns: ['level', 'n', 'n (2)'],
      rows: [
        [undefined, '1', undefined],
        ['E', '2', '3'],
      ],
    });
  });
});

describe('toCellValue', () => {
  it.each([
    ['n', '42', 42],
    ['n', '-3', -3],
    ['n', '1.5', 1.5],
    ['n', '2025.7567567567567', 2025.7567567567567],
    ['n', '12.0', 12],
    ['n', '1.5E7', 15_000_000],
    ['n', '007', '007'],
    ['n', '1.10', '1.10'],
    ['n', '-0', '-0'],
    ['n', '9007199254740993', '9007199254740993'],
    ['n', '1e999', '1e999'],
    ['n', '', ''],
    ['n', '2026-03-01 11:00:00.000', '2026-03-01 11:00:00.000'],
    ['@message', '42', '42'],
    ['n', undefined, null],
  ])('%s %j becomes %j', (column, value, expected) => {
    expect(toCellValue(column, value)).toBe(expected);
  });

  it('gives back every safe integer', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(toCellValue('n', String(n))).toBe(n);
      }),
    );
  });
});

describe('rows', () => {
  it('lose their pointer only, and long values their end', () => {
    const fields = [
      { field: 'a', value: 'abcdef' },
      { field: '@ptr', value: 'p' },
    ];
    expect(dropPointer(fields)).toEqual([fields[0]]);
    expect(clipValues(fields, 4)).toEqual([{ field: 'a', value: 'abc…' }, fields[1]]);
  });
});
