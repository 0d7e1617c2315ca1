/** The plan for a query whose rows are groups: `stats … by …`, then nothing but order, limit and choice of columns. */

import { lookUp } from '../../text/look-up.ts';
import { isField, type NamedItem, normalizeName, readNamedItems, readSortKeys } from '../query/cwl-items.ts';
import { type PipelineCommand, splitTokens } from '../query/pipeline.ts';
import { isKeyword, isSymbol, type Token } from '../query/token.ts';
import { type GroupsPlan, isLimit, type MergedColumn, type MergeOrder, readCount } from './batch-plan-types.ts';

const BEFORE: ReadonlySet<string> = new Set([
  'fields',
  'display',
  'filter',
  'filterindex',
  'parse',
  'unmask',
  'lookup',
  'unnest',
  'sort',
  'order',
]);

const HOW: Readonly<Record<string, MergedColumn['how']>> = {
  count: 'count',
  sum: 'add',
  min: 'least',
  max: 'greatest',
  sortsfirst: 'first',
  sortslast: 'last',
  avg: 'mean',
};
/** Of the time of an event, `earliest` and `latest` are the least and the greatest. */
const HOW_OF_TIME: Readonly<Record<string, MergedColumn['how']>> = { earliest: 'first', latest: 'last' };

export function planGroups(
  query: string,
  commands: readonly PipelineCommand[],
  argumentLimit: number,
): GroupsPlan | { readonly reason: string } {
  const at = commands.findIndex(({ name }) => !BEFORE.has(name));
  const stats = commands[at];
  if (stats?.name !== 'stats') return { reason: `${stats?.name ?? 'the query'} works on the events of one chunk only` };
  const parsed = readStats(query, stats);
  const tail = readTail(query, commands.slice(at + 1), [...parsed.keys, ...parsed.aggregates]);
  if ('reason' in tail) return tail;
  const { merged, unmerged, added } = chooseMerging(parsed.aggregates);
  const last = parsed.aggregates.at(-1)?.end ?? stats.end;
  const extra = added.map(({ text, name }) => `, ${text} as ${name}`).join('');
  return {
    kind: 'groups',
    // What follows the last command are comments.
    query: `${query.slice(0, last)}${extra}${query.slice(last, stats.end)}${query.slice(commands.at(-1)?.end)}`,
    limit: tail.limit ?? argumentLimit,
    isOwnLimit: tail.limit !== undefined,
    hidden: added.map(({ name }) => name),
    keys: parsed.keys.map(({ name }) => name),
    merged,
    unmerged,
    order: tail.order ?? defaultOrder(parsed.keys),
    shown: tail.shown,
  };
}

interface Item extends NamedItem {
  /** Offset behind the item, its alias included. */
  readonly end: number;
}

function readStats(query: string, stats: PipelineCommand) {
  const by = topLevel(stats.tokens).find((token) => isKeyword(token, 'by'));
  const at = by === undefined ? stats.tokens.length : stats.tokens.indexOf(by);
  const read = (tokens: readonly Token[]): Item[] =>
    splitTokens(tokens, ',').flatMap((item) =>
      readNamedItems(query, item).map((named) => ({ ...named, end: item.at(-1)?.end ?? 0 })),
    );
  return { aggregates: read(stats.tokens.slice(0, at)), keys: read(stats.tokens.slice(at + 1)) };
}

function topLevel(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  return tokens.filter((token) => {
    if (isSymbol(token, '(', '[')) depth += 1;
    if (isSymbol(token, ')', ']')) depth -= 1;
    return depth === 0;
  });
}

function chooseMerging(aggregates: readonly Item[]) {
  const merged: MergedColumn[] = [];
  const unmerged: string[] = [];
  const added: { text: string; name: string }[] = [];
  for (const [index, { tokens, text, name }] of aggregates.entries()) {
    const call = readCall(tokens);
    const how =
      call === undefined
        ? undefined
        : (lookUp(HOW, call.name) ?? (call.isTime ? lookUp(HOW_OF_TIME, call.name) : undefined));
    if (call === undefined || how === undefined) {
      unmerged.push(name);
      continue;
    }
    if (how !== 'mean') {
      merged.push({ name, how });
      continue;
    }
    const operand = text.slice(text.indexOf('('));
    const sum = `mcpSum${index}`;
    added.push({ text: `sum${operand}`, name: sum });
    // Only a plain field is counted: whether the service counts an expression is not documented.
    if (!isField(tokens.slice(2, -1))) {
      merged.push({ name, how, parts: { sum } });
      continue;
    }
    const count = `mcpCount${index}`;
    added.push({ text: `count${operand}`, name: count });
    merged.push({ name, how, parts: { sum, count } });
  }
  return { merged, unmerged, added };
}

/** An aggregate that stands alone, not inside arithmetic. */
function readCall(tokens: readonly Token[]): { name: string; isTime: boolean } | undefined {
  const [name, open] = tokens;
  if (name?.kind !== 'word' || !isSymbol(open, '(') || !isSymbol(tokens.at(-1), ')')) return undefined;
  const inner = topLevel(tokens.slice(1, -1));
  // `sum(a) / count(*)` begins with a call and ends with another one: its first parenthesis closes before the end.
  if (inner.length > 0) return undefined;
  const operand = tokens.slice(2, -1);
  return { name: name.value.toLowerCase(), isTime: isField(operand) && operand[0]?.value === '@timestamp' };
}

interface Tail {
  readonly order: readonly MergeOrder[] | undefined;
  readonly limit: number | undefined;
  readonly shown: readonly string[] | undefined;
}

/** What is done with the groups: it is done here, since no chunk knows all of them. */
function readTail(
  query: string,
  commands: readonly PipelineCommand[],
  columns: readonly NamedItem[],
): Tail | { readonly reason: string } {
  const nameOf = new Map(columns.map(({ name }) => [normalizeName(name), name]));
  let order: readonly MergeOrder[] | undefined;
  let limit: number | undefined;
  let shown: readonly string[] | undefined;
  for (const command of commands) {
    const isOrder = command.name === 'sort' || command.name === 'order';
    const count = isLimit(command) ? readCount(command) : undefined;
    const names =
      command.name === 'display' ? readNamedItems(query, command.tokens).map(({ name }) => name) : undefined;
    if (isOrder && limit === undefined) {
      const keys = readSortKeys(query, command.tokens).map(({ name, isDescending }) => ({
        column: nameOf.get(normalizeName(name)),
        isDescending,
      }));
      if (!keys.every(isKnown))
        return { reason: 'the groups are sorted by something that is not one of their columns' };
      order = keys;
    } else if (count !== undefined) limit = Math.min(count, limit ?? count);
    else if (names?.every((name) => nameOf.has(normalizeName(name))))
      shown = names.map((name) => nameOf.get(normalizeName(name)) ?? name);
    else
      return {
        reason: `${command.name === '' ? 'a command' : command.name} behind stats works on the groups of one chunk`,
      };
  }
  return { order, limit, shown };
}

function isKnown(key: { column: string | undefined; isDescending: boolean }): key is MergeOrder {
  return key.column !== undefined;
}

/** Without a sort: by time, newest first, where there is a time; else as they come. */
function defaultOrder(keys: readonly NamedItem[]): readonly MergeOrder[] {
  const time = keys.find(({ tokens }) => isKeyword(tokens[0], 'bin', 'datefloor', 'dateceil'));
  return time === undefined ? [] : [{ column: time.name, isDescending: true }];
}
