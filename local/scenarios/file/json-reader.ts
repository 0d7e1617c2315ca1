/**
 * Reads JSON in pieces. A general parser would make an array of boxed values of each series first; here the numbers of a
 * series go into a typed array and the events of a log group into columns, as they come.
 */
import { type Frame, openArray, openObject, type Sinks, store } from './json-frames.ts';
import { JsonSyntaxError, readLiteral, readNumber, readString, type Token } from './json-tokens.ts';

const MAX_DEPTH = 64;
const [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [0x22, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d];

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

export class JsonReader {
  readonly #sinks: Sinks;
  readonly #frames: Frame[] = [];
  #expected: Expected = 'value';
  #root: unknown;
  /** The beginning of a token whose end has not come yet. */
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes before the piece that is read. */
  #offset = 0;

  constructor(sinks: Sinks) {
    this.#sinks = sinks;
  }

  /** @throws JsonSyntaxError with the position */
  write(chunk: Buffer): void {
    const buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const read = this.#read(buffer, false);
    this.#rest = buffer.subarray(read);
    this.#offset += read;
  }

  /** The document. @throws JsonSyntaxError if it is not whole */
  end(): unknown {
    const read = this.#read(this.#rest, true);
    if (this.#expected !== 'nothing') throw new JsonSyntaxError('the end came too early', this.#offset + read);
    return this.#root;
  }

  /** Reads as many whole tokens as there are; gives where it stopped. */
  #read(buffer: Buffer, isLast: boolean): number {
    let at = 0;
    while (at < buffer.length) {
      const byte = buffer[at] ?? 0;
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
        at += 1;
        continue;
      }
      const top = this.#frames.at(-1);
      if (top?.kind === 'numbers' && this.#expected !== 'commaOrEnd' && byte !== CLOSE_LIST) {
        const next = this.#readNumbers(top, buffer, at, isLast);
        if (next === at) return at;
        at = next;
        this.#expected = 'commaOrEnd';
        continue;
      }
      const next = this.#readToken(buffer, at, byte, isLast);
      if (next === undefined) return at;
      at = next;
    }
    return at;
  }

  /** Gives the position behind the token; undefined = it is not whole yet. */
  #readToken(buffer: Buffer, at: number, byte: number, isLast: boolean): number | undefined {
    switch (byte) {
      case OPEN:
      case OPEN_LIST:
        this.#expectValue(at);
        if (this.#frames.length >= MAX_DEPTH) throw this.#error(`is nested more than ${MAX_DEPTH} times`, at);
        this.#frames.push(byte === OPEN ? openObject() : openArray(this.#frames, this.#sinks));
        this.#expected = byte === OPEN ? 'keyOrEnd' : 'valueOrEnd';
        return at + 1;
      case CLOSE:
      case CLOSE_LIST:
        this.#close(byte === CLOSE, at);
        return at + 1;
      case COMMA:
        if (this.#expected !== 'commaOrEnd') throw this.#error('a comma was not expected', at);
        this.#expected = this.#frames.at(-1)?.kind === 'object' ? 'key' : 'value';
        return at + 1;
      case COLON:
        if (this.#expected !== 'colon') throw this.#error('a colon was not expected', at);
        this.#expected = 'value';
        return at + 1;
      default:
        return this.#readScalar(buffer, at, byte, isLast);
    }
  }

  #readNumbers(top: Extract<Frame, { kind: 'numbers' }>, buffer: Buffer, at: number, isLast: boolean): number {
    const tell = (message: string, index: number): void => this.#sinks.fault(top.path, message, index);
    return this.#locate(() => top.numbers.read(buffer, at, isLast, tell));
  }

  #readScalar(buffer: Buffer, at: number, byte: number, isLast: boolean): number | undefined {
    const token = this.#locate(() => scanScalar(buffer, at, byte, isLast));
    if (token === undefined) return undefined;
    if (this.#expected === 'key' || this.#expected === 'keyOrEnd') {
      const top = this.#frames.at(-1);
      if (typeof token.value !== 'string' || top?.kind !== 'object') throw this.#error('a name was expected', at);
      if (Object.hasOwn(top.value, token.value)) throw this.#error(`${JSON.stringify(token.value)} is there twice`, at);
      top.key = token.value;
      this.#expected = 'colon';
    } else {
      this.#expectValue(at);
      this.#store(token.value);
    }
    return token.end;
  }

  #expectValue(at: number): void {
    if (this.#expected !== 'value' && this.#expected !== 'valueOrEnd')
      throw this.#error('a value was not expected', at);
  }

  #close(isObject: boolean, at: number): void {
    const isEmpty = this.#expected === (isObject ? 'keyOrEnd' : 'valueOrEnd');
    const top = this.#frames.at(-1);
    if (top === undefined || (top.kind === 'object') !== isObject || (!isEmpty && this.#expected !== 'commaOrEnd')) {
      throw this.#error(`"${isObject ? '}' : ']'}" was not expected`, at);
    }
    this.#frames.pop();
    this.#store(top.kind === 'numbers' ? top.numbers.take() : top.value);
  }

  #store(value: unknown): void {
    const top = this.#frames.at(-1);
    if (top === undefined) {
      this.#root = value;
      this.#expected = 'nothing';
      return;
    }
    store(top, value, this.#sinks);
    this.#expected = 'commaOrEnd';
  }

  /** Positions in a piece become positions in the whole. */
  #locate<Value>(read: () => Value): Value {
    try {
      return read();
    } catch (error) {
      if (error instanceof JsonSyntaxError) throw this.#error(error.message, error.position);
      throw error;
    }
  }

  #error(message: string, position: number): JsonSyntaxError {
    return new JsonSyntaxError(message, this.#offset + position);
  }
}

function scanScalar(buffer: Buffer, at: number, byte: number, isLast: boolean): Token | undefined {
  if (byte === QUOTE) return readString(buffer, at);
  const isNumber = byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
  return isNumber ? readNumber(buffer, at, isLast) : readLiteral(buffer, at, isLast);
}
