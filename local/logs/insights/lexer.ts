import { QuerySyntaxError } from './syntax-error.ts';

export type TokenKind = 'word' | 'quotedName' | 'number' | 'period' | 'string' | 'regex' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Meaning of the token: a word or symbol as written, the content of a string without its quotes. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const BLANK_OR_COMMENT = /(?:\s|#[^\n]*)*/y;
const WORD = /[A-Za-z_@$][\w@$]*(?:\.[\w@$]+)*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y;
const PERIOD = /\d+[A-Za-z]+(?![\w.])/y;
const SYMBOL = /=~|==|!=|<=|>=|[=<>!+\-*/%^(),|[\]:]/y;
const REGEX = /\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+)\//y;
const STRING = /"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'/y;
const QUOTED_NAME = /`([^`]+)`/y;

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text) ?? undefined;
}

function resolveEscapes(text: string): string {
  return text.replace(/\\(["'\\])/g, '$1');
}

/** Offset of the first character that is neither blank nor part of a `#` comment. */
function skipBlank(text: string, offset: number): number {
  return offset + (matchAt(BLANK_OR_COMMENT, text, offset)?.[0].length ?? 0);
}

/** Reads a `/…/` at the offset; `undefined` when there is none. Only the parser knows where a slash is no division. */
export function readRegex(text: string, offset: number): Token | undefined {
  const start = skipBlank(text, offset);
  const match = matchAt(REGEX, text, start);
  return match && { kind: 'regex', value: match[1] ?? '', start, end: start + match[0].length };
}

/** Reads the next token. @throws {QuerySyntaxError} at a character that begins none. */
export function readToken(text: string, offset: number): Token {
  const start = skipBlank(text, offset);
  if (start >= text.length) {
    return { kind: 'end', value: '', start: text.length, end: text.length };
  }
  const quoted = matchAt(STRING, text, start);
  if (quoted) {
    return {
      kind: 'string',
      value: resolveEscapes(quoted[1] ?? quoted[2] ?? ''),
      start,
      end: start + quoted[0].length,
    };
  }
  const name = matchAt(QUOTED_NAME, text, start);
  if (name) {
    return { kind: 'quotedName', value: name[1] ?? '', start, end: start + name[0].length };
  }
  const plain: readonly (readonly [TokenKind, RegExp])[] = [
    ['word', WORD],
    ['number', NUMBER],
    ['period', PERIOD],
    ['symbol', SYMBOL],
  ];
  for (const [kind, pattern] of plain) {
    const match = matchAt(pattern, text, start);
    if (match) {
      return { kind, value: match[0], start, end: start + match[0].length };
    }
  }
  const character = text.slice(start, start + 1);
  const isUnclosed = character === '"' || character === "'" || character === '`';
  const message = isUnclosed ? `the ${character} is never closed` : `unexpected character ${JSON.stringify(character)}`;
  throw new QuerySyntaxError(message, { start, end: isUnclosed ? text.length : start + 1 });
}
