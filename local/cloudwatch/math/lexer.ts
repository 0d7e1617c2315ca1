import { MathError } from './math-error.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'symbol' | 'end';
  /** The token's text; of a string what stands between its quotes, without escapes. */
  readonly text: string;
  /** 0-based offset in the expression. */
  readonly offset: number;
}

// An exponent's sign belongs to the number: 1e-36 is one token, m1e-36 is a name and a subtraction.
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SYMBOL = /==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]/y;
const SPACE = /\s+/y;

/** Splits a metric math expression into tokens; the last one is `end`. Throws MathError at a character that has no place in one. */
export function tokenizeMath(source: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    return pattern.exec(source)?.[0];
  };
  while (offset < source.length) {
    const space = match(SPACE);
    if (space !== undefined) {
      offset += space.length;
      continue;
    }
    const first = source.charAt(offset);
    if (first === "'" || first === '"') {
      const { text, endOffset } = readQuoted(source, offset);
      tokens.push({ kind: 'text', text, offset });
      offset = endOffset;
      continue;
    }
    const token = readPlain(match, offset);
    if (token === undefined) throw new MathError(`Unexpected character '${first}' at position ${offset + 1}`);
    tokens.push(token);
    offset += token.text.length;
  }
  tokens.push({ kind: 'end', text: '', offset });
  return tokens;
}

function readPlain(match: (pattern: RegExp) => string | undefined, offset: number): Token | undefined {
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['name', NAME],
    ['symbol', SYMBOL],
  ] as const) {
    const text = match(pattern);
    if (text !== undefined) return { kind, text, offset };
  }
  return undefined;
}

/**
 * Reads a quoted string. Only the quote that encloses it is unescaped here: every other backslash belongs to the
 * language inside (a search term escapes with backslashes of its own).
 */
function readQuoted(source: string, start: number): { text: string; endOffset: number } {
  const quote = source.charAt(start);
  let text = '';
  let offset = start + 1;
  while (offset < source.length) {
    const character = source.charAt(offset);
    if (character === quote) return { text, endOffset: offset + 1 };
    if (character === '\\' && offset + 1 < source.length) {
      const next = source.charAt(offset + 1);
      text += next === quote ? next : character + next;
      offset += 2;
      continue;
    }
    text += character;
    offset += 1;
  }
  throw new MathError(`String that starts at position ${start + 1} has no closing quotation mark`);
}
