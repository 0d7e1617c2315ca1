/** Values of Logs Insights rows: how they compare, and what several of them are together. Pure. */

import type { InsightsRow } from '../insights-rows.ts';
import type { MergedColumn, MergeOrder } from './batch-plan-types.ts';
import { compareNaturally, toNumber } from './natural-order.ts';

/** What several cells are together when that cannot be told. */
export const UNCLEAR = Symbol('unclear');

export function cellOf(row: InsightsRow, column: string): string | undefined {
  return row.find(({ field }) => field === column)?.value;
}

/** The cells that a row is ordered by. */
export type SortKey = readonly (string | undefined)[];

export function keyOf(row: InsightsRow, order: readonly MergeOrder[]): SortKey {
  return order.map(({ column }) => cellOf(row, column));
}

/** A missing value comes last in either direction, unless the order says that it comes first. */
export function compareKeys(left: SortKey, right: SortKey, order: readonly MergeOrder[]): number {
  for (const [index, { isDescending, isMissingFirst = false }] of order.entries()) {
    const a = left[index];
    const b = right[index];
    const sign = isDescending ? -1 : 1;
    const result =
      a === undefined || b === undefined
        ? (Number(a === undefined) - Number(b === undefined)) * (isMissingFirst ? -1 : 1)
        : compareNaturally(a, b) * sign;
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
  // Every group has a count: where one is missing, the answer is not whole.
  if (column.how === 'count' && values.length < parts.length) return UNCLEAR;
  if (values.length <= 1) return values[0];
  switch (column.how) {
    case 'count':
    case 'add':
      return addUp(values);
    case 'least':
    case 'greatest':
      return pickExtreme(values, column.how === 'least' ? -1 : 1);
    case 'first':
    case 'last':
      return pick(values, compareNaturally, column.how === 'first' ? -1 : 1);
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

/**
 * What the service takes for the least of texts, or of texts beside numbers, is not documented: texts are told only where
 * their natural order and their plain one agree.
 */
function pickExtreme(values: readonly string[], sign: 1 | -1): string | typeof UNCLEAR {
  const numeric = values.filter((value) => toNumber(value) !== undefined).length;
  const best = pick(values, compareNaturally, sign);
  if (numeric === values.length) return best;
  return numeric === 0 && best === pick(values, comparePlainly, sign) ? best : UNCLEAR;
}

function pick(values: readonly string[], compare: (a: string, b: string) => number, sign: 1 | -1): string {
  return values.reduce((best, value) => (compare(value, best) * sign > 0 ? value : best));
}

function comparePlainly(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** CloudWatch rounds a mean to four decimals. */
const MEAN_ERROR = 1e-4;
const ROUNDED_DECIMALS = 4;
/** What the quotient of sum and mean may be off a whole number. */
const COUNT_ERROR = 1e-6;

type MeanParts = NonNullable<MergedColumn['parts']>;

function mergeMeans(rows: readonly InsightsRow[], column: string, parts: MeanParts): string | typeof UNCLEAR {
  let total = 0;
  let weight = 0;
  let hasZero = false;
  let hasTexts = false;
  for (const row of rows) {
    const text = cellOf(row, column);
    if (text === undefined) continue;
    const mean = toNumber(text);
    const sum = numberIn(row, parts.sum);
    if (mean === undefined || sum === undefined) return UNCLEAR;
    const counted = numberIn(row, parts.count);
    const isWhole =
      counted !== undefined && Math.abs(mean * counted - sum) <= Math.abs(sum) * 1e-9 + counted * MEAN_ERROR;
    // A sum that differs from mean × count comes from values that are no numbers.
    const count = isWhole ? counted : divide(sum, mean, text);
    if (count === undefined) return UNCLEAR;
    hasZero ||= mean === 0;
    hasTexts ||= !isWhole;
    total += sum;
    weight += count;
  }
  // A sum of nothing does not tell how many numbers it has, where there are texts among them.
  return weight > 0 && !(hasZero && hasTexts) ? writeNumber(total / weight) : UNCLEAR;
}

/** Of how many numbers a mean is, where only one count fits to it as it is written. */
function divide(sum: number, mean: number, meanText: string): number | undefined {
  const decimals = /\.(\d+)$/.exec(meanText)?.[1]?.length ?? 0;
  const error = decimals > ROUNDED_DECIMALS ? 0 : MEAN_ERROR / 2;
  const least = Math.ceil(Math.abs(sum) / (Math.abs(mean) + error) - COUNT_ERROR);
  const most = Math.floor(Math.abs(sum) / Math.max(0, Math.abs(mean) - error) + COUNT_ERROR);
  return least === most && least > 0 ? least : undefined;
}

function numberIn(row: InsightsRow, column: string | undefined): number | undefined {
  const cell = column === undefined ? undefined : cellOf(row, column);
  return cell === undefined ? undefined : toNumber(cell);
}

/** Sums of decimal fractions carry an error in their last digits. */
const DIGITS = 15;

function writeNumber(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}
