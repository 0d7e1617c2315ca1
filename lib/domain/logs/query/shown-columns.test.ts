import { describe, expect, it } from 'vitest';
import { findShownColumns, toAskedTable } from './shown-columns.ts';

describe('findShownColumns', () => {
  it.each([
    ['filter a = 1', ['@timestamp', '@message']],
    ['fields a, b as c, @ptr | fields d', ['a', 'c', 'd']],
    ['fields a | display b | sort b | limit 5', ['b']],
    ['parse @message "x=* y=*" as x, y', ['@timestamp', '@message', 'x', 'y']],
    ['fields a | parse @message /k=(?<k>\\w+)/', ['a', 'k']],
    ['stats count(*) as n, avg(ms) by bin(5m), host', ['bin(5m)', 'host', 'n', 'avg(ms)']],
    ['stats count(*)', ['count(*)']],
    ['pattern @message | limit 3', ['@pattern', '@ratio', '@sampleCount', '@severityLabel']],
  ])('of %j', (query, columns) => {
    expect(findShownColumns(query, 'CWLI')?.map(({ name }) => name)).toEqual(columns);
  });

  it('knows what every row has', () => {
    const find = (query: string) =>
      findShownColumns(query, 'CWLI')?.flatMap(({ name, isAlways }) => (isAlways ? name : []));
    expect(find('stats count(*) as n, sum(a), count_distinct(b) by c')).toEqual(['n', 'count_distinct(b)']);
    expect(find('pattern @message')).toEqual(['@pattern', '@sampleCount']);
    expect(find('fields count')).toEqual([]);
  });

  it('leaves alone what it does not understand', () => {
    expect(findShownColumns('fields a | unnest a into b', 'CWLI')).toBeUndefined();
    expect(findShownColumns('fields a', 'PPL')).toBeUndefined();
  });
});

describe('toAskedTable', () => {
  const ask = (...names: readonly string[]) => names.map((name) => ({ name, isAlways: false }));
  const row = (cells: Readonly<Record<string, string>>) =>
    Object.entries(cells).map(([field, value]) => ({ field, value }));

  it('shows a column that no row has, where the query has it', () => {
    expect(toAskedTable([row({ a: '1', d: '2' }), row({ d: '3' })], ask('a', 'b', 'c', 'd', 'e'))).toEqual({
      columns: ['a', 'b', 'c', 'd', 'e'],
      rows: [
        ['1', undefined, undefined, '2', undefined],
        [undefined, undefined, undefined, '3', undefined],
      ],
      missing: ask('b', 'c', 'e'),
    });
    expect(toAskedTable([[]], ask('b', 'c'))).toEqual({
      columns: ['b', 'c'],
      rows: [[undefined, undefined]],
      missing: ask('b', 'c'),
    });
  });

  it('knows a column however the service writes it, and misses nothing without rows', () => {
    expect(toAskedTable([row({ 'count( * )': '1' })], ask('Count(*)')).missing).toEqual([]);
    expect(toAskedTable([], ask('a'))).toMatchObject({ columns: [], missing: [] });
    expect(toAskedTable([row({ a: '1' })], undefined)).toMatchObject({ columns: ['a'], missing: [] });
  });
});
