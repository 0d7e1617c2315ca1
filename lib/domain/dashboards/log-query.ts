/** The query of a log widget: `SOURCE 'a' | SOURCE 'b' | fields …` → log groups and the query itself. Pure. */

import { parseLogGroupId } from '../logs/log-group-id.ts';
import { splitPipeline } from '../logs/query/pipeline.ts';
import { QUERY_LANGUAGES, type QueryLanguage } from '../logs/query/query-text.ts';
import { readSource } from '../logs/query/read-source.ts';
import { isSymbol } from '../logs/query/token.ts';
import type { DashboardLogQuery } from './dashboard.ts';
import { type JsonObject, textOf } from './json-shapes.ts';

const MAX_QUERY_CHARS = 10_000; // StartQuery, queryString
const MAX_GROUPS = 50; // StartQuery accepts 50 log groups

export interface ReadLogQuery {
  readonly logQuery?: DashboardLogQuery;
  readonly problems: readonly string[];
}

/** Widgets of every language begin with `SOURCE '…'`; `SOURCE logGroups(…)` stays in the query, since it names no groups. */
export function readLogQuery(properties: JsonObject): ReadLogQuery {
  const text = textOf(properties, 'query');
  if (text === undefined) return { problems: ['it has no query'] };
  if (text.length > MAX_QUERY_CHARS)
    return { problems: [`its query has ${text.length} characters, more than one may`] };
  const language = languageOf(properties);
  const commands = splitPipeline(text);
  const first = commands.findIndex(({ name }) => name !== 'source');
  const sources = commands.slice(0, first < 0 ? undefined : first);
  const next = commands[first];
  if (next === undefined) return { problems: ['its query says only what it reads from'] };
  if (sources.some(({ tokens }) => isSymbol(tokens[0], '=') || tokens.some((token) => isSymbol(token, '(', '['))))
    return { logQuery: { logGroups: [], query: text, language }, problems: [] };
  const named = [...new Set(sources.flatMap(({ tokens }) => readSource(tokens).logGroups))];
  const logGroups = named.filter(isLogGroup);
  const problems = [
    ...(named.length > logGroups.length
      ? [`${named.length - logGroups.length} of its log groups have no valid name`]
      : []),
    ...(logGroups.length > MAX_GROUPS
      ? [`it reads ${logGroups.length} log groups, and a query reads ${MAX_GROUPS}: the first ones stand here`]
      : []),
  ];
  if (sources.length > 0 && logGroups.length === 0) return { problems };
  return {
    logQuery: { logGroups: logGroups.slice(0, MAX_GROUPS), query: text.slice(next.start), language },
    problems,
  };
}

function languageOf(properties: JsonObject): QueryLanguage {
  const written = textOf(properties, 'queryLanguage')?.toUpperCase();
  return QUERY_LANGUAGES.find((language) => language === written) ?? 'CWLI';
}

function isLogGroup(text: string): boolean {
  try {
    parseLogGroupId(text, 'SOURCE');
    return true;
  } catch {
    return false;
  }
}
