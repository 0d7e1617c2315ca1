/** The `metrics` of a widget: rows of names, dimensions and options, written in shorthand → whole metrics. Pure. */

import { MAX_PERIOD_SECONDS } from '../metrics/period.ts';
import { readStatistic } from '../metrics/statistic.ts';
import { cleanText } from '../text/clean-text.ts';
import type { DashboardDimension, DashboardMetric } from './dashboard.ts';
import { isObject, type JsonObject, lineOf, listOf, numberOf, objectOf, textOf } from './json-shapes.ts';

/** Of one widget (CloudWatch quotas). */
const MAX_METRICS = 500;
const MAX_DIMENSIONS = 30; // PutMetricData API reference
const MAX_NAME_CHARS = 255;
const MAX_VALUE_CHARS = 1_024;
const MAX_EXPRESSION_CHARS = 2_048; // MetricDataQuery API reference
/** Namespace, name and a name and a value of each dimension. */
const MAX_PARTS = 2 + 2 * MAX_DIMENSIONS;
export const MAX_PLACE_CHARS = 40;
/** The same as in the row before, at this place. */
const SAME = '.';
/** The same as in the row before, as many as are missing. */
const SAME_RUN = '...';

export interface MetricRows {
  readonly metrics: readonly DashboardMetric[];
  readonly problems: readonly string[];
}

/** No dashboard has as many mistakes that somebody mends one by one. */
const MAX_PROBLEMS = 10;

/**
 * Reads the rows one by one; one that cannot be read is named by its number, and the others stay.
 * @param left rows that may be read, of this and further widgets; what is read is taken off
 */
export function readMetricRows(value: unknown, left: { metrics: number } = { metrics: MAX_METRICS }): MetricRows {
  const metrics: DashboardMetric[] = [];
  const problems: string[] = [];
  if (value !== undefined && !Array.isArray(value)) return { metrics, problems: ['metrics is not a list'] };
  const rows = listOf(value);
  const count = Math.min(rows.length, MAX_METRICS, left.metrics);
  left.metrics -= count;
  if (rows.length > count) problems.push(`${rows.length - count} of ${rows.length} metrics were not read`);
  let before: readonly string[] | undefined;
  for (const [index, row] of rows.slice(0, count).entries()) {
    const read = readRow(row, before);
    if (typeof read === 'string') {
      problems.push(`metric ${index + 1} ${read}`);
      continue;
    }
    before = read.parts ?? before;
    metrics.push(read.metric);
    for (const doubt of read.doubts) problems.push(`metric ${index + 1} ${doubt}`);
  }
  const unnamed = problems.length - MAX_PROBLEMS;
  return {
    metrics,
    problems: unnamed > 0 ? [...problems.slice(0, MAX_PROBLEMS), `${unnamed} more problems of metrics`] : problems,
  };
}

interface ReadRow {
  readonly metric: DashboardMetric;
  /** Namespace, name, dimensions in full; undefined of an expression. */
  readonly parts?: readonly string[];
  readonly doubts: readonly string[];
}

/** A text says what is wrong with the row. */
function readRow(row: unknown, before: readonly string[] | undefined): ReadRow | string {
  if (!Array.isArray(row)) return 'is not a list';
  const last: unknown = row.at(-1);
  const options = objectOf(last);
  const names: readonly unknown[] = isObject(last) ? row.slice(0, -1) : row;
  const { settings, doubts } = readOptions(options);
  if (names.length === 0) {
    const expression = textOf(options, 'expression');
    if (expression === undefined) return 'has neither a name nor an expression';
    if (expression.length > MAX_EXPRESSION_CHARS) return `has an expression of ${expression.length} characters`;
    return { metric: { ...settings, expression }, doubts };
  }
  if (names.length > MAX_PARTS) return `has ${names.length} parts`;
  const texts = names.filter((name) => typeof name === 'string').map(cleanText);
  if (texts.length < names.length) return 'holds something else than text';
  const parts = resolveShorthand(texts, before);
  if (parts === undefined) return 'refers to a row before it that does not fit';
  const metric = toMetric(parts);
  return typeof metric === 'string' ? metric : { metric: { ...settings, metric }, parts, doubts };
}

