import { describe, expect, it } from 'vitest';
import type { InsightsRow } from '../insights-rows.ts';
import type { MergedColumn } from './batch-plan-types.ts';
import { compareKeys, mergeCells, UNCLEAR } from './merge-cells.ts';

function row(cells: Readonly<Record<string, string>>): InsightsRow {
  return Object.entries(cells).map(([field, value]) => ({ field, value }));
}

function merge(how: MergedColumn['how'], ...values: readonly string[]) {
  return mergeCells(
    values.map((v) => row({ v })),
    { name: 'v', how },
  );
}

describe('mergeCells', () => {
  it.each([
    ['add', ['1', '2', '3'], '6'],
    ['add', ['9007199254740993', '1'], '9007199254740994'],
    ['add', ['0.1', '0.2'], '0.3'],
    ['add', ['1', 'x'], UNCLEAR],
    ['least', ['10', '9', '11'], '9'],
    ['greatest', ['10', '9'], '10'],
    ['greatest', ['2026-03-01 11:59:59.000', '2026-03-01 12:00:00.000'], '2026-03-01 12:00:00.000'],
    ['least', ['1', 'x'], UNCLEAR],
    ['least', ['1', '2', 'x'], UNCLEAR],
    ['least', ['!', '1'], UNCLEAR],
    ['greatest', ['1', 'x'], UNCLEAR],
    ['greatest', ['x', 'y'], 'y'],
    ['least', ['x', 'y'], 'x'],
    ['least', ['-3', '-12', '5'], '-12'],
    ['first', ['b', 'a'], 'a'],
    ['last', ['b', 'a'], 'b'],
    ['add', ['unclear', 'unclear'], UNCLEAR],
    ['last', ['unclear', 'a'], 'unclear'],
    ['last', ['v1.9', 'v1.10'], 'v1.10'],
    ['first', ['7', 'n/a'], 'n/a'],
    ['greatest', ['v1.9', 'v1.10'], UNCLEAR],
    ['greatest', ['v1.8', 'v1.9'], 'v1.9'],
    ['count', ['1', '2'], '3'],
  ] as const)('%s of %j', (how, values, expected) => {
    expect(merge(how, ...values)).toBe(expected);
  });

  it('gives nothing where no part has a value, and a lone value unchanged', () => {
    expect(merge('add')).toBeUndefined();
    expect(mergeCells([row({ v: '1.50' }), row({ w: '2' })], { name: 'v', how: 'add' })).toBe('1.50');
  });

  const mean = { name: 'm', how: 'mean', parts: { sum: 's', count: 'c' } } as const;

  it('weighs means by their counts', () => {
    const parts = [row({ m: '1', s: '3', c: '3' }), row({ m: '5', s: '5', c: '1' })];
    expect(mergeCells(parts, mean)).toBe('2');
  });

  it('takes no value for a number that is none: the count of the mean decides', () => {
    const parts = [row({ m: '1', s: '3', c: '5' }), row({ m: '5', s: '5', c: '1' })];
    expect(mergeCells(parts, mean)).toBe('2');
    const zero = [row({ m: '0', s: '0', c: '5' }), row({ m: '5', s: '5', c: '1' })];
    expect(mergeCells(zero, mean)).toBe('0.833333333333333');
    expect(mergeCells([...zero, row({ m: '1', s: '3', c: '5' })], mean)).toBe(UNCLEAR);
    const rounded = [row({ m: '0.3333', s: '1', c: '3' }), row({ m: '1', s: '1', c: '1' })];
    expect(mergeCells(rounded, mean)).toBe('0.5');
  });

  it('takes no group without a count for one of nothing', () => {
    expect(mergeCells([row({ v: '1' }), row({ w: '2' })], { name: 'v', how: 'count' })).toBe(UNCLEAR);
  });

  it.each([
    [['3', '1'], ['6', '4'], '1.66666666666667'],
    [['0.3333'], ['1'], '0.3333'],
    [['0.3333', '2'], ['1', '2'], '0.75'],
    [['0.0001', '2'], ['1', '2'], UNCLEAR],
    [['0', '2'], ['0', '2'], UNCLEAR],
    [['250.1251', '1'], ['10000000', '1'], String(Number((10_000_001 / 39_981).toPrecision(15)))],
    [['0.25', '1'], ['10000', '1'], UNCLEAR],
  ])('weighs means %j of the sums %j without counts where one count fits', (means, sums, expected) => {
    const parts = means.map((m, index) => row({ m, s: sums[index] ?? '' }));
    expect(mergeCells(parts, { name: 'm', how: 'mean', parts: { sum: 's' } })).toBe(expected);
  });

  it('cannot weigh without sums', () => {
    expect(mergeCells([row({ m: '1' }), row({ m: '5' })], mean)).toBe(UNCLEAR);
  });
});

describe('compareKeys', () => {
  it('puts missing values last in either direction', () => {
    for (const isDescending of [true, false]) {
      expect(compareKeys([undefined], ['1'], [{ column: 'v', isDescending }])).toBeGreaterThan(0);
      expect(compareKeys(['1'], [undefined], [{ column: 'v', isDescending }])).toBeLessThan(0);
    }
  });

  it('compares numbers as numbers and breaks ties by the next key', () => {
    const order = [
      { column: 'v', isDescending: false },
      { column: 'w', isDescending: true },
    ];
    expect(compareKeys(['9', undefined], ['10', undefined], order)).toBeLessThan(0);
    expect(compareKeys(['9', 'a'], ['9.0', 'b'], order)).toBeGreaterThan(0);
  });
});
