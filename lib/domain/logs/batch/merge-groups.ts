/** Rows of `stats` from several queries: groups with the same key become one, where that can be told. Pure. */

import type { InsightsField, InsightsRow } from '../insights-rows.ts';
import { normalizeName } from '../query/cwl-items.ts';
import type { GroupsPlan } from './batch-plan-types.ts';
import { cellOf, compareRows, mergeCells, UNCLEAR } from './merge-cells.ts';

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

export function mergeGroups(chunks: readonly ChunkRows[], plan: GroupsPlan): MergedGroups {
  const groups = new Map<string, { readonly label: string; readonly row: InsightsRow }[]>();
  for (const { label, rows } of chunks) {
    for (const raw of rows) {
      const row = renameColumns(raw, plan);
      const id = JSON.stringify(plan.keys.map((key) => cellOf(row, key) ?? null));
      const parts = groups.get(id);
      if (parts === undefined) groups.set(id, [{ label, row }]);
      else parts.push({ label, row });
    }
  }
  const unmergedColumns = new Set<string>();
  let unmerged = 0;
  const merged = [...groups.values()].map((parts) => {
    const { row, unclear } = mergeParts(parts, plan);
    if (unclear.length === 0) return [{ row, label: parts.length === 1 ? parts[0]?.label : undefined }];
    unmerged += 1;
    for (const column of unclear) unmergedColumns.add(column);
    const hasValues = row.some(({ field }) => !plan.keys.includes(field));
    return hasValues ? [{ row, label: undefined }, ...parts] : parts;
  });
  const rows = merged
    .flat()
    .map(({ row, label }) => (unmerged === 0 ? row : [{ field: CHUNK_COLUMN, value: label ?? ALL_CHUNKS }, ...row]))
    .sort((left, right) => compareRows(left, right, plan.order));
  return {
    rows: rows.slice(0, plan.limit).map((row) => chooseColumns(row, plan)),
    unmerged,
    unmergedColumns: [...unmergedColumns],
    total: rows.length,
  };
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
function renameColumns(row: InsightsRow, plan: GroupsPlan): InsightsRow {
  const names = new Map(
    [...plan.keys, ...plan.merged.map(({ name }) => name), ...plan.unmerged].map((name) => [normalizeName(name), name]),
  );
  return row.map(({ field, value }) => ({ field: names.get(normalizeName(field)) ?? field, value }));
}

function chooseColumns(row: InsightsRow, { hidden, shown }: GroupsPlan): InsightsRow {
  return shown === undefined
    ? row.filter(({ field }) => !hidden.includes(field))
    : [CHUNK_COLUMN, ...shown].flatMap((column) => row.find(({ field }) => field === column) ?? []);
}
