import { MathError } from '../math-error.ts';

export interface SearchToken {
  readonly kind: 'word' | 'exact' | 'symbol' | 'end';
  /** Of an exact term what stands between its quotes, without escapes. */
  readonly text: string;
  /** 0-based offset in the search text. */
  readonly offset: number;
}

const SPACE = /\s+/y;
const SYMBOL = /[{}(),=]/y;
const WORD = /[^\s"{}(),=]+/y;
const EXACT = /"((?:[^"\\]|\\[\s\S])*)"/y;

/** Splits the first argument of SEARCH into tokens; the last one is `end`. Throws MathError for a quotation without an end. */
export function tokenizeSearch(source: string): SearchToken[] {
  const tokens: SearchToken[] = [];
  let offset = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = offset;
    return pattern.exec(source);
  };
  while (offset < source.length) {
    const space = match(SPACE);
    const exact = match(EXACT);
    const symbol = match(SYMBOL);
    const found = space ?? exact ?? symbol ?? match(WORD);
    if (found === null) throw new MathError(`SEARCH: no closing quotation mark for the one at position ${offset + 1}`);
    if (exact !== null) tokens.push({ kind: 'exact', text: unescapeExact(exact[1] ?? ''), offset });
    else if (space === null) tokens.push({ kind: symbol === null ? 'word' : 'symbol', text: found[0], offset });
    offset += found[0].length;
  }
  tokens.push({ kind: 'end', text: '', offset });
  return tokens;
}

/** In exact terms a backslash stands before " \ ( and ) (User Guide, "Non-alphanumeric characters"). */
function unescapeExact(text: string): string {
  return text.replace(/\\(["\\()])/g, '$1');
}
