/**
 * Walks over a JSON object in bytes and hands out its values as texts, those of its lists one by one: a text of megabytes is
 * so read in pieces. What lies between the values is checked here, the values by whoever parses them.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const BLANKS: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const ENDS: ReadonlySet<number | undefined> = new Set([COMMA, LIST_END, OBJECT_END, ...BLANKS, undefined]);

/** Every method throws SyntaxError where the bytes are no JSON. */
export class JsonPieces {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The names of the object's members. Between two of them their value is taken: by `value`, `values`, `inner` or `skip`. */
  *members(): Generator<string, void, undefined> {
    yield* this.inner();
    if (this.#peek() !== undefined) throw noJson();
  }

  /** The same of an object that is a value itself. */
  *inner(): Generator<string, void, undefined> {
    for (const _ of this.#entries(OBJECT, OBJECT_END)) {
      const name: unknown = JSON.parse(this.value());
      if (typeof name !== 'string') throw noJson();
      this.#take(COLON);
      yield name;
    }
  }

  isAtList(): boolean {
    return this.#peek() === LIST;
  }

  isAtObject(): boolean {
    return this.#peek() === OBJECT;
  }

  /** The items of a list. */
  *values(): Generator<string, void, undefined> {
    for (const _ of this.#entries(LIST, LIST_END)) yield this.value();
  }

  value(): string {
    this.#peek();
    const start = this.#at;
    this.skip();
    return this.#bytes.toString('utf8', start, this.#at);
  }

  skip(): void {
    const first = this.#peek();
    if (first === QUOTE) this.#skipString();
    else if (first === LIST || first === OBJECT) this.#skipNested();
    else {
      const start = this.#at;
      while (!ENDS.has(this.#bytes[this.#at])) this.#at += 1;
      if (this.#at === start) throw noJson();
    }
  }

  *#entries(open: number, close: number): Generator<void, void, undefined> {
    this.#take(open);
    if (this.#peek() !== close) {
      yield;
      while (this.#peek() === COMMA) {
        this.#at += 1;
        yield;
      }
    }
    this.#take(close);
  }

  /** The next byte that is no blank; undefined at the end. */
  #peek(): number | undefined {
    while (BLANKS.has(this.#bytes[this.#at])) this.#at += 1;
    return this.#bytes[this.#at];
  }

  #take(byte: number): void {
    if (this.#peek() !== byte) throw noJson();
    this.#at += 1;
  }

  #skipString(): void {
    const start = this.#at;
    for (;;) {
      this.#at = this.#bytes.indexOf(QUOTE, this.#at + 1);
      if (this.#at === -1) throw noJson();
      let before = this.#at - 1;
      while (before > start && this.#bytes[before] === BACKSLASH) before -= 1;
      if ((this.#at - before) % 2 === 1) break;
    }
    this.#at += 1;
  }

  #skipNested(): void {
    let depth = 0;
    do {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw noJson();
      if (byte === QUOTE) {
        this.#skipString();
        continue;
      }
      if (byte === OBJECT || byte === LIST) depth += 1;
      else if (byte === OBJECT_END || byte === LIST_END) depth -= 1;
      this.#at += 1;
    } while (depth > 0);
  }
}

function noJson(): SyntaxError {
  return new SyntaxError('The text is no JSON object.');
}
