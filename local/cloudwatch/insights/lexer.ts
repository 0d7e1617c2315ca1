import { MathError } from '../math/math-error.ts';

export interface InsightsToken {
  /** A name stands in double quotation marks, a value in single ones. */
  readonly kind: 'word' | 'name' | 'value' | 'symbol' | 'end';
  /** What is meant: without quotation marks and escapes. */
  readonly text: string;
  /** As written. */
  readonly source: string;
  readonly offset: number;
}

const SPACE = /\s+/y;
const WORD = /[A-Za-z0-9_]+/y;
const NAME = /"(?:[^"\\]|\\[\s\S])*"/y;
const VALUE = /'(?:[^'\\]|\\[\s\S])*'/y;
const SYMBOL = /!=|[(),=.]/y;

/** Splits a Metrics Insights query into tokens; the last one is `end`. Throws MathError at a character without a place in one. */
export function tokenizeInsights(source: string): InsightsToken[] {
  const tokens: InsightsToken[] = [];
  let offset = 0;
  while (offset < source.length) {
    const token = readToken(source, offset);
    if (token.source.trim() !== '') tokens.push(token);
    offset += token.source.length;
  }
  tokens.push({ kind: 'end', text: '', source: '<EOF>', offset });
  return tokens;
}

/** Position as `line 2:14`; lines count from 1, columns from 0. */
export function describePosition(source: string, offset: number): string {
  const before = source.slice(0, offset).split('\n');
  return `line ${before.length}:${before.at(-1)?.length ?? 0}`;
}

function readToken(source: string, offset: number): InsightsToken {
  for (const [kind, pattern] of [
    ['symbol', SPACE],
    ['word', WORD],
    ['name', NAME],
    ['value', VALUE],
    ['symbol', SYMBOL],
  ] as const) {
    pattern.lastIndex = offset;
    const found = pattern.exec(source)?.[0];
    if (found !== undefined) {
      const isQuoted = kind === 'name' || kind === 'value';
      return { kind, text: isQuoted ? unquote(found) : found, source: found, offset };
    }
  }
  const position = describePosition(source, offset);
  throw new MathError(`${position} token recognition error at: '${source.slice(offset, offset + 20)}'`);
}

/** A backslash escapes a quotation mark or a backslash; before anything else it is itself. */
function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(["'\\])/g, '$1');
}
