/** Tokens of JSON (RFC 8259) in a piece of a file. Each function gives undefined when the piece ends inside its token. */
import { isUtf8 } from 'node:buffer';

export class JsonSyntaxError extends Error {
  /** Bytes from the beginning. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.position = position;
  }
}

export interface Token {
  readonly value: unknown;
  /** Position behind it. */
  readonly end: number;
}

/** A longer text is no log message (1 MiB) and no dashboard. */
const MAX_STRING_BYTES = 16 * 1024 * 1024;
const [QUOTE, BACKSLASH, SPACE] = [0x22, 0x5c, 0x20];
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const LITERALS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

export function readString(buffer: Buffer, at: number): Token | undefined {
  let isEscaped = false;
  for (let end = at + 1; end < buffer.length; end += 1) {
    const byte = buffer[end] ?? 0;
    if (byte === QUOTE) return decodeString(buffer, at, end + 1, isEscaped);
    if (byte < SPACE) throw new JsonSyntaxError('a text holds a control character', end);
    if (byte === BACKSLASH) {
      isEscaped = true;
      end += 1;
    }
  }
  if (buffer.length - at > MAX_STRING_BYTES) throw new JsonSyntaxError('a text has more than 16 MiB', at);
  return undefined;
}

function decodeString(buffer: Buffer, at: number, end: number, isEscaped: boolean): Token {
  if (!isUtf8(buffer.subarray(at, end))) throw new JsonSyntaxError('a text is not UTF-8', at);
  if (!isEscaped) return { value: buffer.toString('utf8', at + 1, end - 1), end };
  try {
    return { value: JSON.parse(buffer.toString('utf8', at, end)), end };
  } catch {
    throw new JsonSyntaxError('a text holds an escape that is none', at);
  }
}

export function readNumber(buffer: Buffer, at: number, isLast: boolean): Token | undefined {
  let end = at;
  while (end < buffer.length && isNumberByte(buffer[end] ?? 0)) end += 1;
  if (end === buffer.length && !isLast) return undefined;
  const text = buffer.toString('latin1', at, end);
  if (!NUMBER.test(text)) throw new JsonSyntaxError(`${text.slice(0, 40)} is not a number`, at);
  return { value: Number(text), end };
}

export function readLiteral(buffer: Buffer, at: number, isLast: boolean): Token | undefined {
  for (const [word, value] of LITERALS) {
    const there = buffer.toString('latin1', at, at + word.length);
    if (there === word) return { value, end: at + word.length };
    if (word.startsWith(there) && !isLast && at + word.length > buffer.length) return undefined;
  }
  throw new JsonSyntaxError('a value was expected', at);
}

function isNumberByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2e || byte === 0x2b || byte === 0x65 || byte === 0x45
  );
}
