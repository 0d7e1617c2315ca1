/** The fields that a SQL query filters on, sub-queries, joins and common table expressions included. */
import { isSubQuery, readCondition } from './condition.ts';
import { type FieldUse, type ResolveField, usesOf } from './field-use.ts';
import { closingOf, unwrap } from './operand.ts';
import { type Relation, readTable, resolveAmong, resolveIn, resolveOutput } from './sql-relation.ts';
import { isKeyword, isSymbol, type Token } from './token.ts';

interface Analysis {
  readonly uses: readonly FieldUse[];
  readonly resolve: ResolveField;
}

interface Context {
  /** Results of `with`, by name. */
  readonly named: ReadonlyMap<string, ResolveField>;
  readonly depth: number;
}

const MAX_DEPTH = 20;
const SET_WORDS = ['union', 'intersect', 'except', 'minus'] as const;
const CLAUSES = ['select', 'from', 'where', 'group', 'having', 'order', 'limit', 'window', 'offset'] as const;
const JOIN_WORDS = [
  'join',
  'inner',
  'left',
  'right',
  'full',
  'outer',
  'cross',
  'semi',
  'anti',
  'natural',
  'lateral',
] as const;
const AGGREGATES = ['count', 'sum', 'avg', 'min', 'max', 'first', 'last', 'collect_list', 'collect_set'] as const;

export function findSqlUses(tokens: readonly Token[]): readonly FieldUse[] {
  return readQuery(tokens, { named: new Map(), depth: 0 }).uses;
}

function readQuery(tokens: readonly Token[], context: Context): Analysis {
  if (context.depth > MAX_DEPTH) return { uses: [], resolve: (field) => ({ field }) };
  const end = tokens.findIndex((token) => isSymbol(token, ';'));
  const query = unwrap(end < 0 ? tokens : tokens.slice(0, end));
  if (isKeyword(query[0], 'with')) return readWith(query.slice(1), context);
  const parts = splitAtWords(query, SET_WORDS).map(({ tokens: part }) =>
    isKeyword(part[0], 'all', 'distinct') ? part.slice(1) : part,
  );
  const selects = parts.filter((part) => part.length > 0).map((part) => readSelect(part, context));
  const [first] = selects;
  return { uses: selects.flatMap(({ uses }) => uses), resolve: first?.resolve ?? ((field) => ({ field })) };
}

/** `name as (…), name as (…) select …` */
function readWith(tokens: readonly Token[], context: Context): Analysis {
  const closing = closingOf(tokens);
  const named = new Map(context.named);
  const uses: FieldUse[] = [];
  let at = 0;
  while (isKeyword(tokens[at + 1], 'as') && isSymbol(tokens[at + 2], '(')) {
    const end = closing.get(at + 2) ?? tokens.length;
    const inner = readQuery(tokens.slice(at + 3, end), { named, depth: context.depth + 1 });
    named.set(tokens[at]?.value ?? '', inner.resolve);
    uses.push(...inner.uses);
    at = end + 1;
    if (isSymbol(tokens[at], ',')) at += 1;
  }
  const outer = readQuery(tokens.slice(at), { named, depth: context.depth + 1 });
  return { uses: [...uses, ...outer.uses], resolve: outer.resolve };
}

function readSelect(tokens: readonly Token[], context: Context): Analysis {
  if (!isKeyword(tokens[0], 'select')) {
    return isSymbol(tokens[0], '(') ? readQuery(tokens, { ...context, depth: context.depth + 1 }) : nothing();
  }
  const clauses = splitAtWords(tokens, CLAUSES);
  const clause = (word: string) => clauses.find((part) => part.word === word)?.tokens;
  const from = readFrom(clause('from') ?? [], context);
  const resolve = resolveAmong(from.relations);
  const items = clause('select') ?? [];
  const isGrouped = ['group', 'limit'].some((word) => clause(word) !== undefined) || isAggregated(items);
  const isDistinct = isKeyword(items[0], 'distinct');
  const asked = (part: readonly Token[] | undefined) =>
    part === undefined || part.length === 0 ? [] : usesOf(readCondition(part), resolve);
  const after = (use: FieldUse): FieldUse => ({ ...use, reason: 'later command' });
  const joined = (use: FieldUse): FieldUse => ({ ...use, reason: 'join' });
  return {
    uses: [
      ...from.uses,
      ...from.conditions.flatMap((condition) => asked(condition).map(joined)),
      ...asked(clause('where')),
      ...asked(clause('having')).map(after),
      ...['select', 'where', 'having'].flatMap((word) => subQueryUses(clause(word) ?? [], context)),
    ],
    resolve: resolveOutput(
      isKeyword(items[0], 'all', 'distinct') ? items.slice(1) : items,
      resolve,
      isGrouped || isDistinct ? 'later command' : undefined,
    ),
  };
}

