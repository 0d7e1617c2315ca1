/**
 * The order of the `sort` command (CloudWatch Logs User Guide, "sort"): texts before numbers, numbers by value; of two
 * texts runs of digits by their length and then their value, all between them by Unicode. Pure.
 *
 * Not documented, and so only assumed here: that signs, decimals and exponents belong to a number, that what stands
 * between digits is compared as a whole, and where missing values go (merge-events.ts looks how the service did it).
 */

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
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

/** Only the portions at the first difference decide; it is found without taking the texts apart, since rows are many. */
function compareTexts(left: string, right: string): number {
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  if (at === end) return left.length - right.length;
  const areDigits = [isDigit(left, at), isDigit(right, at)] as const;
  const isBehindDigit = at > 0 && isDigit(left, at - 1);
  const areNumbers = isBehindDigit ? areDigits[0] || areDigits[1] : areDigits[0] && areDigits[1];
  const longer = areNumbers ? digitsFrom(left, at) - digitsFrom(right, at) : 0;
  if (longer !== 0) return longer;
  // What stands before digits ends here, and the other one goes on.
  if (!areNumbers && !isBehindDigit && at > 0 && areDigits[0] !== areDigits[1]) return areDigits[0] ? -1 : 1;
  return rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
}

function isDigit(text: string, at: number): boolean {
  const codeUnit = text.charCodeAt(at);
  return codeUnit >= ZERO && codeUnit <= NINE;
}

function digitsFrom(text: string, start: number): number {
  let at = start;
  while (isDigit(text, at)) at += 1;
  return at - start;
}

const ZERO = 0x30;
const NINE = 0x39;
const FIRST_SURROGATE = 0xd800;
const BEHIND_SURROGATES = 0xe000;
const CODE_UNITS = 0x10000;

/** Surrogates make code points above all that one code unit makes. */
function rank(codeUnit: number): number {
  return codeUnit >= FIRST_SURROGATE && codeUnit < BEHIND_SURROGATES ? codeUnit + CODE_UNITS : codeUnit;
}
