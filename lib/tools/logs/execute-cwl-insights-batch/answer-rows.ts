/** The rows of all queries of a batch as one table, and in which respects it is not that of one query. Pure. */
import type { BatchPlan, ChunksPlan, EventsPlan, GroupsPlan } from '../../../domain/logs/batch/batch-plan-types.ts';
import { mergeEvents } from '../../../domain/logs/batch/merge-events.ts';
import { CHUNK_COLUMN, mergeGroups } from '../../../domain/logs/batch/merge-groups.ts';
import type { InsightsRow } from '../../../domain/logs/insights-rows.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import type { QueryRun } from '../shared/run-query.ts';
import { MAX_GROUP_ROWS, type Piece, rowsOf } from './read.ts';

export interface MergedRows {
  readonly rows: readonly InsightsRow[];
  /** Rows of the merged answer, those that are not held here included. */
  readonly total: number;
  readonly isCutByLimit: boolean;
  /** In which respects the rows are those of single chunks. */
  readonly warnings: readonly string[];
}

interface AnsweredPiece extends Piece {
  readonly run: QueryRun;
}

export function mergePieces(pieces: readonly Piece[], plan: BatchPlan, hasPointers: boolean): MergedRows {
  const answered = pieces.flatMap((piece): AnsweredPiece[] =>
    'value' in piece.result ? [{ ...piece, run: piece.result.value }] : [],
  );
  switch (plan.kind) {
    case 'events':
      return mergeEventPieces(answered, plan, hasPointers);
    case 'groups':
      return mergeGroupPieces(answered, plan);
    case 'chunks':
      return joinPieces(answered, plan);
  }
}

function mergeEventPieces(pieces: readonly AnsweredPiece[], plan: EventsPlan, hasPointers: boolean): MergedRows {
  const mark = createMark(pieces);
  const lists = pieces.map((piece) => {
    const { rows, total, warning } = piece.run.window;
    const wanted = Math.min(plan.limit, total ?? rows.length);
    return { rows: rows.map((row) => mark(piece, row)), isWhole: warning === undefined && rows.length >= wanted };
  });
  const merged = mergeEvents(lists, plan);
  const found = pieces.reduce((sum, piece) => sum + rowsOf(piece), 0) - merged.dropped;
  const isOneList = lists.every(({ isWhole }) => isWhole);
  const drop = new Set([...plan.hidden, ...(hasPointers ? [] : ['@ptr'])]);
  const matched = pieces.reduce((sum, { run }) => sum + (run.snapshot?.statistics.recordsMatched ?? 0), 0);
  return {
    rows: merged.rows.map((row) => row.filter(({ field }) => !drop.has(field))),
    total: isOneList ? merged.rows.length : Math.min(Math.max(found, merged.rows.length), plan.limit),
    isCutByLimit:
      found > plan.limit || (plan.isOwnLimit && plan.isOnePerEvent && found >= plan.limit && matched > plan.limit),
    warnings: pieces.flatMap(({ isCut, chunk, run }) =>
      isCut
        ? [
            `CloudWatch gave only ${formatCount(run.window.total ?? 0)} rows of ${chunk.label}, and its time range could not be halved further: older or later rows may be missing.`,
          ]
        : [],
    ),
  };
}

/** Where rows of several places stand side by side, each says its own. */
function createMark(pieces: readonly AnsweredPiece[]): (piece: Piece, row: InsightsRow) => InsightsRow {
  const accounts = new Set(pieces.map(({ chunk }) => chunk.target.account));
  const regions = new Set(pieces.map(({ chunk }) => chunk.target.region));
  return ({ chunk: { target } }, row) => [
    ...(accounts.size > 1 ? [{ field: 'account', value: target.account }] : []),
    ...(regions.size > 1 ? [{ field: 'region', value: target.region }] : []),
    ...row,
  ];
}

function mergeGroupPieces(pieces: readonly AnsweredPiece[], plan: GroupsPlan): MergedRows {
  const merged = mergeGroups(
    pieces.map(({ chunk, run }) => ({ label: chunk.label, rows: run.window.rows })),
    plan,
  );
  const cut = pieces.filter((piece) => rowsOf(piece) > piece.run.window.rows.length || rowsOf(piece) > MAX_GROUP_ROWS);
  return {
    rows: merged.rows,
    total: merged.rows.length,
    isCutByLimit: merged.total > plan.limit,
    warnings: [
      ...(merged.unmerged > 0
        ? [
            `${merged.unmergedColumns.join(', ')} cannot be told from the values of the parts: ${countOf(merged.unmerged, 'group')} of several chunks stand once for each chunk, all their values per chunk (column ${CHUNK_COLUMN}).`,
          ]
        : []),
      ...(cut.length > 0
        ? [
            `${cut.map(({ chunk }) => chunk.label).join(', ')} had more groups than could be merged (at most ${formatCount(MAX_GROUP_ROWS)} of each): values may be too small and groups missing. Group by fewer fields or filter first.`,
          ]
        : []),
    ],
  };
}

function joinPieces(pieces: readonly AnsweredPiece[], plan: ChunksPlan): MergedRows {
  const lists = pieces.map(({ chunk, run }) =>
    plan.reason === undefined
      ? run.window.rows
      : run.window.rows.map((row) => [{ field: CHUNK_COLUMN, value: chunk.label }, ...row]),
  );
  const found = pieces.reduce((sum, piece) => sum + rowsOf(piece), 0);
  return {
    rows: takeFairly(lists, plan.limit),
    total: Math.min(found, plan.limit),
    isCutByLimit: found > plan.limit,
    warnings:
      plan.reason === undefined
        ? []
        : [
            `Not merged: ${plan.reason}. Each row, its order and any limit in the query are those of its chunk (column ${CHUNK_COLUMN}).`,
          ],
  };
}

/** The first rows of each list; no list gives its next one before every other gave as many. */
function takeFairly<Row>(lists: readonly (readonly Row[])[], limit: number): readonly Row[] {
  const taken = lists.map(() => 0);
  let left = limit;
  for (let depth = 0; left > 0 && lists.some(({ length }) => length > depth); depth += 1) {
    for (const [index, list] of lists.entries()) {
      if (left === 0 || list.length <= depth) continue;
      taken[index] = depth + 1;
      left -= 1;
    }
  }
  return lists.flatMap((list, index) => list.slice(0, taken[index]));
}
