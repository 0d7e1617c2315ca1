/** The fields that a CWLI or PPL query filters on, command by command. */
import { isSubQuery, readCondition } from './condition.ts';
import { FieldScope } from './field-scope.ts';
import { type FieldUse, usesOf, withReason } from './field-use.ts';
import { closingOf, readOperand, unwrap } from './operand.ts';
import { type CommandTokens, splitCommands, splitTokens } from './pipeline.ts';
import { readSource } from './read-source.ts';
import { isKeyword, isSymbol, type Token } from './token.ts';

/** After these, events are no longer the events of the log group, or no longer all of them. */
const CLOSING_COMMANDS: ReadonlySet<string> = new Set(
  'stats,eventstats,streamstats,pattern,patterns,diff,anomaly,top,rare,dedup,limit,head,tail,trendline,fieldsummary'.split(
    ',',
  ),
);
/** Behind which keyword a command names the fields that it makes or changes. */
const MADE_BEHIND: ReadonlyMap<string, readonly string[]> = new Map([
  ['unnest', ['into']],
  ['lookup', ['output', 'outputnew', 'append', 'replace']],
  ['flatten', ['as']],
  ['fillnull', ['in']],
]);
/** Sub-queries inside sub-queries are followed this far; AWS allows none. */
const MAX_DEPTH = 5;

interface Walk {
  readonly scope: FieldScope;
  readonly uses: FieldUse[];
  readonly logGroups: string[];
  readonly depth: number;
}

export function findPipedUses(tokens: readonly Token[], depth = 0): readonly FieldUse[] {
  const walk: Walk = { scope: new FieldScope(), uses: [], logGroups: [], depth };
  for (const command of splitCommands(tokens)) follow(command, walk);
  const { logGroups } = walk;
  return logGroups.length === 0
    ? walk.uses
    : walk.uses.map((use) => (use.logGroups === undefined ? { ...use, logGroups } : use));
}

function follow({ name, tokens }: CommandTokens, walk: Walk): void {
  const { scope } = walk;
  if (name !== 'source' && name !== 'search') followSubQueries(tokens, walk);
  switch (name) {
    case 'source':
    case 'search': {
      const source = readSource(name === 'search' ? tokens.slice(1) : tokens);
      walk.logGroups.push(...source.logGroups);
      walk.uses.push(...source.indexedFields.map((field) => ({ field })), ...askedBy(source.rest, scope));
      return;
    }
    case 'filter':
    case 'filterindex':
    case 'where':
      walk.uses.push(...askedBy(tokens, scope));
      return;
    case 'fields':
    case 'display':
    case 'rename':
    case 'expand':
      for (const item of splitTokens(tokens, ',')) nameField(item, scope);
      return;
    case 'eval':
      for (const item of splitTokens(tokens, ',')) assignField(item, scope);
      return;
    case 'parse':
    case 'grok':
    case 'rex':
      scope.make(...namesOfParse(tokens));
      return;
    case 'join':
      followJoin(tokens, walk);
      return;
    default:
      followOther({ name, tokens }, walk);
  }
}

function followOther({ name, tokens }: CommandTokens, walk: Walk): void {
  const { scope } = walk;
  // `LEFT JOIN left=l, right=r on …` of PPL.
  if (isKeyword(tokens[0], 'join')) followJoin(tokens.slice(1), walk);
  else if (CLOSING_COMMANDS.has(name)) {
    scope.close('later command');
    scope.make(...aliasesIn(tokens));
  } else scope.make(...listAfter(tokens, ...(MADE_BEHIND.get(name) ?? [])));
}

function askedBy(tokens: readonly Token[], scope: FieldScope): readonly FieldUse[] {
  return tokens.length === 0 ? [] : usesOf(readCondition(tokens), (name) => scope.resolve(name));
}

/** `field`, `field as name` or `expression as name` */
function nameField(item: readonly Token[], scope: FieldScope): void {
  const alias = item.at(-1);
  if (item.length < 3 || !isKeyword(item.at(-2), 'as') || alias === undefined) return;
  const operand = readOperand(item.slice(0, -2));
  if (operand.kind === 'field') scope.rename(operand.field, alias.value);
  else scope.make(alias.value);
}