/** `['.', 'Errors', '.', '.']` and `['...', 'other-value']` after a whole row; undefined where they do not fit it. */
export function resolveShorthand(
  row: readonly string[],
  before: readonly string[] | undefined,
): readonly string[] | undefined {
  const run = row.indexOf(SAME_RUN);
  if ((run >= 0 || row.includes(SAME)) && before === undefined) return undefined;
  const known = before ?? [];
  const missing = run < 0 ? 0 : known.length - (row.length - 1);
  if (missing < 0) return undefined;
  const whole = run < 0 ? row : [...row.slice(0, run), ...Array<string>(missing).fill(SAME), ...row.slice(run + 1)];
  const resolved = whole.map((part, index) => (part === SAME ? known[index] : part));
  return resolved.every((part) => part !== undefined && part !== SAME_RUN)
    ? resolved.filter((part) => part !== undefined)
    : undefined;
}

function toMetric(parts: readonly string[]): NonNullable<DashboardMetric['metric']> | string {
  const [namespace = '', metricName = '', ...rest] = parts;
  if (metricName === '' || namespace === '') return 'lacks a namespace or a name';
  if (rest.length % 2 === 1) return 'has a dimension without a value';
  const dimensions: DashboardDimension[] = [];
  for (let index = 0; index < rest.length; index += 2) {
    dimensions.push({ name: rest[index] ?? '', value: rest[index + 1] ?? '' });
  }
  if (dimensions.length > MAX_DIMENSIONS) return `has ${dimensions.length} dimensions`;
  if (new Set(dimensions.map(({ name }) => name)).size < dimensions.length) return 'has a dimension twice';
  const names = [namespace, metricName, ...dimensions.map(({ name }) => name)];
  if (names.some((name) => name === '' || name.length > MAX_NAME_CHARS)) return 'has a name that is empty or too long';
  if (dimensions.some(({ value }) => value === '' || value.length > MAX_VALUE_CHARS))
    return 'has a dimension value that is empty or too long';
  return { namespace, metricName, dimensions };
}

function readOptions(options: JsonObject): {
  readonly settings: Omit<DashboardMetric, 'metric' | 'expression'>;
  readonly doubts: readonly string[];
} {
  const [id, label] = [lineOf(options, 'id', MAX_NAME_CHARS), lineOf(options, 'label', MAX_NAME_CHARS)];
  const [region, accountId] = [
    lineOf(options, 'region', MAX_PLACE_CHARS),
    lineOf(options, 'accountId', MAX_PLACE_CHARS),
  ];
  const { periodSeconds, statistic, doubts } = readSampling(options);
  return {
    doubts,
    settings: {
      isVisible: options.visible !== false && options.visible !== 'false',
      isRightAxis: options.yAxis === 'right',
      ...(id !== undefined && { id }),
      ...(label !== undefined && { label }),
      ...(region !== undefined && { region }),
      ...(accountId !== undefined && { accountId }),
      ...(periodSeconds !== undefined && { periodSeconds }),
      ...(statistic !== undefined && { statistic }),
    },
  };
}

/** `period` and `stat` of a widget or a row. What is not one is left out and said. */
export function readSampling(object: JsonObject): {
  readonly periodSeconds?: number;
  readonly statistic?: string;
  readonly doubts: readonly string[];
} {
  const period = numberOf(object, 'period');
  const isPeriod = period !== undefined && Number.isInteger(period) && period >= 1 && period <= MAX_PERIOD_SECONDS;
  const written = textOf(object, 'stat');
  const statistic = written === undefined ? undefined : readStatistic(written);
  return {
    ...(isPeriod && { periodSeconds: period }),
    ...(statistic !== undefined && { statistic }),
    doubts: [
      ...(object.period !== undefined && !isPeriod ? ['has a period that is not one'] : []),
      ...(object.stat !== undefined && statistic === undefined ? ['has a statistic that is not one'] : []),
    ],
  };
}
