/** The columns that a query asks for, whether or not its rows have them. Pure. */
import { type InsightsRow, type InsightsTable, toTable } from '../insights-rows.ts';
import { normalizeName, readNamedItems } from './cwl-items.ts';
import { type PipelineCommand, splitPipeline, splitTokens } from './pipeline.ts';
import type { QueryLanguage } from './query-text.ts';
import { isKeyword, type Token } from './token.ts';

export interface AskedColumn {
  readonly name: string;
  /** No row can lack it, as a count. */
  readonly isAlways: boolean;
}

const DEFAULT_COLUMNS = ['@timestamp', '@message'].map(plain);
const PATTERN_COLUMNS = [always('@pattern'), plain('@ratio'), always('@sampleCount'), plain('@severityLabel')];
const COUNT = /^count(_distinct)?\s*\(/i;
/** Commands that make no columns of their own. */
const PLAIN: ReadonlySet<string> = new Set(
  'source filter filterindex sort order limit head tail dedup unmask'.split(' '),
);

/** @returns undefined where not all commands are understood */
export function findShownColumns(query: string, language: QueryLanguage): readonly AskedColumn[] | undefined {
  if (language !== 'CWLI') return undefined;
  let chosen: readonly AskedColumn[] | undefined;
  let parsed: readonly AskedColumn[] = [];
  for (const command of splitPipeline(query)) {
    const { name, tokens } = command;
    if (name === 'fields') chosen = [...(chosen ?? []), ...namesOf(query, tokens)];
    else if (name === 'display') chosen = namesOf(query, tokens);
    else if (name === 'stats') chosen = columnsOfStats(query, tokens);
    else if (name === 'pattern') chosen = PATTERN_COLUMNS;
    else if (name === 'parse') {
      const names = namesOfParse(command).map(plain);
      parsed = [...parsed, ...names];
      if (chosen !== undefined) chosen = [...chosen, ...names];
    } else if (!PLAIN.has(name)) return undefined;
  }
  const columns = chosen ?? [...DEFAULT_COLUMNS, ...parsed];
  return [...new Map(columns.map((column) => [column.name, column])).values()].filter(({ name }) => name !== '@ptr');
}

function plain(name: string): AskedColumn {
  return { name, isAlways: false };
}

function always(name: string): AskedColumn {
  return { name, isAlways: true };
}

function namesOf(query: string, tokens: readonly Token[]): AskedColumn[] {
  return readNamedItems(query, tokens).map(({ name }) => plain(name));
}

function columnsOfStats(query: string, tokens: readonly Token[]): AskedColumn[] {
  let depth = 0;
  const by = tokens.findIndex((token) => {
    if (token.value === '(') depth += 1;
    if (token.value === ')') depth -= 1;
    return depth === 0 && isKeyword(token, 'by');
  });
  const aggregates = readNamedItems(query, tokens.slice(0, by < 0 ? undefined : by)).map(({ name, text }) => ({
    name,
    isAlways: COUNT.test(text),
  }));
  return [...(by < 0 ? [] : namesOf(query, tokens.slice(by + 1))), ...aggregates];
}

/** `as a, b` of a glob, named groups of a pattern. */
function namesOfParse({ tokens }: PipelineCommand): string[] {
  const at = tokens.findLastIndex((token) => isKeyword(token, 'as'));
  if (at >= 0) return splitTokens(tokens.slice(at + 1), ',').flatMap((item) => item[0]?.value ?? []);
  return tokens
    .filter(({ kind }) => kind === 'regex')
    .flatMap(({ value }) => [...value.matchAll(/\(\?<(\w+)>/g)].flatMap(([, group]) => group ?? []));
}

export interface AskedTable extends InsightsTable {
  /** Columns that the query asks for and no row has. */
  readonly missing: readonly AskedColumn[];
}

/** The table with the columns that are asked for and no row has, each behind the one that it follows in the query. */
export function toAskedTable(rows: readonly InsightsRow[], asked: readonly AskedColumn[] | undefined): AskedTable {
  const table = toTable(rows);
  const known = new Set(table.columns.map(keyOf));
  const missing = rows.length === 0 ? [] : (asked ?? []).filter(({ name }) => !known.has(keyOf(name)));
  if (missing.length === 0) return { ...table, missing };
  const columns = [...table.columns];
  let at = 0;
  for (const column of asked ?? []) {
    const { name } = column;
    if (missing.includes(column)) columns.splice(at, 0, name);
    const place = columns.findIndex((other) => keyOf(other) === keyOf(name));
    at = Math.max(at, place + 1);
  }
  const places = columns.map((name) => table.columns.indexOf(name));
  return { columns, rows: table.rows.map((cells) => places.map((place) => cells[place])), missing };
}

/** The service writes names in its own way. */
function keyOf(name: string): string {
  return normalizeName(name).toLowerCase();
}
