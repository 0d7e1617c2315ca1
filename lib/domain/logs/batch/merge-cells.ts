/** Values of Logs Insights rows: how they compare, and what several of them are together. Pure. */

import type { InsightsRow } from '../insights-rows.ts';
import type { MergedColumn, MergeOrder } from './batch-plan-types.ts';

/** What several cells are together when that cannot be told. */
export const UNCLEAR = Symbol('unclear');

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

function toNumber(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** As numbers when both are, else as texts. */
function compareCells(left: string, right: string): number {
  const a = toNumber(left);
  const b = a === undefined ? undefined : toNumber(right);
  if (a !== undefined && b !== undefined) return a - b;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function cellOf(row: InsightsRow, column: string): string | undefined {
  return row.find(({ field }) => field === column)?.value;
}

/** A missing value comes last in either direction. */
export function compareRows(left: InsightsRow, right: InsightsRow, order: readonly MergeOrder[]): number {
  for (const { column, isDescending } of order) {
    const a = cellOf(left, column);
    const b = cellOf(right, column);
    const sign = isDescending ? -1 : 1;
    const result =
      a === undefined || b === undefined
        ? Number(a === undefined) - Number(b === undefined)
        : compareCells(a, b) * sign;
    if (result !== 0) return result;
  }
  return 0;
}

/**
 * The value of a group from those of its parts.
 * @param parts rows of the same group
 * @returns undefined where no part has one, `UNCLEAR` where it cannot be told
 */
export function mergeCells(parts: readonly InsightsRow[], column: MergedColumn): string | undefined | typeof UNCLEAR {
  const values = parts.flatMap((row) => cellOf(row, column.name) ?? []);
  if (values.length <= 1) return values[0];
  switch (column.how) {
    case 'add':
      return addUp(values);
    case 'least':
    case 'greatest':
      return pickExtreme(values, column.how === 'least' ? -1 : 1);
    case 'first':
      return values.reduce((best, value) => (value < best ? value : best));
    case 'last':
      return values.reduce((best, value) => (value > best ? value : best));
    case 'mean':
      return column.parts === undefined ? UNCLEAR : mergeMeans(parts, column.name, column.parts);
  }
}

function addUp(values: readonly string[]): string | typeof UNCLEAR {
  if (values.every((value) => /^-?\d+$/.test(value)))
    return values.reduce((sum, value) => sum + BigInt(value), 0n).toString();
  const numbers = values.flatMap((value) => toNumber(value) ?? []);
  return numbers.length === values.length ? writeNumber(numbers.reduce((sum, value) => sum + value, 0)) : UNCLEAR;
}

/** Numbers and texts side by side have no order that every version of the service shares. */
function pickExtreme(values: readonly string[], sign: 1 | -1): string | typeof UNCLEAR {
  const numeric = values.filter((value) => toNumber(value) !== undefined).length;
  if (numeric > 0 && numeric < values.length) return UNCLEAR;
  return values.reduce((best, value) => (compareCells(value, best) * sign > 0 ? value : best));
}

/** CloudWatch rounds a mean; a sum that differs from mean × count by more comes from values that are no numbers. */
const MEAN_ERROR = 1e-4;

function mergeMeans(
  rows: readonly InsightsRow[],
  column: string,
  parts: { readonly sum: string; readonly count: string },
): string | typeof UNCLEAR {
  let total = 0;
  let weight = 0;
  let hasZero = false;
  let hasTexts = false;
  for (const row of rows) {
    const mean = numberIn(row, column);
    if (mean === undefined) continue;
    const sum = numberIn(row, parts.sum);
    const count = numberIn(row, parts.count);
    if (sum === undefined || count === undefined) return UNCLEAR;
    const isWhole = Math.abs(mean * count - sum) <= Math.abs(sum) * 1e-9 + count * MEAN_ERROR;
    hasZero ||= mean === 0;
    hasTexts ||= !isWhole;
    total += sum;
    weight += isWhole ? count : Math.round(sum / mean);
  }
  // A sum of nothing does not tell how many numbers it has, where there are texts among them.
  return weight > 0 && !(hasZero && hasTexts) ? writeNumber(total / weight) : UNCLEAR;
}

function numberIn(row: InsightsRow, column: string): number | undefined {
  const cell = cellOf(row, column);
  return cell === undefined ? undefined : toNumber(cell);
}

/** Sums of decimal fractions carry an error in their last digits. */
const DIGITS = 15;

function writeNumber(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}
