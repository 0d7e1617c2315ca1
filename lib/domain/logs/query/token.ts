/** What the text of a query is made of. */

/** The query languages of Logs Insights. */
export type QueryDialect = 'CWLI' | 'PPL' | 'SQL';

/**
 * - `word`: a bare name or keyword (`filter`, `@message`, `kubernetes.pod_name`)
 * - `name`: a name of which a part stands in back-ticks; never a keyword
 * - `number`: also with a unit (`5m`)
 * - `symbol`: an operator or a punctuation mark
 */
export type TokenKind = 'word' | 'name' | 'number' | 'string' | 'regex' | 'symbol';

export interface Token {
  readonly kind: TokenKind;
  /** A name without back-ticks, a string or pattern without its delimiters, anything else as it is written. */
  readonly value: string;
  /** Offset of the first character in the query. */
  readonly start: number;
  /** Offset behind the last character. */
  readonly end: number;
}

/** Whether the token is the keyword, in any case. */
export function isKeyword(token: Token | undefined, ...keywords: readonly string[]): boolean {
  return token?.kind === 'word' && keywords.includes(token.value.toLowerCase());
}

export function isSymbol(token: Token | undefined, ...symbols: readonly string[]): boolean {
  return token?.kind === 'symbol' && symbols.includes(token.value);
}
