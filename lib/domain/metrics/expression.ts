/** What the text of an expression tells of the series that it gives. Pure; what it does not tell stays open. */
import { readStatistic } from './statistic.ts';

export interface ExpressionFacts {
  /** Of the series themselves, where the expression is nothing but one SEARCH or one SELECT. */
  readonly statistic?: string;
  /** The longest that the text names. */
  readonly periodSeconds?: number;
  /** Names of other queries may be among them. */
  readonly names: readonly string[];
}

const SELECT = /^\s*select\s+(avg|sum|min|max|count)\s*\(/i;
/** The end of a SEARCH: `…', 'Sum', 300)`. */
const SEARCH_END = /['"]\s*,\s*(['"])([^'"]{1,60})\1\s*(?:,\s*(\d{1,7})\s*)?\)/g;
const QUOTED = /'[^']*'|"[^"]*"/g;
const NAME = /\b[a-z][A-Za-z0-9_]*\b/g;

export function readExpression(text: string): ExpressionFacts {
  const [, sqlFunction] = SELECT.exec(text) ?? [];
  if (sqlFunction !== undefined) return { ...statisticOf(sqlFunction), names: [] };
  const searches = [...text.matchAll(SEARCH_END)];
  const [first] = searches;
  const periods = searches.flatMap(([, , , seconds]) => (seconds === undefined ? [] : [Number(seconds)]));
  const isOnlySearch =
    searches.length === 1 && /^\s*search\s*\(/i.test(text) && text.trimEnd().endsWith(first?.[0] ?? '');
  return {
    ...(isOnlySearch && statisticOf(first?.[2] ?? '')),
    ...(periods.length > 0 && { periodSeconds: Math.max(...periods) }),
    names: text.replace(QUOTED, ' ').match(NAME) ?? [],
  };
}

function statisticOf(name: string): { statistic?: string } {
  const statistic = readStatistic(name);
  return statistic === undefined ? {} : { statistic };
}
