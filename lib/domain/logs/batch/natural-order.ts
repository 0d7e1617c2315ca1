/**
 * The order of the `sort` command (CloudWatch Logs User Guide, "sort"): texts before numbers, numbers by value; of two
 * texts runs of digits by their length and then their value, all between them by Unicode. Pure.
 *
 * Not documented, and so only assumed here: that signs, decimals and exponents belong to a number, that what stands
 * between digits is compared as a whole, and where missing values go (merge-events.ts looks how the service did it).
 */

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const PORTION = /\d+|\D+/g;
const DIGIT = /^\d/;

/** The number that a value is to `sort`; undefined for a text. */
export function toNumber(value: string): number | undefined {
  return NUMBER.test(value) ? Number(value) : undefined;
}

/** Negative, 0 or positive; 0 also for numbers of one value that are written differently. */
export function compareNaturally(left: string, right: string): number {
  if (left === right) return 0;
  const a = toNumber(left);
  const b = toNumber(right);
  if (a !== undefined && b !== undefined) return a - b;
  if (a !== undefined || b !== undefined) return a === undefined ? -1 : 1;
  return compareTexts(left, right);
}

function compareTexts(left: string, right: string): number {
  const others = right.match(PORTION) ?? [];
  const portions = left.match(PORTION) ?? [];
  for (const [index, portion] of portions.entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    const areDigits = DIGIT.test(portion) && DIGIT.test(other);
    const order = (areDigits ? portion.length - other.length : 0) || compareByCodePoint(portion, other);
    if (order !== 0) return order;
  }
  return portions.length - others.length;
}

function compareByCodePoint(left: string, right: string): number {
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    const order = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

const FIRST_SURROGATE = 0xd800;
const BEHIND_SURROGATES = 0xe000;
const CODE_UNITS = 0x10000;

/** Surrogates make code points above all that one code unit makes. */
function rank(codeUnit: number): number {
  return codeUnit >= FIRST_SURROGATE && codeUnit < BEHIND_SURROGATES ? codeUnit + CODE_UNITS : codeUnit;
}