/** `name = expression` */
function assignField(item: readonly Token[], scope: FieldScope): void {
  const [name, sign, ...expression] = item;
  if (name === undefined || !isSymbol(sign, '=')) return;
  const operand = readOperand(expression);
  if (operand.kind === 'field') scope.rename(operand.field, name.value);
  else scope.make(name.value);
}

/** Names behind `as`, and those of the groups `(?<name>…)` and `%{PATTERN:name}`. */
function namesOfParse(tokens: readonly Token[]): readonly string[] {
  const groups = tokens
    .filter(({ kind }) => kind === 'regex' || kind === 'string')
    .flatMap(({ value }) => [...value.matchAll(/\(\?P?<(\w+)>|%\{\w+:(\w+)[:}]/g)])
    .map(([, group, pattern]) => group ?? pattern ?? '');
  return [...listAfter(tokens, 'as'), ...groups];
}

/** `n` and `m` of `count(*) as n, max(a) as m by b` */
function aliasesIn(tokens: readonly Token[]): readonly string[] {
  return tokens.filter((_, index) => isKeyword(tokens[index - 1], 'as')).map(({ value }) => value);
}

/** The last name of each item of the list behind a keyword. */
function listAfter(tokens: readonly Token[], ...keywords: readonly string[]): readonly string[] {
  const start = tokens.findIndex((token) => isKeyword(token, ...keywords));
  if (start < 0) return [];
  const items = splitTokens(unwrap(tokens.slice(start + 1)), ',');
  return items.flatMap((item) => item.findLast(({ kind }) => kind === 'word' || kind === 'name')?.value ?? []);
}

/** `join left=l right=r where l.a = r.b (SOURCE …)`, in PPL with `on` and a table or `[ source = … ]`. */
function followJoin(tokens: readonly Token[], walk: Walk): void {
  const { scope } = walk;
  const inner = subQueriesIn(tokens)[0] ?? [];
  const table = tokens.at(-1);
  const others = inner.length > 0 ? sourcesOf(inner) : table?.kind === 'name' ? [table.value] : [];
  const optionOf = (key: string) =>
    tokens.find((_, index) => isKeyword(tokens[index - 2], key) && isSymbol(tokens[index - 1], '='))?.value;
  const [left, right] = [optionOf('left'), optionOf('right')];
  if (left !== undefined) scope.qualify(left, undefined);
  if (right !== undefined) scope.qualify(right, others);
  const start = tokens.findIndex((token) => isKeyword(token, 'where', 'on'));
  const end = tokens.findIndex(
    (token, index) => index > start && (isSubQuery(tokens.slice(index, index + 2)) || token === table),
  );
  if (start >= 0) {
    const condition = tokens.slice(start + 1, end < 0 ? undefined : end);
    walk.uses.push(...askedBy(condition, scope).map((use) => withReason({ ...use, reason: 'join' }, 'join')));
  }
  scope.close('join');
}

function followSubQueries(tokens: readonly Token[], walk: Walk): void {
  if (walk.depth >= MAX_DEPTH) return;
  for (const inner of subQueriesIn(tokens)) walk.uses.push(...findPipedUses(inner, walk.depth + 1));
}

function sourcesOf(tokens: readonly Token[]): readonly string[] {
  return splitCommands(tokens).flatMap(({ name, tokens: rest }) =>
    name === 'source' ? readSource(rest).logGroups : name === 'search' ? readSource(rest.slice(1)).logGroups : [],
  );
}

/** The outermost queries in parentheses or brackets, without these. */
function subQueriesIn(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const closing = closingOf(tokens);
  const found: (readonly Token[])[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    if (!isSubQuery(tokens.slice(index, index + 2))) continue;
    const end = closing.get(index) ?? tokens.length;
    found.push(unwrap(tokens.slice(index + 1, end)));
    index = end;
  }
  return found;
}
