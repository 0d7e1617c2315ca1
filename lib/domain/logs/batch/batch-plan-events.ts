/** The plan for a query whose rows are events. Columns that the order needs and the rows lack are asked for besides. */

import { readNamedItems, readSortKeys, type SortKey } from '../query/cwl-items.ts';
import type { PipelineCommand } from '../query/pipeline.ts';
import { type EventsPlan, isLimit, type MergeOrder, readCount } from './batch-plan-types.ts';

/** Commands that treat each event by itself. */
const BY_EVENT: ReadonlySet<string> = new Set([
  'fields',
  'display',
  'filter',
  'filterindex',
  'parse',
  'unmask',
  'lookup',
  'unnest',
]);
/** Those that neither drop nor order nor multiply rows, so that they may stand behind a limit. */
const AFTER_LIMIT: ReadonlySet<string> = new Set(['fields', 'display', 'parse', 'unmask', 'lookup', 'limit', 'head']);
const DEFAULT_COLUMNS = ['@timestamp', '@message'];
const TIME = '@timestamp';

export function planEvents(
  query: string,
  commands: readonly PipelineCommand[],
  argumentLimit: number,
): EventsPlan | { readonly reason: string } {
  const refusal = findObstacle(commands);
  if (refusal !== undefined) return { reason: refusal };
  const counts = commands.filter(isLimit).flatMap((command) => readCount(command) ?? []);
  const sort = commands.findLast(({ name }) => name === 'sort' || name === 'order');
  const dedup = commands.find(({ name }) => name === 'dedup');
  const keys = sort === undefined ? [] : readSortKeys(query, sort.tokens);
  const columns = new ExtraColumns(query, commands);
  const order: MergeOrder[] = keys.map(({ name, text, isField, isDescending }) => ({
    column: columns.nameFor(text, isField ? name : undefined),
    isDescending,
  }));
  // Without a sort, and among equals, CloudWatch gives the newest event first.
  const promisedKeys = Math.max(1, order.length);
  if (!keys.some(({ name, isField }) => isField && name === TIME))
    order.push({ column: columns.nameFor(TIME, TIME), isDescending: true });
  const dedupColumns = (dedup === undefined ? [] : readNamedItems(query, dedup.tokens)).map((item) =>
    columns.nameFor(item.text, item.tokens.length === 1 ? item.name : undefined),
  );
  return {
    kind: 'events',
    query: columns.rewrite(sort, dedup),
    limit: counts.length === 0 ? argumentLimit : Math.min(...counts),
    isOwnLimit: counts.length > 0,
    hidden: columns.added,
    order,
    promisedKeys,
    timeOrder: timeOrderOf(keys),
    dedup: dedupColumns,
    isOnePerEvent: dedup === undefined && !commands.some(({ name }) => name === 'unnest'),
  };
}

function timeOrderOf([first]: readonly SortKey[]): EventsPlan['timeOrder'] {
  if (first !== undefined && !(first.isField && first.name === TIME)) return undefined;
  return first === undefined || first.isDescending ? 'newest' : 'oldest';
}

/** Why the parts of the query are not those of the whole. */
function findObstacle(commands: readonly PipelineCommand[]): string | undefined {
  let hasLimit = false;
  for (const [index, command] of commands.entries()) {
    const { name } = command;
    const isKnown = BY_EVENT.has(name) || ['sort', 'order', 'dedup'].includes(name) || isLimit(command);
    if (!isKnown) return `${name === '' ? 'a command' : name} works on the events of one chunk only`;
    if (hasLimit && !AFTER_LIMIT.has(name)) return `${name} stands behind a limit, which is counted in each chunk`;
    if (isLimit(command) && readCount(command) === undefined) return 'the limit is not a plain number';
    if (name === 'dedup' && commands.slice(index + 1).some((later) => !isLimit(later)))
      return 'dedup drops events within one chunk only';
    hasLimit ||= isLimit(command);
  }
  return undefined;
}

/** What the rows show, and what must be added to them under names that no log has. */
class ExtraColumns {
  readonly #query: string;
  readonly #commands: readonly PipelineCommand[];
  readonly #display: PipelineCommand | undefined;
  readonly #shown: ReadonlySet<string>;
  readonly #hasFields: boolean;
  readonly #added: { readonly name: string; readonly text: string }[] = [];

  constructor(query: string, commands: readonly PipelineCommand[]) {
    this.#query = query;
    this.#commands = commands;
    this.#display = commands.findLast(({ name }) => name === 'display');
    const lists = commands.filter(({ name }) => name === 'fields' || name === 'display');
    this.#hasFields = lists.length > 0;
    const shown = (this.#display === undefined ? lists : [this.#display]).flatMap(({ tokens }) =>
      readNamedItems(query, tokens).map(({ name }) => name),
    );
    this.#shown = new Set(this.#hasFields ? shown : DEFAULT_COLUMNS);
  }

  get added(): readonly string[] {
    return this.#added.map(({ name }) => name);
  }

  /** The column in which a row shows the value. */
  nameFor(text: string, field: string | undefined): string {
    if (field !== undefined && this.#shown.has(field)) return field;
    const known = this.#added.find((column) => column.text === text);
    if (known !== undefined) return known.name;
    const name = `mcpMerge${this.#added.length}`;
    this.#added.push({ name, text });
    return name;
  }

  /** The query with the added columns: behind the sort that uses them, and before whatever would drop them. */
  rewrite(sort: PipelineCommand | undefined, dedup: PipelineCommand | undefined): string {
    const query = this.#query;
    if (this.#added.length === 0) return query;
    const fields = `fields ${this.#added.map(({ name, text }) => `${text} as ${name}`).join(', ')}`;
    const insertions = [this.#placeFields(fields, sort, dedup)];
    if (this.#display !== undefined) insertions.push({ offset: this.#display.end, text: `, ${this.added.join(', ')}` });
    if (!this.#hasFields) insertions.push({ offset: 0, text: `fields ${DEFAULT_COLUMNS.join(', ')} | ` });
    // From the end, so that offsets stay true.
    return insertions
      .sort((a, b) => b.offset - a.offset)
      .reduce((text, { offset, text: added }) => `${text.slice(0, offset)}${added}${text.slice(offset)}`, query);
  }

  #placeFields(fields: string, sort: PipelineCommand | undefined, dedup: PipelineCommand | undefined) {
    const dropping = [dedup, this.#display].flatMap((command) => command ?? []).sort((a, b) => a.start - b.start)[0];
    const behind = sort ?? (dropping === undefined ? this.#commands.at(-1) : undefined);
    if (dropping !== undefined && (behind === undefined || dropping.start < behind.start))
      return { offset: dropping.start, text: `${fields} | ` };
    return { offset: behind?.end ?? this.#query.length, text: ` | ${fields}` };
  }
}
