/** Names of statistics as people, models and SQL write them → as CloudWatch writes them (User Guide, "CloudWatch statistics definitions"). */

import { AppError } from '../../errors.ts';
import { dropAtEnd } from '../text/drop-at-end.ts';

/** By lower-case name without spaces and underscores. */
const SIMPLE: Readonly<Record<string, string>> = {
  average: 'Average',
  avg: 'Average',
  mean: 'Average',
  sum: 'Sum',
  total: 'Sum',
  minimum: 'Minimum',
  min: 'Minimum',
  maximum: 'Maximum',
  max: 'Maximum',
  samplecount: 'SampleCount',
  count: 'SampleCount',
  samples: 'SampleCount',
  median: 'p50',
  iqm: 'IQM',
};

/** Metrics Insights has these five functions. */
const SQL_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  Average: 'AVG',
  Sum: 'SUM',
  Minimum: 'MIN',
  Maximum: 'MAX',
  SampleCount: 'COUNT',
};

export type SqlFunction = 'AVG' | 'COUNT' | 'MAX' | 'MIN' | 'SUM';

const SHORT = /^(p|tm|wm|tc|ts)\(?(\d{1,3}(?:\.\d{1,10})?)%?\)?$/;
const RANGE = /^(tm|wm|tc|ts|pr)\(([^:]*):([^:]*)\)$/;
const BOUND = /^(?:(\d{1,15}(?:\.\d{1,10})?)(%?))?$/;
const MAX_PERCENT = 100;

const KNOWN =
  'Average, Sum, Minimum, Maximum, SampleCount, IQM, a percentile (p50, p99.9), trimmed or winsorized mean, count or sum (tm90, wm90, tc90, ts90, TM(10%:90%), TM(:500)), or percentile rank (PR(:300))';

/** `AVG` → `Average`, `P99.9` → `p99.9`, `tm(10%:90%)` → `TM(10%:90%)`; undefined for what is no statistic. */
export function readStatistic(text: string): string | undefined {
  const name = compact(text);
  return (Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined) ?? readShort(name) ?? readRange(name);
}

/**
 * The same.
 * @throws AppError `invalid_input` that lists what exists
 */
export function normalizeStatistic(text: string, parameter = 'statistic'): string {
  const found = readStatistic(text);
  if (found !== undefined) return found;
  throw new AppError(
    'invalid_input',
    `${parameter} ${JSON.stringify(text.slice(0, 40))} is not a statistic${explain(compact(text))} → use ${KNOWN}.`,
  );
}

function compact(text: string): string {
  return text.toLowerCase().replace(/[\s_]+/g, '');
}

function readShort(name: string): string | undefined {
  const [, kind, digits = ''] = SHORT.exec(name) ?? [];
  const percent = Number(digits);
  return kind === undefined || percent > MAX_PERCENT ? undefined : `${kind}${trimZeros(digits)}`;
}

function readRange(name: string): string | undefined {
  const [, kind, lowText = '', highText = ''] = RANGE.exec(name) ?? [];
  const low = BOUND.exec(lowText);
  const high = BOUND.exec(highText);
  if (kind === undefined || low === null || high === null || (lowText === '' && highText === '')) return undefined;
  const percents = [low, high].filter(([, , sign]) => sign === '%');
  const values = [low, high].filter(([, digits, sign]) => digits !== undefined && sign !== '%');
  if (percents.length > 0 && (values.length > 0 || kind === 'pr')) return undefined;
  if (percents.some(([, digits]) => Number(digits) > MAX_PERCENT)) return undefined;
  if (low[1] !== undefined && high[1] !== undefined && Number(low[1]) >= Number(high[1])) return undefined;
  return `${kind.toUpperCase()}(${lowText}:${highText})`;
}

function explain(name: string): string {
  if (SHORT.test(name)) return ': a percentile lies between 0 and 100';
  if (/^pr\(.*%/.test(name)) return ': PR takes values, not percentages';
  if (RANGE.test(name)) return ': its bounds are two percentages or two values, the lower one first';
  return '';
}

function trimZeros(digits: string): string {
  const [whole = '0', fraction = ''] = digits.split('.');
  const rest = dropAtEnd(fraction, '0');
  return `${Number(whole)}${rest === '' ? '' : `.${rest}`}`;
}

/**
 * The function of Metrics Insights for a statistic.
 * @throws AppError `invalid_input` for one that Metrics Insights lacks, such as percentiles
 */
export function toSqlFunction(statistic: string, parameter = 'statistic'): SqlFunction {
  const found = SQL_FUNCTIONS[normalizeStatistic(statistic, parameter)];
  if (found !== undefined) return found;
  throw new AppError(
    'invalid_input',
    `${parameter} ${JSON.stringify(statistic.slice(0, 40))} does not exist in Metrics Insights → use AVG, SUM, MIN, MAX or COUNT with group_by_dimension; get_metric_data groups percentiles too.`,
  );
}

/** Whether Metrics Insights has a function for it; what is no statistic at all is left to {@link toSqlFunction} to refuse. */
export function isSqlStatistic(statistic: string): boolean {
  const name = readStatistic(statistic);
  return name === undefined || SQL_FUNCTIONS[name] !== undefined;
}

/** Whether values of a statistic may be added up over time. */
export function isAdditive(statistic: string | undefined): boolean {
  return statistic !== undefined && (/^(Sum|SampleCount)$/.test(statistic) || /^(tc|ts|TC\(|TS\()/.test(statistic));
}
