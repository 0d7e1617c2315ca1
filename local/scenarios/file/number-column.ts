import { LIMITS } from '../format/limits.ts';
import { readLiteral, readNumber } from './json-tokens.ts';

const FIRST_CAPACITY = 65_536;
/** Up to 15 digits a whole number and a power of ten are exact, so their quotient is the nearest double. */
const MAX_EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: MAX_EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);
const [MINUS, POINT, ZERO, NINE, COMMA, CLOSE] = [0x2d, 0x2e, 0x30, 0x39, 0x2c, 0x5d];

/** Reads the numbers of one series after the other into a typed array; null becomes NaN. */
export class NumberColumn {
  #numbers = new Float64Array(FIRST_CAPACITY);
  #length = 0;
  #total = 0;

  begin(): this {
    this.#length = 0;
    return this;
  }

  /** The numbers of the series, in an array of their own. */
  take(): Float64Array {
    return this.#numbers.slice(0, this.#length);
  }

  /**
   * Reads values and commas from `at` on, as many as are whole; the last comma is left to be read when no value follows.
   * Gives the position behind the last value; `at` itself = not one value is whole.
   */
  read(buffer: Buffer, at: number, isLast: boolean, fault: (message: string, index: number) => void): number {
    let done = at;
    let next = at;
    while (next < buffer.length) {
      if (buffer[next] === CLOSE) return done;
      const end = this.#readFast(buffer, next) ?? this.#readSlowly(buffer, next, isLast, fault);
      if (end === undefined) return done;
      done = end;
      next = end;
      while (isBlank(buffer[next] ?? 0)) next += 1;
      if (buffer[next] !== COMMA) return done;
      next += 1;
      while (isBlank(buffer[next] ?? 0)) next += 1;
    }
    return done;
  }

  /** A plain number of few digits that a comma or the list's end follows; anything else is undefined. */
  #readFast(buffer: Buffer, at: number): number | undefined {
    let position = at;
    const isNegative = buffer[position] === MINUS;
    if (isNegative) position += 1;
    const firstDigit = position;
    let whole = 0;
    let fractionDigits = -1;
    let byte = buffer[position] ?? 0;
    for (; ; byte = buffer[position] ?? 0) {
      if (byte >= ZERO && byte <= NINE) {
        whole = whole * 10 + (byte - ZERO);
        if (fractionDigits >= 0) fractionDigits += 1;
      } else if (byte === POINT && fractionDigits < 0 && position > firstDigit) fractionDigits = 0;
      else break;
      position += 1;
    }
    const digits = position - firstDigit;
    if ((byte !== COMMA && byte !== CLOSE) || digits === 0 || digits > MAX_EXACT_DIGITS || fractionDigits === 0)
      return undefined;
    if (buffer[firstDigit] === ZERO && digits > 1 && buffer[firstDigit + 1] !== POINT) return undefined;
    const value = fractionDigits > 0 ? whole / (POWERS[fractionDigits] ?? 1) : whole;
    this.#push(isNegative ? -value : value);
    return position;
  }

  #readSlowly(
    buffer: Buffer,
    at: number,
    isLast: boolean,
    fault: (message: string, index: number) => void,
  ): number | undefined {
    const byte = buffer[at] ?? 0;
    const isNumber = byte === MINUS || (byte >= ZERO && byte <= NINE);
    if (!isNumber && !'tfn'.includes(String.fromCharCode(byte))) return this.#skipOther(buffer, at, isLast, fault);
    const token = isNumber ? readNumber(buffer, at, isLast) : readLiteral(buffer, at, isLast);
    if (token === undefined) return undefined;
    const { value } = token;
    if (typeof value === 'number' && Number.isFinite(value)) this.#push(value);
    else {
      if (value !== null) fault('must be a number or null', this.#length);
      this.#push(Number.NaN);
    }
    return token.end;
  }

  /** A text where a number should be: a fault, and on behind it. */
  #skipOther(
    buffer: Buffer,
    at: number,
    isLast: boolean,
    fault: (message: string, index: number) => void,
  ): number | undefined {
    let end = at;
    while (end < buffer.length && buffer[end] !== COMMA && buffer[end] !== CLOSE) end += 1;
    if (end === buffer.length && !isLast) return undefined;
    fault('must be a number or null', this.#length);
    this.#push(Number.NaN);
    return end;
  }

  #push(value: number): void {
    this.#total += 1;
    if (this.#total > LIMITS.numbers) throw new RangeError(`metrics: has more than ${LIMITS.numbers} numbers`);
    if (this.#length === this.#numbers.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length] = value;
    this.#length += 1;
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
