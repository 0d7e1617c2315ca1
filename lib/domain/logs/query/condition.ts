/**
 * What a filter asks: a tree of and, or and not over comparisons. It refuses nothing: what it does not understand is a
 * comparison that no index helps, with the fields that it names.
 */
import { fieldsIn, readOperand, unwrap } from './operand.ts';
import { splitTokens } from './pipeline.ts';
import { isKeyword, isSymbol, type Token } from './token.ts';

/** Why no index helps a condition. */
export type OtherReason =
  | 'comparison'
  | 'pattern'
  | 'negation'
  | 'presence'
  | 'function'
  | 'two fields'
  | 'or'
  | 'sub-query'
  | 'join'
  | 'alias'
  | 'later command';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  /** `field = constant` or `field in [constants]` */
  | { readonly kind: 'match'; readonly field: string }
  | { readonly kind: 'other'; readonly fields: readonly string[]; readonly reason: OtherReason };

/** Deeper nesting is not taken apart. */
const MAX_DEPTH = 60;

export function readCondition(tokens: readonly Token[], depth = 0): Condition {
  if (depth > MAX_DEPTH) return other(tokens, 'function');
  const inner = unwrap(tokens);
  const alternatives = splitAt(inner, 'or');
  if (alternatives.length > 1) return join('or', alternatives, depth);
  const exclusive = splitAt(inner, 'xor');
  if (exclusive.length > 1) return { kind: 'not', part: join('and', exclusive, depth) };
  const demands = splitAt(inner, 'and');
  if (demands.length > 1) return join('and', demands, depth);
  if (isKeyword(inner[0], 'not')) return { kind: 'not', part: readCondition(inner.slice(1), depth + 1) };
  return inner.length < tokens.length && isSymbol(inner[0], '(')
    ? readCondition(inner, depth + 1)
    : readComparison(inner);
}

function join(kind: 'and' | 'or', parts: readonly (readonly Token[])[], depth: number): Condition {
  return { kind, parts: parts.map((part) => readCondition(part, depth + 1)) };
}

/** Parts between a keyword that stands outside parentheses; the `and` of `between` is none. */
function splitAt(tokens: readonly Token[], keyword: 'and' | 'or' | 'xor'): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  let isBetween = false;
  for (const token of tokens) {
    if (isSymbol(token, '(', '[') || isKeyword(token, 'case')) depth += 1;
    else if (isSymbol(token, ')', ']') || isKeyword(token, 'end')) depth = Math.max(0, depth - 1);
    else if (depth === 0 && isKeyword(token, 'between')) isBetween = true;
    if (depth === 0 && isKeyword(token, keyword)) {
      if (keyword === 'and' && isBetween) isBetween = false;
      else {
        parts.push([]);
        continue;
      }
    }
    parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

const SIGNS = ['=', '==', '!=', '<>', '<', '>', '<=', '>=', '=~'] as const;
const WORDS = ['in', 'like', 'ilike', 'rlike', 'regexp', 'between', 'is', 'not'] as const;

function readComparison(tokens: readonly Token[]): Condition {
  const at = findOperator(tokens);
  const operator = tokens[at];
  if (operator === undefined) return other(tokens, 'function');
  const right = tokens.slice(at + 1);
  if (isSymbol(operator, '=', '==')) return readEquality(tokens.slice(0, at), right);
  if (isKeyword(operator, 'in')) return readIn(tokens.slice(0, at), right);
  if (isKeyword(operator, 'not')) {
    // `a not in […]`, `a not like …`
    return { kind: 'not', part: readComparison([...tokens.slice(0, at), ...right]) };
  }
  if (isKeyword(operator, 'is')) return other(tokens, 'presence');
  return other(tokens, isSymbol(operator, '=~') || operator.kind === 'word' ? reasonOfWord(operator) : 'comparison');
}

function reasonOfWord(operator: Token): OtherReason {
  return isKeyword(operator, 'between') ? 'comparison' : 'pattern';
}

function findOperator(tokens: readonly Token[]): number {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (isSymbol(token, '(', '[') || isKeyword(token, 'case')) depth += 1;
    else if (isSymbol(token, ')', ']') || isKeyword(token, 'end')) depth = Math.max(0, depth - 1);
    else if (depth === 0 && (isSymbol(token, ...SIGNS) || (index > 0 && isKeyword(token, ...WORDS)))) return index;
  }
  return -1;
}

function readEquality(leftTokens: readonly Token[], rightTokens: readonly Token[]): Condition {
  const left = readOperand(leftTokens);
  const right = readOperand(rightTokens);
  if (left.kind === 'field' && right.kind === 'constant') return { kind: 'match', field: left.field };
  if (left.kind === 'constant' && right.kind === 'field') return { kind: 'match', field: right.field };
  const isTwoFields = left.kind === 'field' && right.kind === 'field';
  return other([...leftTokens, ...rightTokens], isTwoFields ? 'two fields' : 'function');
}

function readIn(leftTokens: readonly Token[], list: readonly Token[]): Condition {
  const left = readOperand(leftTokens);
  if (isSubQuery(list)) return other(leftTokens, 'sub-query');
  const isList = isSymbol(list[0], '[', '(') && isSymbol(list.at(-1), ']', ')');
  const values = splitTokens(list.slice(1, -1), ',').map(readOperand);
  const isConstant = isList && values.every(({ kind }) => kind === 'constant');
  if (left.kind === 'field' && isConstant) return { kind: 'match', field: left.field };
  return other([...leftTokens, ...list], left.kind === 'field' ? 'two fields' : 'function');
}

/** Whether a parenthesis or bracket holds a query of its own. */
export function isSubQuery(tokens: readonly Token[]): boolean {
  return isSymbol(tokens[0], '(', '[') && isKeyword(tokens[1], 'source', 'search', 'select', 'with');
}

/** A query inside names fields of its own: they are not this one's. */
function other(tokens: readonly Token[], reason: OtherReason): Condition {
  const start = tokens.findIndex((_, index) => isSubQuery(tokens.slice(index, index + 2)));
  return { kind: 'other', fields: fieldsIn(start < 0 ? tokens : tokens.slice(0, start)), reason };
}
