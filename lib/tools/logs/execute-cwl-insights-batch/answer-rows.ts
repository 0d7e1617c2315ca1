/** The rows of all queries of a batch as one table, and in which respects it is not that of one query. Pure. */
import type { BatchPlan, ChunksPlan, EventsPlan, GroupsPlan } from '../../../domain/logs/batch/batch-plan-types.ts';
import { mergeEvents } from '../../../domain/logs/batch/merge-events.ts';
import { ALL_CHUNKS, CHUNK_COLUMN, mergeGroups } from '../../../domain/logs/batch/merge-groups.ts';
import type { InsightsRow } from '../../../domain/logs/insights-rows.ts';
import { countOf, formatCount, listSome } from '../../../domain/text/counts.ts';
import type { QueryRun } from '../shared/run-query.ts';
import { countRows, MAX_GROUP_ROWS, type Piece, rowsOf } from './read.ts';

const MAX_NAMED = 3;

export interface MergedRows {
  readonly rows: readonly InsightsRow[];
  /** Rows of the merged answer, those that are not held here included. */
  readonly total: number;
  readonly isCutByLimit: boolean;
  /** Nothing says which rows the limit keeps. */
  readonly isArbitrary?: boolean;
  /** What is to be known of counts and columns. */
  readonly notes?: readonly string[];
  /** In which respects the rows are those of single chunks. */
  readonly warnings: readonly string[];
}

interface AnsweredPiece extends Piece {
  readonly run: QueryRun;
}

/** Yields after some rows. */
export function* mergePieces(
  pieces: readonly Piece[],
  plan: BatchPlan,
  hasPointers: boolean,
): Generator<void, MergedRows, undefined> {
  const answered = pieces.flatMap((piece): AnsweredPiece[] =>
    'value' in piece.result ? [{ ...piece, run: piece.result.value }] : [],
  );
  switch (plan.kind) {
    case 'events':
      return yield* mergeEventPieces(answered, plan, hasPointers);
    case 'groups':
      return yield* mergeGroupPieces(answered, plan);
    case 'chunks':
      return joinPieces(answered, plan);
  }
}

function* mergeEventPieces(
  pieces: readonly AnsweredPiece[],
  plan: EventsPlan,
  hasPointers: boolean,
): Generator<void, MergedRows, undefined> {
  const lists = pieces.map(({ run: { window } }) => {
    const { rows, total = rows.length, warning } = window;
    return { rows, isWhole: warning === undefined && rows.length >= Math.min(plan.limit, total) };
  });
  const merged = yield* mergeEvents(lists, plan);
  const marks = createMarks(pieces);
  const found = countRows(pieces);
  const isOneList = lists.every(({ isWhole }) => isWhole);
  const drop = new Set([...plan.hidden, ...(hasPointers ? [] : ['@ptr'])]);
  const matched = pieces.reduce((sum, { run }) => sum + (run.snapshot?.statistics.recordsMatched ?? 0), 0);
  return {
    rows: merged.rows.map(({ row, list }) => [...(marks[list] ?? []), ...row.filter(({ field }) => !drop.has(field))]),
    total: isOneList ? merged.rows.length : Math.min(Math.max(found, merged.rows.length), plan.limit),
    isCutByLimit:
      merged.hasMore ||
      (!isOneList && found > plan.limit) ||
      (plan.isOwnLimit && plan.isOnePerEvent && found >= plan.limit && matched > plan.limit),
    notes: noteSeams(pieces),
    warnings: [
      ...warnUnordered(merged.unordered.flatMap((index) => pieces[index]?.chunk.label ?? [])),
      ...pieces.flatMap(({ isCut, chunk, run }) =>
        isCut
          ? [
              `CloudWatch gave only ${formatCount(run.window.total ?? 0)} rows of ${chunk.label}, and its time range could not be halved further: older or later rows may be missing.`,
            ]
          : [],
      ),
    ],
  };
}

