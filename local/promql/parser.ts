import { readDurationMs, readTokens, type Token } from './lexer.ts';
import { parseError } from './promql-error.ts';

export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export interface Selector {
  readonly kind: 'selector';
  readonly matchers: readonly Matcher[];
  /** Set for a range vector. */
  readonly rangeMs?: number;
}

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly text: string }
  | Selector
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly offset: number }
  | {
      readonly kind: 'aggregate';
      readonly name: string;
      readonly by: readonly string[];
      readonly args: readonly Expression[];
      readonly offset: number;
    }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly offset: number;
    };

const AGGREGATIONS: ReadonlySet<string> = new Set(['sum', 'avg', 'max', 'min', 'count', 'topk']);
const FUNCTIONS: ReadonlySet<string> = new Set([
  'rate',
  'increase',
  'avg_over_time',
  'histogram_avg',
  'histogram_sum',
  'histogram_count',
  'vector',
  'scalar',
  'time',
]);

/** Reads the part of PromQL that is known here; anything else is a parse error as Prometheus words it. */
export function parsePromql(text: string): Expression {
  const reader = new Parser(readTokens(text));
  return reader.readAll();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  readAll(): Expression {
    if (this.#peek().kind === 'end') throw parseError(0, 'no expression found in input');
    const expression = this.#readSum();
    if (this.#peek().kind !== 'end') throw this.#unexpected();
    return expression;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', offset: 0 };
  }

  #take(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #isMark(text: string): boolean {
    return this.#peek().kind === 'mark' && this.#peek().text === text;
  }

  #expect(mark: string): void {
    if (!this.#isMark(mark)) throw this.#unexpected();
    this.#at += 1;
  }

  #unexpected(): Error {
    const { kind, text, offset } = this.#peek();
    return parseError(
      offset,
      kind === 'end' ? 'unexpected end of input' : `unexpected ${kind} ${JSON.stringify(text)}`,
    );
  }

  #readSum(): Expression {
    return this.#readBinary(['+', '-'], () => this.#readBinary(['*', '/'], () => this.#readOperand()));
  }

  #readBinary(operators: readonly string[], readSide: () => Expression): Expression {
    let left = readSide();
    while (this.#peek().kind === 'mark' && operators.includes(this.#peek().text)) {
      const { text, offset } = this.#take();
      left = { kind: 'binary', operator: text, left, right: readSide(), offset };
    }
    return left;
  }

  #readOperand(): Expression {
    const token = this.#peek();
    if (token.kind === 'number') return { kind: 'number', value: Number(this.#take().text) };
    if (token.kind === 'string') return { kind: 'string', text: this.#take().text };
    if (this.#isMark('-')) {
      this.#at += 1;
      const right = this.#readOperand();
      return { kind: 'binary', operator: '*', left: { kind: 'number', value: -1 }, right, offset: token.offset };
    }
    if (this.#isMark('(')) {
      this.#at += 1;
      const inner = this.#readSum();
      this.#expect(')');
      return inner;
    }
    if (this.#isMark('{')) return this.#readSelector(undefined);
    if (token.kind !== 'word') throw this.#unexpected();
    this.#at += 1;
    if (AGGREGATIONS.has(token.text) && (this.#isMark('(') || this.#peek().text === 'by'))
      return this.#readAggregate(token);
    if (!this.#isMark('(')) return this.#readSelector(token.text);
    if (!FUNCTIONS.has(token.text)) throw parseError(token.offset, `unknown function with name "${token.text}"`);
    return { kind: 'call', name: token.text, args: this.#readArguments(), offset: token.offset };
  }

  #readAggregate({ text, offset }: Token): Expression {
    const before = this.#readBy();
    const args = this.#readArguments();
    return { kind: 'aggregate', name: text, by: before ?? this.#readBy() ?? [], args, offset };
  }

  #readBy(): string[] | undefined {
    if (this.#peek().kind !== 'word' || this.#peek().text !== 'by') return undefined;
    this.#at += 1;
    this.#expect('(');
    const labels: string[] = [];
    while (!this.#isMark(')')) {
      const token = this.#take();
      if (token.kind !== 'word' && token.kind !== 'string') throw parseError(token.offset, 'unexpected label');
      labels.push(token.text);
      if (!this.#isMark(')')) this.#expect(',');
    }
    this.#expect(')');
    return labels;
  }

  #readArguments(): Expression[] {
    this.#expect('(');
    const args: Expression[] = [];
    while (!this.#isMark(')')) {
      args.push(this.#readSum());
      if (!this.#isMark(')')) this.#expect(',');
    }
    this.#expect(')');
    return args;
  }

  #readSelector(name: string | undefined): Selector {
    const matchers: Matcher[] = name === undefined ? [] : [{ label: '__name__', operator: '=', value: name }];
    if (this.#isMark('{')) {
      this.#at += 1;
      while (!this.#isMark('}')) {
        matchers.push(this.#readMatcher());
        if (!this.#isMark('}')) this.#expect(',');
      }
      this.#expect('}');
    }
    if (!this.#isMark('[')) return { kind: 'selector', matchers };
    this.#at += 1;
    if (this.#peek().kind !== 'duration') throw this.#unexpected();
    const rangeMs = readDurationMs(this.#take().text);
    this.#expect(']');
    return { kind: 'selector', matchers, rangeMs };
  }

  #readMatcher(): Matcher {
    const label = this.#take();
    if (label.kind !== 'word' && label.kind !== 'string') throw parseError(label.offset, 'unexpected matcher');
    const operator = this.#peek().text;
    if (label.kind === 'string' && (operator === ',' || operator === '}'))
      return { label: '__name__', operator: '=', value: label.text };
    if (operator !== '=' && operator !== '!=' && operator !== '=~' && operator !== '!~') throw this.#unexpected();
    this.#at += 1;
    if (this.#peek().kind !== 'string') throw this.#unexpected();
    return { label: label.text, operator, value: this.#take().text };
  }
}