function nothing(): Analysis {
  return { uses: [], resolve: (field) => ({ field }) };
}

function isAggregated(items: readonly Token[]): boolean {
  return items.some((token, index) => isKeyword(token, ...AGGREGATES) && isSymbol(items[index + 1], '('));
}

interface From {
  readonly relations: readonly Relation[];
  readonly conditions: readonly (readonly Token[])[];
  readonly uses: readonly FieldUse[];
}

function readFrom(tokens: readonly Token[], context: Context): From {
  const relations: Relation[] = [];
  const conditions: (readonly Token[])[] = [];
  const uses: FieldUse[] = [];
  for (const { tokens: part } of splitAtWords(tokens, JOIN_WORDS, ',')) {
    if (part.length === 0) continue;
    const [item = [], condition] = splitAtWords(part, ['on', 'using']).map((piece) => piece.tokens);
    if (condition !== undefined) conditions.push(condition);
    const isInner = isSubQuery(item) || (isSymbol(item[0], '(') && isSymbol(item[1], '('));
    const end = isSymbol(item[0], '(') ? (closingOf(item).get(0) ?? item.length - 1) : endOfTable(item);
    const alias = isKeyword(item[end + 1], 'as') ? item[end + 2] : item[end + 1];
    const source = isInner
      ? readQuery(item.slice(1, end), { ...context, depth: context.depth + 1 })
      : readNamed(item.slice(0, end + 1), context);
    uses.push(...source.uses);
    relations.push({ name: alias?.value ?? item[0]?.value ?? '', resolve: source.resolve });
  }
  return { relations, conditions, uses };
}

/** A table may be written as a call without back-ticks. */
function endOfTable(item: readonly Token[]): number {
  return isSymbol(item[1], '(') ? (closingOf(item).get(1) ?? item.length - 1) : 0;
}

function readNamed(item: readonly Token[], { named }: Context): Analysis {
  const [first] = item;
  if (first === undefined) return nothing();
  const known = named.get(first.value);
  if (known !== undefined) return { uses: [], resolve: known };
  const table = readTable(item.length === 1 ? first.value : writeCall(item));
  return { uses: table.indexedFields.map((field) => ({ field })), resolve: resolveIn(table) };
}

function writeCall(item: readonly Token[]): string {
  return item.map(({ kind, value }) => (kind === 'string' ? `'${value.replaceAll("'", "''")}'` : value)).join(' ');
}

function subQueryUses(tokens: readonly Token[], context: Context): readonly FieldUse[] {
  const closing = closingOf(tokens);
  const uses: FieldUse[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    if (!isSubQuery(tokens.slice(index, index + 2))) continue;
    const end = closing.get(index) ?? tokens.length;
    uses.push(...readQuery(tokens.slice(index + 1, end), { ...context, depth: context.depth + 1 }).uses);
    index = end;
  }
  return uses;
}

interface Part {
  /** The keyword before, in lower case; empty before the first one. */
  readonly word: string;
  readonly tokens: readonly Token[];
}

/** The parts between keywords that stand outside all parentheses; calls such as `left(…)` are none. */
function splitAtWords(tokens: readonly Token[], words: readonly string[], separator?: string): readonly Part[] {
  const parts: { word: string; tokens: Token[] }[] = [{ word: '', tokens: [] }];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (isSymbol(token, '(', '[')) depth += 1;
    else if (isSymbol(token, ')', ']')) depth = Math.max(0, depth - 1);
    const isCall = isSymbol(tokens[index + 1], '(') && isKeyword(token, 'left', 'right', 'limit');
    const isWord = isKeyword(token, ...words) && !isCall;
    if (depth === 0 && (isWord || (separator !== undefined && isSymbol(token, separator)))) {
      parts.push({ word: token.value.toLowerCase(), tokens: [] });
    } else parts.at(-1)?.tokens.push(token);
  }
  return parts;
}