function noteSeams(pieces: readonly AnsweredPiece[]): string[] {
  const seams = pieces.length - new Set(pieces.map(({ chunk }) => chunk)).size;
  if (seams === 0) return [];
  const areKnown = pieces.every(({ run }) =>
    run.window.rows.every((row) => row.some(({ field, value }) => field === '@ptr' && value !== '')),
  );
  return [
    `Time ranges were halved, and the second at ${countOf(seams, 'seam')} asked twice: ${areKnown ? 'its events are shown once, but' : 'without @ptr its events may be shown twice, and'} the counts of matching events and of rows may hold them twice.`,
  ];
}

function warnUnordered(labels: readonly string[]): string[] {
  return labels.length === 0
    ? []
    : [
        `The rows of ${listSome([...new Set(labels)], MAX_NAMED)} do not come in the order that AWS documents for sort: rows of several chunks may stand in another order than one query would give them, and a limit may keep others.`,
      ];
}

/** Where rows of several places stand side by side, each says its own: the cells that come first, by the list. */
function createMarks(pieces: readonly AnsweredPiece[]): readonly InsightsRow[] {
  const accounts = new Set(pieces.map(({ chunk }) => chunk.target.account));
  const regions = new Set(pieces.map(({ chunk }) => chunk.target.region));
  return pieces.map(({ chunk: { target } }) => [
    ...(accounts.size > 1 ? [{ field: 'account', value: target.account }] : []),
    ...(regions.size > 1 ? [{ field: 'region', value: target.region }] : []),
  ]);
}

function* mergeGroupPieces(pieces: readonly AnsweredPiece[], plan: GroupsPlan): Generator<void, MergedRows, undefined> {
  const merged = yield* mergeGroups(
    pieces.map(({ chunk, run }) => ({ label: chunk.label, rows: run.window.rows })),
    plan,
  );
  const cut = pieces.filter((piece) => rowsOf(piece) > piece.run.window.rows.length || rowsOf(piece) >= MAX_GROUP_ROWS);
  return {
    rows: merged.rows,
    total: merged.rows.length,
    isCutByLimit: merged.total > plan.limit,
    isArbitrary: plan.order.length === 0,
    warnings: [
      ...(merged.unmerged > 0
        ? [
            `${merged.unmergedColumns.join(', ')} cannot be told from the values of the parts: ${countOf(merged.unmerged, 'group')} of several chunks stand once for each chunk (column ${CHUNK_COLUMN}; what could be put together: ${ALL_CHUNKS}).`,
          ]
        : []),
      ...(cut.length > 0
        ? [
            `${listSome(
              cut.map(({ chunk }) => chunk.label),
              MAX_NAMED,
            )} gave as many groups as can be read of one query (${formatCount(MAX_GROUP_ROWS)}, or fewer long ones), and may have more: values may be too small and groups missing. Group by fewer fields or filter first.`,
          ]
        : []),
    ],
  };
}

function joinPieces(pieces: readonly AnsweredPiece[], plan: ChunksPlan): MergedRows {
  const lists = takeFairly(
    pieces.map(({ run }) => run.window.rows),
    plan.limit,
  );
  const mark = (index: number): InsightsRow =>
    plan.reason === undefined ? [] : [{ field: CHUNK_COLUMN, value: pieces[index]?.chunk.label ?? '' }];
  const found = pieces.reduce((sum, piece) => sum + rowsOf(piece), 0);
  return {
    rows: lists.flatMap((rows, index) => rows.map((row) => [...mark(index), ...row])),
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
function takeFairly<Row>(lists: readonly (readonly Row[])[], limit: number): readonly (readonly Row[])[] {
  const taken = lists.map(() => 0);
  let left = limit;
  for (let depth = 0; left > 0 && lists.some(({ length }) => length > depth); depth += 1) {
    for (const [index, list] of lists.entries()) {
      if (left === 0 || list.length <= depth) continue;
      taken[index] = depth + 1;
      left -= 1;
    }
  }
  return lists.map((list, index) => list.slice(0, taken[index]));
}
