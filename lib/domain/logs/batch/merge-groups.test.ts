import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import type { InsightsRow } from '../insights-rows.ts';
import { planBatch } from './batch-plan.ts';
import type { GroupsPlan } from './batch-plan-types.ts';
import { type ChunkRows, mergeGroups } from './merge-groups.ts';

function planOf(query: string): GroupsPlan {
  const plan = planBatch(query, 100);
  if (plan.kind !== 'groups') throw new Error(`${query} has no groups`);
  return plan;
}

const row = (cells: Readonly<Record<string, string>>): InsightsRow =>
  Object.entries(cells).map(([field, value]) => ({ field, value }));
const chunk = (label: string, ...rows: Readonly<Record<string, string>>[]): ChunkRows => ({
  label,
  rows: rows.map(row),
});
const cellsOf = (rows: readonly InsightsRow[]) =>
  rows.map((cells) => Object.fromEntries(cells.map(({ field, value }) => [field, value])));

function merge(query: string, ...chunks: readonly ChunkRows[]) {
  const merged = finish(mergeGroups(chunks, planOf(query)));
  return { ...merged, rows: cellsOf(merged.rows) };
}

describe('mergeGroups', () => {
  it('makes one of the groups with the same key, a missing key included', () => {
    expect(
      merge(
        'stats count(*) as n by h, k | sort n desc',
        chunk('1', { h: 'a', k: 'x', n: '1' }, { h: 'a', n: '5' }),
        chunk('2', { h: 'a', k: 'x', n: '2' }, { h: 'a', n: '6' }, { k: 'a', n: '4' }),
      ),
    ).toEqual({
      rows: [
        { h: 'a', n: '11' },
        { k: 'a', n: '4' },
        { h: 'a', k: 'x', n: '3' },
      ],
      unmerged: 0,
      unmergedColumns: [],
      total: 3,
    });
  });

  it('knows a column however it is written, and hides what was asked besides', () => {
    const rows = [
      chunk('1', { 'avg( a )': '2', mcpSum0: '4', mcpCount0: '2' }),
      chunk('2', { 'avg(a)': '5', mcpSum0: '5', mcpCount0: '1' }),
    ];
    expect(merge('stats avg(a)', ...rows).rows).toEqual([{ 'avg(a)': '3' }]);
  });

  it('lets groups stand once for each chunk where nobody can put them together, and says which', () => {
    expect(
      merge(
        'stats pct(a, 95) as p, count(*) as n by h | sort h, n',
        chunk('1', { h: 'a', p: '1', n: '1' }, { h: 'b', p: '2', n: '1' }),
        chunk('2', { h: 'a', p: '3', n: '2' }, { h: 'c', p: '4', n: '7' }),
      ),
    ).toEqual({
      rows: [
        { chunk: '1', h: 'a', p: '1', n: '1' },
        { chunk: '2', h: 'a', p: '3', n: '2' },
        { chunk: 'all', h: 'a', n: '3' },
        { chunk: '1', h: 'b', p: '2', n: '1' },
        { chunk: '2', h: 'c', p: '4', n: '7' },
      ],
      unmerged: 1,
      unmergedColumns: ['p'],
      total: 5,
    });
  });

  it('marks what is of all chunks beside what is not', () => {
    const { rows, unmergedColumns } = merge(
      'stats max(a) as m by h | sort h',
      chunk('1', { h: 'a', m: '1' }, { h: 'b', m: '1' }),
      chunk('2', { h: 'a', m: 'x' }, { h: 'b', m: '3' }),
    );
    expect(rows.map(({ chunk: label, h }) => `${label} ${h}`)).toEqual(['1 a', '2 a', 'all b']);
    expect(unmergedColumns).toEqual(['m']);
  });

  it('shows the columns that are asked for, in that order, and no more groups than the limit', () => {
    expect(
      merge(
        'stats count(*) as n, max(a) as m by h | sort n desc | limit 1 | display m, h',
        chunk('1', { h: 'a', n: '1', m: '5' }, { h: 'b', n: '2', m: '6' }),
      ),
    ).toMatchObject({ rows: [{ m: '6', h: 'b' }], total: 2 });
  });
});
