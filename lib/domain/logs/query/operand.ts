/** One side of a comparison: a field, a constant, or something computed. */
import { isKeyword, isSymbol, type Token } from './token.ts';

export type Operand =
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'constant' }
  | { readonly kind: 'computed'; readonly fields: readonly string[] };

const CONSTANTS = ['true', 'false', 'null'] as const;
/** Words of expressions that name nothing. */
const WORDS: readonly string[] = [
  ...CONSTANTS,
  'and',
  'or',
  'not',
  'xor',
  'in',
  'like',
  'ilike',
  'rlike',
  'regexp',
  'between',
  'is',
  'as',
  'present',
  'exists',
  'case',
  'when',
  'then',
  'else',
  'end',
  'distinct',
  'escape',
];

export function readOperand(tokens: readonly Token[]): Operand {
  const inner = unwrap(tokens);
  const [first, second] = inner;
  if (inner.length === 1 && isField(first, second)) return { kind: 'field', field: first?.value ?? '' };
  const fields = fieldsIn(inner);
  const hasCall = inner.some((token, index) => token.kind === 'word' && isSymbol(inner[index + 1], '('));
  if (fields.length === 0 && !hasCall && inner.length > 0) return { kind: 'constant' };
  // A typed literal of SQL: DATE '2026-01-01', INTERVAL '5' MINUTE.
  if (isKeyword(first, 'date', 'timestamp', 'interval') && second?.kind === 'string') return { kind: 'constant' };
  return { kind: 'computed', fields };
}

/** Every field that is named, wherever it stands; each once. */
export function fieldsIn(tokens: readonly Token[]): readonly string[] {
  const isType = (index: number) => isKeyword(tokens[index - 1], 'as'); // CAST(a AS INT)
  const names = tokens.filter((token, index) => isField(token, tokens[index + 1]) && !isType(index));
  return [...new Set(names.map(({ value }) => value))];
}

function isField(token: Token | undefined, next: Token | undefined): boolean {
  if (token?.kind === 'name') return token.value !== '';
  return token?.kind === 'word' && !isSymbol(next, '(') && !isKeyword(token, ...WORDS);
}

/** Without the parentheses around the whole of it. */
export function unwrap(tokens: readonly Token[]): readonly Token[] {
  let from = 0;
  let to = tokens.length;
  const closing = closingOf(tokens);
  while (to - from >= 2 && isSymbol(tokens[from], '(') && closing.get(from) === to - 1) {
    from += 1;
    to -= 1;
  }
  return from === 0 ? tokens : tokens.slice(from, to);
}

/** The index of the closing parenthesis or bracket of each opening one. */
export function closingOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const open: number[] = [];
  const closing = new Map<number, number>();
  for (const [index, token] of tokens.entries()) {
    if (isSymbol(token, '(', '[')) open.push(index);
    else if (isSymbol(token, ')', ']')) {
      const start = open.pop();
      if (start !== undefined) closing.set(start, index);
    }
  }
  return closing;
}
