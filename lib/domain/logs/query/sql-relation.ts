/** What a SQL query reads from: log groups, indexes, and the results of other queries. */
import type { OtherReason } from './condition.ts';
import type { FieldUse, ResolveField } from './field-use.ts';
import { readOperand } from './operand.ts';
import { splitTokens } from './pipeline.ts';
import { readTokens } from './read-tokens.ts';
import { isKeyword, isSymbol, type Token } from './token.ts';

export interface Relation {
  /** The alias, else the name. */
  readonly name: string;
  readonly resolve: ResolveField;
}

export interface Table {
  /** Absent: not said, e.g. with `filterIndex`. */
  readonly logGroups?: readonly string[];
  readonly indexedFields: readonly string[];
}

/** A log group, or inside of the back-ticks `logGroups(logGroupIdentifier: ['…'])` or `filterIndex('field' = 'value')`. */
export function readTable(name: string): Table {
  const [, call, list] = /^\s*(filterIndex|logGroups|dataSource)\s*\(([\s\S]*)\)\s*$/i.exec(name) ?? [];
  if (call === undefined || list === undefined) return { logGroups: [name], indexedFields: [] };
  const items = splitTokens(readTokens(list, 'SQL'), ',');
  if (call.toLowerCase() === 'filterindex') return { indexedFields: items.flatMap((item) => item[0]?.value ?? []) };
  const strings = items.flat().filter(({ kind }) => kind === 'string');
  return { indexedFields: [], ...(strings.length > 0 && { logGroups: strings.map(({ value }) => value) }) };
}

/** Fields of log groups under their own names. */
export function resolveIn({ logGroups }: Table): ResolveField {
  return (field) => ({ field, ...(logGroups !== undefined && { logGroups }) });
}

/** A name may be of any relation of a `from`; one with a qualifier is of that one. */
export function resolveAmong(relations: readonly Relation[]): ResolveField {
  return (name) => {
    const dot = name.indexOf('.');
    const qualified = relations.find((relation) => relation.name === name.slice(0, Math.max(0, dot)));
    if (qualified !== undefined) return qualified.resolve(name.slice(dot + 1));
    const uses = relations.map(({ resolve }) => resolve(name));
    const [first] = uses;
    if (relations.length === 0) return { field: name };
    if (first === undefined || uses.includes(undefined)) return undefined;
    return combine(first, uses);
  };
}

function combine(first: FieldUse, uses: readonly (FieldUse | undefined)[]): FieldUse {
  const { logGroups: _, ...use } = first;
  const lists = uses.map((other) => other?.logGroups);
  if (lists.includes(undefined)) return use;
  return { ...use, logGroups: [...new Set(lists.flatMap((list) => list ?? []))] };
}

/** What a query that selects `items` gives to the one around it. */
export function resolveOutput(
  items: readonly Token[],
  inner: ResolveField,
  closing: OtherReason | undefined,
): ResolveField {
  const columns = new Map<string, FieldUse | undefined>();
  for (const item of splitTokens(items, ',')) {
    const alias = item.at(-1);
    if (item.length < 2 || alias === undefined || !(alias.kind === 'word' || alias.kind === 'name')) continue;
    if (isSymbol(item.at(-2), '.') || isKeyword(alias, 'end')) continue;
    const operand = readOperand(item.slice(0, isKeyword(item.at(-2), 'as') ? -2 : -1));
    const use = operand.kind === 'field' ? inner(operand.field) : undefined;
    columns.set(alias.value, use === undefined ? undefined : { ...use, reason: use.reason ?? 'alias' });
  }
  return (name) => {
    const use = columns.has(name) ? columns.get(name) : inner(name);
    return use === undefined || closing === undefined ? use : { ...use, reason: use.reason ?? closing };
  };
}
