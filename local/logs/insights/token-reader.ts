import type { Span } from './ast.ts';
import { readRegex, readToken, type Token } from './lexer.ts';
import { QuerySyntaxError } from './syntax-error.ts';

/** Most operators in one query: a longer chain could exhaust the stack when it is evaluated. */
const MAX_OPERATORS = 2_000;

/** A cursor over the tokens of one query text. */
export class TokenReader {
  readonly text: string;
  #offset = 0;
  #previousEnd = 0;
  #next: Token | undefined;
  #operatorCount = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Exclusive end of the token that was taken last. */
  get previousEnd(): number {
    return this.#previousEnd;
  }

  peek(): Token {
    this.#next ??= readToken(this.text, this.#offset);
    return this.#next;
  }

  take(): Token {
    return this.#advance(this.peek());
  }

  /** Takes a regular expression when one begins here. */
  takeRegex(): Token | undefined {
    const regex = readRegex(this.text, this.#offset);
    return regex && this.#advance(regex);
  }

  /** Whether a regular expression begins here. */
  isRegex(): boolean {
    return readRegex(this.text, this.#offset) !== undefined;
  }

  isSymbol(symbol: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.value === symbol;
  }

  /** Whether the next token is this keyword, in any case. */
  isWord(word: string): boolean {
    const token = this.peek();
    return token.kind === 'word' && token.value.toLowerCase() === word;
  }

  takeSymbol(symbol: string): boolean {
    return this.isSymbol(symbol) && this.take() !== undefined;
  }

  takeWord(word: string): boolean {
    return this.isWord(word) && this.take() !== undefined;
  }

  expectSymbol(symbol: string): Token {
    return this.isSymbol(symbol) ? this.take() : this.fail(`expected "${symbol}"`);
  }

  expectKind(kind: Token['kind'], description: string): Token {
    return this.peek().kind === kind ? this.take() : this.fail(`expected ${description}`);
  }

  /** @throws {QuerySyntaxError} when the query has too many operators. */
  countOperator(): void {
    this.#operatorCount += 1;
    if (this.#operatorCount > MAX_OPERATORS) {
      this.fail(`a query takes at most ${MAX_OPERATORS} operators`);
    }
  }

  spanFrom(start: number): Span {
    return { start, end: this.#previousEnd };
  }

  textOf(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  /** Refuses the next token. */
  fail(expectation: string): never {
    const { kind, value, start, end } = this.peek();
    const found = kind === 'end' ? 'the end of the query' : JSON.stringify(value);
    throw new QuerySyntaxError(`${expectation}, found ${found}`, { start, end });
  }

  #advance(token: Token): Token {
    this.#offset = token.end;
    this.#previousEnd = token.end;
    this.#next = undefined;
    return token;
  }
}
