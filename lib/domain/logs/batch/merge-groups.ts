/** Rows of `stats` from several queries: groups with the same key become one, where that can be told. Pure. */

import { sortInSteps } from '../../async/sort-in-steps.ts';
import type { InsightsField, InsightsRow } from '../insights-rows.ts';
import { normalizeName } from '../query/cwl-items.ts';
import type { GroupsPlan } from './batch-plan-types.ts';
import { cellOf, compareKeys, keyOf, mergeCells, type SortKey, UNCLEAR } from './merge-cells.ts';
import { ROWS_PER_STEP } from './ordered-rows.ts';

export interface ChunkRows {
  /** How a row of this chunk alone is marked. */
  readonly label: string;
  readonly rows: readonly InsightsRow[];
}

export interface MergedGroups {
  readonly rows: readonly InsightsRow[];
  /** Groups that stand there once for each chunk that has them, besides a row of what could be put together. */
  readonly unmerged: number;
  /** The aggregates for which that is so. */
  readonly unmergedColumns: readonly string[];
  /** All groups, before the limit. */
  readonly total: number;
}

/** The column that says which chunk a row comes from. */
export const CHUNK_COLUMN = 'chunk';
/** What it says of a row that is put together. */
export const ALL_CHUNKS = 'all';

/** Yields after some rows. */
export function* mergeGroups(chunks: readonly ChunkRows[], plan: GroupsPlan): Generator<void, MergedGroups, undefined> {
  const groups = yield* collectGroups(chunks, plan);
  const unmergedColumns = new Set<string>();
  const marked: { readonly label: string | undefined; readonly row: InsightsRow }[] = [];
  let unmerged = 0;
  let seen = 0;
  for (const parts of groups) {
    const { row, unclear } = mergeParts(parts, plan);
    if (unclear.length === 0) marked.push({ row, label: parts.length === 1 ? parts[0]?.label : undefined });
    else {
      unmerged += 1;
      for (const column of unclear) unmergedColumns.add(column);
      const hasValues = row.some(({ field }) => !plan.keys.includes(field));
      marked.push(...(hasValues ? [{ row, label: undefined }, ...parts] : parts));
    }
    seen += parts.length;
    if (seen >= ROWS_PER_STEP) {
      seen = 0;
      yield;
    }
  }
  const rows: { readonly row: InsightsRow; readonly key: SortKey }[] = [];
  for (const { row: bare, label } of marked) {
    const row = unmerged === 0 ? bare : [{ field: CHUNK_COLUMN, value: label ?? ALL_CHUNKS }, ...bare];
    rows.push({ row, key: keyOf(row, plan.order) });
    if (rows.length % ROWS_PER_STEP === 0) yield;
  }
  const sorted = yield* sortInSteps(rows, (left, right) => compareKeys(left.key, right.key, plan.order));
  return {
    rows: sorted.slice(0, plan.limit).map(({ row }) => chooseColumns(row, plan)),
    unmerged,
    unmergedColumns: [...unmergedColumns],
    total: rows.length,
  };
}

interface Part {
  readonly label: string;
  readonly row: InsightsRow;
}

/** The rows of each key, in the order in which keys come. */
function* collectGroups(
  chunks: readonly ChunkRows[],
  plan: GroupsPlan,
): Generator<void, Iterable<readonly Part[]>, undefined> {
  const rename = createRenaming(plan);
  const groups = new Map<string, Part[]>();
  for (const { label, rows } of chunks) {
    for (const [index, raw] of rows.entries()) {
      const row = rename(raw);
      const id = JSON.stringify(plan.keys.map((key) => cellOf(row, key) ?? null));
      const parts = groups.get(id);
      if (parts === undefined) groups.set(id, [{ label, row }]);
      else parts.push({ label, row });
      if (index % ROWS_PER_STEP === 0) yield;
    }
  }
  return groups.values();
}

interface MergedParts {
  readonly row: InsightsRow;
  /** Columns that cannot be told. */
  readonly unclear: readonly string[];
}

function mergeParts(parts: readonly { readonly row: InsightsRow }[], plan: GroupsPlan): MergedParts {
  const rows = parts.map(({ row }) => row);
  const [first = []] = rows;
  if (rows.length === 1) return { row: first, unclear: [] };
  const cells = plan.merged.map((column) => ({ field: column.name, value: mergeCells(rows, column) }));
  const keys = first.filter(({ field }) => plan.keys.includes(field));
  return {
    row: [...keys, ...cells.filter((cell): cell is InsightsField => typeof cell.value === 'string')],
    unclear: [...plan.unmerged, ...cells.flatMap(({ field, value }) => (value === UNCLEAR ? [field] : []))],
  };
}

/** Columns by the names that the query gives them, however CloudWatch writes `count( * )`. */
function createRenaming(plan: GroupsPlan): (row: InsightsRow) => InsightsRow {
  const wanted = [...plan.keys, ...plan.merged.map(({ name }) => name), ...plan.unmerged];
  const names = new Map(wanted.map((name) => [normalizeName(name), name]));
  const known = new Map<string, string>();
  const rename = (field: string): string => {
    const name = known.get(field) ?? names.get(normalizeName(field)) ?? field;
    known.set(field, name);
    return name;
  };
  return (row) => row.map(({ field, value }) => ({ field: rename(field), value }));
}

function chooseColumns(row: InsightsRow, { hidden, shown }: GroupsPlan): InsightsRow {
  return shown === undefined
    ? row.filter(({ field }) => !hidden.includes(field))
    : [CHUNK_COLUMN, ...shown].flatMap((column) => row.find(({ field }) => field === column) ?? []);
}
