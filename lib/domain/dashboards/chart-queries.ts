/** The queries of a chart widget, as the console's Query Studio writes them. Pure. */
import { clip } from '../text/clean-text.ts';
import type { PromqlQuery } from './dashboard.ts';
import { isObject, type JsonObject, lineOf, listOf, numberOf, objectOf, textOf } from './json-shapes.ts';

/** Longest text that this server passes on. */
const MAX_QUERY_CHARS = 8_000;
const MAX_QUERIES = 100;
const MAX_LABEL_CHARS = 255;
const MAX_NAMED = 5;
const MAX_WORD_CHARS = 40;
const KNOWN: ReadonlySet<string> = new Set([
  'title',
  'view',
  'region',
  'accountId',
  'data',
  'plotOptions',
  'start',
  'end',
]);
const KNOWN_DATA: ReadonlySet<string> = new Set(['queries']);
const KNOWN_QUERY: ReadonlySet<string> = new Set([
  'id',
  'type',
  'language',
  'query',
  'label',
  'step',
  'hidden',
  'visible',
  'region',
  'accountId',
]);

export interface ChartQueries {
  readonly queries: readonly PromqlQuery[];
  /** What is not PromQL, and members whose meaning is not known here. */
  readonly problems: readonly string[];
}

export function readChartQueries(properties: JsonObject): ChartQueries {
  const data = objectOf(properties.data);
  const entries = listOf(data.queries);
  const queries: PromqlQuery[] = [];
  const problems = [...strangers(properties, KNOWN, 'it'), ...strangers(data, KNOWN_DATA, 'its data')];
  if (entries.length === 0) problems.push('it has no query');
  if (entries.length > MAX_QUERIES)
    problems.push(`${entries.length - MAX_QUERIES} of its ${entries.length} queries were not read`);
  for (const [index, entry] of entries.slice(0, MAX_QUERIES).entries()) {
    const place = `query ${index + 1}`;
    const query = isObject(entry) ? textOf(entry, 'query') : undefined;
    if (!isObject(entry) || query === undefined) problems.push(`${place} has no text`);
    else if (query.length > MAX_QUERY_CHARS) problems.push(`${place} has ${query.length} characters`);
    else if ((textOf(entry, 'language') ?? 'PromQL').toLowerCase() !== 'promql')
      problems.push(`${place} is written in ${clip(lineOf(entry, 'language', MAX_WORD_CHARS) ?? '?', MAX_WORD_CHARS)}`);
    else {
      const [label, step] = [lineOf(entry, 'label', MAX_LABEL_CHARS), numberOf(entry, 'step')];
      queries.push({
        query,
        ...(label !== undefined && { label }),
        ...(step !== undefined && step >= 1 && { stepSeconds: Math.round(step) }),
      });
      problems.push(...strangers(entry, KNOWN_QUERY, place));
    }
  }
  return { queries, problems };
}

function strangers(object: JsonObject, known: ReadonlySet<string>, owner: string): string[] {
  const names = Object.keys(object).filter((key) => !known.has(key));
  return names.length === 0
    ? []
    : [
        `${owner} has ${names
          .slice(0, MAX_NAMED)
          .map((key) => `"${clip(key, MAX_WORD_CHARS)}"`)
          .join(', ')}${names.length > MAX_NAMED ? ', …' : ''}, which is not understood here`,
      ];
}
