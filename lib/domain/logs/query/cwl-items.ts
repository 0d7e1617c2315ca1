/** The lists inside a CWLI command: `a, b as c`, `x desc`. Pure. */
import { splitTokens } from './pipeline.ts';
import { isKeyword, type Token } from './token.ts';

export interface NamedItem {
  /** The expression as it is written. */
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The alias, else the expression itself: how a row names it. */
  readonly name: string;
  readonly hasAlias: boolean;
}

/** The items of `fields`, `display`, `stats` and `by`. Empty ones are left out. */
export function readNamedItems(query: string, tokens: readonly Token[]): readonly NamedItem[] {
  return splitTokens(tokens, ',').flatMap((item) => {
    const at = item.findLastIndex((token) => isKeyword(token, 'as'));
    const alias = at > 0 && at === item.length - 2 ? item.at(-1) : undefined;
    const expression = alias === undefined ? item : item.slice(0, at);
    if (expression.length === 0) return [];
    const text = textOf(query, expression);
    const name = alias?.value ?? nameOf(expression, text);
    return [{ text, tokens: expression, name, hasAlias: alias !== undefined }];
  });
}

export interface SortKey {
  /** The expression as it is written. */
  readonly text: string;
  /** A plain field's name, or the expression itself. */
  readonly name: string;
  readonly isField: boolean;
  readonly isDescending: boolean;
}

/** The keys of `sort`. */
export function readSortKeys(query: string, tokens: readonly Token[]): readonly SortKey[] {
  const [first, ...rest] = tokens;
  return splitTokens(isKeyword(first, 'by') ? rest : tokens, ',').flatMap((item) => {
    const hasDirection = item.length > 1 && isKeyword(item.at(-1), 'asc', 'desc');
    const expression = hasDirection ? item.slice(0, -1) : item;
    if (expression.length === 0) return [];
    const text = textOf(query, expression);
    return [
      {
        text,
        name: nameOf(expression, text),
        isField: isField(expression),
        isDescending: hasDirection && isKeyword(item.at(-1), 'desc'),
      },
    ];
  });
}

/** Whether an expression is nothing but a field. */
export function isField(tokens: readonly Token[]): boolean {
  return tokens.length === 1 && (tokens[0]?.kind === 'word' || tokens[0]?.kind === 'name');
}

/** A name for comparing: CloudWatch may write `count( * )` in its own way. */
export function normalizeName(name: string): string {
  return name.replace(/[\s`]+/g, '');
}

function nameOf(tokens: readonly Token[], text: string): string {
  return isField(tokens) ? (tokens[0]?.value ?? text) : text;
}

function textOf(query: string, tokens: readonly Token[]): string {
  return query.slice(tokens[0]?.start, tokens.at(-1)?.end);
}
