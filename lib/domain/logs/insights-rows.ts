/** Rows of Logs Insights: from lists of fields to a table whose numbers are numbers. Pure. */
import { clip } from '../text/clean-text.ts';

export interface InsightsField {
  readonly field: string;
  readonly value: string;
}
/** Fields in the order of the query; a name may come twice. */
export type InsightsRow = readonly InsightsField[];

export interface InsightsTable {
  /** Each name once; the second `count` is `count (2)`. */
  readonly columns: readonly string[];
  /** As many cells as there are columns; undefined = the row lacks the field. */
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** No field is lost: columns are those of all rows, each after the one that it follows where it first appears. */
export function toTable(rows: readonly InsightsRow[]): InsightsTable {
  const columns: string[] = [];
  const known = new Set<string>();
  const named = rows.map((row) => {
    const cells = nameFields(row);
    let previous: string | undefined;
    for (const name of cells.keys()) {
      if (!known.has(name)) {
        known.add(name);
        columns.splice(previous === undefined ? 0 : columns.indexOf(previous) + 1, 0, name);
      }
      previous = name;
    }
    return cells;
  });
  return { columns, rows: named.map((cells) => columns.map((name) => cells.get(name))) };
}

function nameFields(row: InsightsRow): Map<string, string> {
  const cells = new Map<string, string>();
  const times = new Map<string, number>();
  for (const { field, value } of row) {
    let time = (times.get(field) ?? 0) + 1;
    while (time > 1 && cells.has(`${field} (${time})`)) time += 1;
    times.set(field, time);
    cells.set(time === 1 && !cells.has(field) ? field : `${field} (${Math.max(2, time)})`, value);
  }
  return cells;
}

/** The row without its pointer. */
export function dropPointer(row: InsightsRow): InsightsRow {
  return row.some(({ field }) => field === '@ptr') ? row.filter(({ field }) => field !== '@ptr') : row;
}

/** The row with every value cut to `maxChars`. */
export function clipValues(row: InsightsRow, maxChars: number): InsightsRow {
  return row.some(({ value }) => value.length > maxChars)
    ? row.map(({ field, value }) => ({ field, value: clip(value, maxChars) }))
    : row;
}

export function sizeOfRow(row: InsightsRow): number {
  return row.reduce((sum, { value }) => sum + value.length, 0);
}

/** Written by whoever logs; a number in it is text. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['@message', '@log', '@logStream', '@ptr', '@requestId']);
const NUMBER = /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/;

/** A value as a number where nothing of what it says is lost: not `007`, `1.10` or an id beyond 2^53. */
export function toCellValue(column: string, value: string | undefined): string | number | null {
  if (value === undefined) return null;
  if (TEXT_FIELDS.has(column) || !NUMBER.test(value)) return value;
  const number = Number(value);
  if (!value.includes('.') && !/e/i.test(value)) return Number.isSafeInteger(number) && value !== '-0' ? number : value;
  const isVersionLike = /\.\d0$/.test(value);
  return Number.isFinite(number) && !isVersionLike ? number : value;
}
