/** The rows of several queries as one table. */
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import { planBatch } from '../../../domain/logs/batch/batch-plan.ts';
import type { InsightsRow } from '../../../domain/logs/insights-rows.ts';
import { mergePieces as mergeInSteps } from './answer-rows.ts';
import type { BatchChunk, Piece } from './read.ts';

const chunkOf = (label: string): BatchChunk => ({
  target: { account: 'default', region: 'us-east-1' },
  groups: ['g'],
  label,
});

const toRow = (cells: Readonly<Record<string, string>>): InsightsRow =>
  Object.entries(cells).map(([field, value]) => ({ field, value }));

function pieceOf(chunk: BatchChunk, rows: readonly InsightsRow[]): Piece {
  const statistics = {
    recordsMatched: rows.length,
    recordsScanned: rows.length,
    bytesScanned: 0,
    rowCount: rows.length,
  };
  return {
    chunk,
    range: { startEpochMs: 0, endEpochMs: 1_000 },
    isCut: false,
    result: {
      value: {
        awsId: 'id',
        end: 'ended',
        snapshot: { state: 'complete', statistics, rows: [], hasMoreRows: false },
        window: { rows, total: rows.length },
      },
    },
  };
}

const mergePieces = (...args: Parameters<typeof mergeInSteps>) => finish(mergeInSteps(...args));

describe('groups', () => {
  const plan = planBatch('stats count(*) as n by k', 50_000);
  const rows = (count: number) => Array.from({ length: count }, (_, k) => toRow({ k: String(k), n: '1' }));

  it.each([
    [9_999, 0],
    [10_000, 1],
    [10_001, 1],
  ])('of a chunk with %i of them: %i warnings', (count, warnings) => {
    const merged = mergePieces([pieceOf(chunkOf('#1'), rows(count)), pieceOf(chunkOf('#2'), rows(3))], plan, false);
    expect(merged.warnings).toHaveLength(warnings);
    if (warnings > 0)
      expect(merged.warnings[0]).toMatch(/^#1 gave as many groups as can be read of one query \(10,000/);
  });

  it('without a sort are arbitrary at a limit', () => {
    const pieces = [pieceOf(chunkOf('#1'), rows(3)), pieceOf(chunkOf('#2'), rows(4))];
    expect(mergePieces(pieces, planBatch('stats count(*) as n by k', 2), false)).toMatchObject({
      isCutByLimit: true,
      isArbitrary: true,
    });
    expect(mergePieces(pieces, planBatch('stats count(*) as n by k | sort n', 2), false).isArbitrary).toBe(false);
  });
});

describe('events', () => {
  const plan = planBatch('fields @timestamp, a', 100);
  const event = (second: number, a: string) =>
    toRow({ '@timestamp': `2026-03-01 12:00:${String(second).padStart(2, '0')}.000`, a, '@ptr': `p-${second}-${a}` });

  it('of a shared second are there once, whichever halves have them', () => {
    const chunk = chunkOf('#1');
    const newer = [event(9, 'x'), event(5, 'y'), event(5, 'z')];
    const older = [event(5, 'y'), event(5, 'z'), event(1, 'w')];
    const merged = mergePieces([pieceOf(chunk, newer), pieceOf(chunk, older)], plan, false);
    expect(merged.rows.map((row) => row.find(({ field }) => field === 'a')?.value)).toEqual(['x', 'y', 'z', 'w']);
    expect(merged).toMatchObject({ total: 4, isCutByLimit: false, warnings: [] });
    expect(merged.notes?.[0]).toContain('the second at 1 seam asked twice: its events are shown once');
  });

  it('without pointers cannot be told apart, which is said', () => {
    const chunk = chunkOf('#1');
    const bare = [toRow({ '@timestamp': '2026-03-01 12:00:05.000', a: 'y' })];
    const merged = mergePieces([pieceOf(chunk, bare), pieceOf(chunk, bare)], plan, false);
    expect(merged.notes?.[0]).toContain('without @ptr its events may be shown twice');
  });

  it('in another order than the documented one are named', () => {
    const pieces = [pieceOf(chunkOf('#1'), [event(1, 'x'), event(9, 'y')]), pieceOf(chunkOf('#2'), [event(3, 'z')])];
    expect(mergePieces(pieces, plan, false).warnings[0]).toMatch(/^The rows of #1 do not come in the order/);
  });
});

it('says where a row is from without sorting by it', () => {
  const plan = planBatch('fields @timestamp, account | sort account asc', 10);
  const pieces = ['prod', 'dev'].map((account, at) => {
    const chunk = { ...chunkOf(account), target: { account, region: 'us-east-1' } };
    return pieceOf(
      chunk,
      [1, 2].map((n) => toRow({ account: String(n * 2 - at), '@ptr': `${account}${n}` })),
    );
  });
  const { rows } = mergePieces(pieces, plan, false);
  expect(rows.map((row) => row.map(({ value }) => value))).toEqual([
    ['dev', '1'],
    ['prod', '2'],
    ['dev', '3'],
    ['prod', '4'],
  ]);
});
