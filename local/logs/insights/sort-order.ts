/** The order of `sort` (CloudWatch Logs User Guide, "sort"), which `sortsFirst`, `sortsLast`, `min` and `max` follow too. */
import { Timestamp, toNumber, toText, type Value } from './value.ts';

/** Negative, 0 or positive: texts before numbers, numbers by value, texts naturally. */
export function compareForSort(left: Value, right: Value): number {
  if (left instanceof Timestamp && right instanceof Timestamp) {
    return left.epochMs - right.epochMs;
  }
  const numbers = [numberOf(left), numberOf(right)];
  const [a, b] = numbers;
  if (a === undefined || b === undefined) {
    return numbers.every((number) => number === undefined)
      ? walk(Array.from(toText(left)), Array.from(toText(right)))
      : Number(a !== undefined) - Number(b !== undefined);
  }
  return a - b;
}

/** Blanks around it make a text of a number, and an instant is shown as text. */
function numberOf(value: Value): number | undefined {
  return value instanceof Timestamp || /\s/.test(toText(value)) ? undefined : toNumber(value);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

/** Character by character, except that a run of digits is compared as one. */
function walk(left: readonly string[], right: readonly string[]): number {
  let at = 0;
  let isInsideText = false;
  for (;;) {
    const a = left[at];
    const b = right[at];
    if (a === undefined || b === undefined) {
      return left.length - right.length;
    }
    if (isDigit(a) && isDigit(b)) {
      const end = endOfDigits(left, at);
      const order = end - endOfDigits(right, at) || compareAt(left, right, at, end);
      if (order !== 0) {
        return order;
      }
      at = end;
      isInsideText = false;
    } else if (isInsideText && isDigit(a) !== isDigit(b)) {
      // The text between the digits has ended in one of them.
      return isDigit(a) ? -1 : 1;
    } else if (a === b) {
      at += 1;
      isInsideText = true;
    } else {
      return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
    }
  }
}

function endOfDigits(characters: readonly string[], from: number): number {
  let end = from;
  while (isDigit(characters[end])) {
    end += 1;
  }
  return end;
}

/** Of digits in the same number, the first that differs decides. */
function compareAt(left: readonly string[], right: readonly string[], from: number, to: number): number {
  for (let index = from; index < to; index += 1) {
    const order = Number(left[index]) - Number(right[index]);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}
