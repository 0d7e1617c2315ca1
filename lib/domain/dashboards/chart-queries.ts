/** The queries of a chart widget, as the console's Query Studio writes them. Pure. */
import { cleanLine, clip } from '../text/clean-text.ts';
import type { PromqlQuery } from './dashboard.ts';
import { isObject, type JsonObject, lineOf, listOf, numberOf, objectOf, textOf } from './json-shapes.ts';
import { MAX_PLACE_CHARS } from './metric-rows.ts';
import { readPlotOptions } from './plot-options.ts';

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

/** The only source that is understood. */
const SOURCE = 'cloudwatch-metrics';

export interface ChartQueries {
  readonly queries: readonly PromqlQuery[];
  /** What its axes and lines tell, in words. */
  readonly details: readonly string[];
  /** What is not PromQL, and members whose meaning is not known here. */
  readonly problems: readonly string[];
}

export function readChartQueries(properties: JsonObject): ChartQueries {
  const data = objectOf(properties.data);
  const entries = listOf(data.queries);
  const queries: PromqlQuery[] = [];
  const plot = readPlotOptions(properties.plotOptions);
  const problems = [
    ...strangers(properties, KNOWN, 'it'),
    ...strangers(data, KNOWN_DATA, 'its data'),
    ...nameStrangers(plot.strangers, 'its plotOptions'),
  ];
  if (entries.length === 0) problems.push('it has no query');
  if (entries.length > MAX_QUERIES)
    problems.push(`${entries.length - MAX_QUERIES} of its ${entries.length} queries were not read`);
  for (const [index, entry] of entries.slice(0, MAX_QUERIES).entries()) {
    const read = readQuery(entry);
    const place = `query ${index + 1}`;
    if (typeof read === 'string') problems.push(`${place} ${read}`);
    else {
      queries.push(read);
      problems.push(...strangers(objectOf(entry), KNOWN_QUERY, place));
    }
  }
  const hidden = queries.filter(({ isHidden }) => isHidden === true).length;
  return {
    queries,
    problems,
    details: [
      ...queries.flatMap(({ label }) => label ?? []),
      ...(hidden === 0 ? [] : [`${hidden} of ${entries.length} queries hidden`]),
      ...plot.details,
    ],
  };
}

/** A text says what is wrong with it. */
function readQuery(entry: unknown): PromqlQuery | string {
  const query = isObject(entry) ? textOf(entry, 'query') : undefined;
  if (!isObject(entry) || query === undefined) return 'has no text';
  if (query.length > MAX_QUERY_CHARS) return `has ${query.length} characters`;
  const [language = 'PromQL', type = SOURCE] = [
    lineOf(entry, 'language', MAX_WORD_CHARS),
    lineOf(entry, 'type', MAX_WORD_CHARS),
  ];
  if (language.toLowerCase() !== 'promql') return `is written in ${language}`;
  if (type !== SOURCE) return `asks "${type}", which is not understood here`;
  const [label, step] = [lineOf(entry, 'label', MAX_LABEL_CHARS), numberOf(entry, 'step')];
  const [region, accountId] = [lineOf(entry, 'region', MAX_PLACE_CHARS), lineOf(entry, 'accountId', MAX_PLACE_CHARS)];
  return {
    query,
    ...(label !== undefined && { label }),
    ...(step !== undefined && step >= 1 && { stepSeconds: Math.round(step) }),
    ...(region !== undefined && { region }),
    ...(accountId !== undefined && { accountId }),
    ...((entry.hidden === true || entry.visible === false) && { isHidden: true }),
  };
}

function strangers(object: JsonObject, known: ReadonlySet<string>, owner: string): string[] {
  return nameStrangers(
    Object.keys(object).filter((key) => !known.has(key)),
    owner,
  );
}

function nameStrangers(names: readonly string[], owner: string): string[] {
  if (names.length === 0) return [];
  const told = names.slice(0, MAX_NAMED).map((name) => `"${clip(cleanLine(name), MAX_WORD_CHARS)}"`);
  return [
    `${owner} ${owner.endsWith('s') ? 'have' : 'has'} ${told.join(', ')}${names.length > MAX_NAMED ? ', …' : ''}, which is not understood here`,
  ];
}
