/** What the one line of `describeWatch` leaves out of an alarm's definition. Pure; gives lines of foreign text. */

import { cleanLine, clip } from '../text/clean-text.ts';
import { formatDuration, SECOND_MS } from '../time.ts';
import type { Alarm, WatchedQuery } from './alarm.ts';
import { describeMetric, MAX_EXPRESSION_CHARS, MAX_QUERIES } from './alarm-watch.ts';

const MAX_TEXT_CHARS = 1_500;
const MAX_QUERY_CHARS = 400;
const MAX_QUERY_LINES = 12;

/** The whole rule, query or set of expressions, where `describeWatch` cuts it; otherwise nothing. */
export function describeDefinition({ watch }: Pick<Alarm, 'watch'>): readonly string[] {
  switch (watch.type) {
    case 'composite':
      return wholeText('whole rule', watch.rule);
    case 'promql':
      return wholeText('whole query', watch.query);
    case 'log':
      return wholeText('whole query', watch.query);
    case 'math':
      return isWholeInOneLine(watch.expression, watch.queries) ? [] : describeQueries(watch.queries);
    case 'anomaly':
      return watch.queries.some(({ expression }) => expression !== undefined && expression !== watch.band)
        ? describeQueries(watch.queries)
        : [];
    case 'metric':
      return [];
  }
}

function wholeText(label: string, text: string): string[] {
  const line = cleanLine(text);
  return line.length > MAX_EXPRESSION_CHARS ? [`${label}: ${clip(line, MAX_TEXT_CHARS)}`] : [];
}

function isWholeInOneLine(expression: string, queries: readonly WatchedQuery[]): boolean {
  const expressions = queries.filter((query) => query.expression !== undefined);
  return (
    cleanLine(expression).length <= MAX_EXPRESSION_CHARS &&
    expressions.length <= 1 &&
    queries.length - expressions.length <= MAX_QUERIES
  );
}

function describeQueries(queries: readonly WatchedQuery[]): string[] {
  const lines = queries.slice(0, MAX_QUERY_LINES).map((query) => {
    const what = query.metric === undefined ? cleanLine(query.expression ?? '') : describeMetric(query.metric);
    const period =
      query.periodSeconds === undefined ? '' : `, period ${formatDuration(query.periodSeconds * SECOND_MS)}`;
    return clip(`${cleanLine(query.id)} = ${what}${period}`, MAX_QUERY_CHARS);
  });
  const left = queries.length - lines.length;
  return left > 0 ? [...lines, `${left} more`] : lines;
}

const MISSING_DATA: Readonly<Record<string, string>> = {
  missing: 'counts as missing: without any the alarm goes to INSUFFICIENT_DATA',
  notBreaching: 'counts as good (notBreaching)',
  breaching: 'counts as bad (breaching)',
  ignore: 'keeps the state (ignore)',
};

/** How missing data is treated; nothing for a composite alarm and PromQL, which have no such setting. */
export function describeMissingData({ watch, condition }: Pick<Alarm, 'watch' | 'condition'>): string | undefined {
  if (watch.type === 'composite' || watch.type === 'promql') return undefined;
  const setting = condition.treatMissingData ?? 'missing';
  return MISSING_DATA[setting] ?? cleanLine(setting);
}
