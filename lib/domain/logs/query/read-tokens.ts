/**
 * The tokenizer of the three query languages of Logs Insights. It refuses nothing: a quote without its end runs to the
 * end of the text, an unknown character is a symbol. Linear in the length of the text.
 */
import { createPatternReader } from './read-pattern.ts';
import { isKeyword, isSymbol, type QueryDialect, type Token, type TokenKind } from './token.ts';

/** Blanks and comments. PPL has `//`, SQL `--`, both block comments (OpenSearch PPL and SQL reference). */
const BLANKS: Readonly<Record<QueryDialect, RegExp>> = {
  CWLI: /(?:\s|#[^\n]*)+/y,
  PPL: /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y,
  SQL: /(?:\s|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y,
};

const SEGMENT = '(?:[\\p{L}\\p{N}_@$]+|`[^`]*(?:`|$))';
const NAME = new RegExp(`(?:[\\p{L}_@$][\\p{L}\\p{N}_@$]*|\`[^\`]*(?:\`|$))(?:\\.${SEGMENT})*`, 'yu');
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\w*/y;
const STRING = /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|'(?:[^'\\]|\\[\s\S])*(?:'|\\?$)/y;
/** In PPL and SQL a doubled quote is one quote. */
const DOUBLING_STRING = /"(?:[^"\\]|\\[\s\S]|"")*(?:"|\\?$)|'(?:[^'\\]|\\[\s\S]|'')*(?:'|\\?$)/y;
const SYMBOL = /=~|!=|<>|<=|>=|==|[\s\S]/y;

/** Behind these a value begins, so that a slash opens a pattern; behind anything else it divides. */
const BEFORE_VALUE = ['like', 'ilike', 'and', 'or', 'not', 'in', 'parse', 'filter', 'where', 'regex'] as const;

export function readTokens(query: string, language: QueryDialect): readonly Token[] {
  const tokens: Token[] = [];
  const readPattern = language === 'CWLI' ? createPatternReader(query) : undefined;
  const place = { depth: 0, isInParse: false };
  let offset = 0;
  while (offset < query.length) {
    offset += matchAt(BLANKS[language], query, offset)?.length ?? 0;
    if (offset >= query.length) break;
    const isPattern = query[offset] === '/' && opensValue(tokens.at(-1), place);
    const token = (isPattern ? readPattern?.(offset) : undefined) ?? readToken(query, offset, language);
    follow(place, token, tokens.at(-1));
    tokens.push(token);
    offset = token.end;
  }
  return tokens;
}

/** Where the reader stands: `parse <field> /…/` has its pattern behind an operand. */
function follow(place: { depth: number; isInParse: boolean }, token: Token, previous: Token | undefined): void {
  if (isSymbol(token, '(', '[')) place.depth += 1;
  else if (isSymbol(token, ')', ']')) place.depth -= 1;
  else if (isSymbol(token, '|')) place.isInParse = false;
  else if (isKeyword(token, 'parse') && (previous === undefined || isSymbol(previous, '|', '('))) {
    place.isInParse = true;
    place.depth = 0;
  }
}

function opensValue(previous: Token | undefined, place: { depth: number; isInParse: boolean }): boolean {
  if (previous === undefined || (place.isInParse && place.depth <= 0)) return true;
  return previous.kind === 'symbol' ? !isSymbol(previous, ')', ']', '}') : isKeyword(previous, ...BEFORE_VALUE);
}

function readToken(query: string, start: number, language: QueryDialect): Token {
  const string = matchAt(language === 'CWLI' ? STRING : DOUBLING_STRING, query, start);
  if (string !== undefined) return { ...span('string', start, string), value: contentOf(string) };
  const name = matchAt(NAME, query, start);
  if (name !== undefined) {
    return { ...span(name.includes('`') ? 'name' : 'word', start, name), value: name.replaceAll('`', '') };
  }
  const number = matchAt(NUMBER, query, start);
  if (number !== undefined) return span('number', start, number);
  return span('symbol', start, matchAt(SYMBOL, query, start) ?? query.slice(start, start + 1));
}

function span(kind: TokenKind, start: number, text: string): Token {
  return { kind, value: text, start, end: start + text.length };
}

function contentOf(quoted: string): string {
  const quote = quoted.charAt(0);
  const isClosed = quoted.length > 1 && quoted.endsWith(quote);
  return quoted.slice(1, isClosed ? -1 : undefined).replace(/\\(["'\\])/g, '$1');
}

function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}
