/** Says in words what an alarm watches and when it fires. Pure; gives one line of foreign text. */

import { cleanLine, clip } from '../text/clean-text.ts';
import { listSome, nounOf } from '../text/counts.ts';
import { formatDuration, SECOND_MS } from '../time.ts';
import {
  type Alarm,
  type AlarmCondition,
  type AlarmWatch,
  shortenAlarmArns,
  type WatchedMetric,
  type WatchedQuery,
} from './alarm.ts';
import { bandedId } from './alarm-queries.ts';

/** Longer expressions, rules and queries are cut. */
export const MAX_EXPRESSION_CHARS = 160;
/** More inputs of an expression are counted only. */
export const MAX_QUERIES = 4;

/** By ComparisonOperator of CloudWatch, those that compare with a number. */
export const COMPARISON_SIGNS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
};
const BAND_OPERATORS: Readonly<Record<string, string>> = {
  GreaterThanUpperThreshold: 'above',
  LessThanLowerThreshold: 'below',
  LessThanLowerOrGreaterThanUpperThreshold: 'outside',
};

/** E.g. `p99 of AWS/Lambda Duration {FunctionName=checkout} > 3,000 in 3 of 3 periods of 1m`. */
export function describeWatch(alarm: Pick<Alarm, 'watch' | 'condition'>): string {
  const { watch, condition } = alarm;
  switch (watch.type) {
    case 'metric':
      return `${describeLabel(watch)}${describeMetric(watch.metric)} ${describeThreshold(condition)}${describePeriods(condition)}`;
    case 'math':
      return `${describeMath(watch)} ${describeThreshold(condition)}${describePeriods(condition)}${describeQueries(watch.queries)}`;
    case 'anomaly':
      return `${describeBanded(watch)} ${BAND_OPERATORS[condition.operator ?? ''] ?? describeOperator(condition)} the anomaly band${describeWidth(watch.band)}${describePeriods(condition)}`;
    case 'promql':
      return `PromQL ${quote(watch.query)} returns a series${watch.pendingSeconds === undefined ? '' : ` for ${formatDuration(watch.pendingSeconds * SECOND_MS)}`}`;
    case 'log':
      return `${quote(watch.aggregation)} of the logs query ${quote(watch.query)} on ${describeLogGroups(watch.logGroups)} ${describeThreshold(condition)}${describeRuns(condition, watch.schedule)}`;
    case 'composite':
      return `rule: ${short(shortenAlarmArns(watch.rule))}`;
  }
}

/** E.g. `p99 of AWS/Lambda Duration {FunctionName=checkout}`, with the account where it is another than the alarm's. */
export function describeMetric(metric: WatchedMetric): string {
  const dimensions = metric.dimensions.map(({ name, value }) => `${name}=${value}`).join(', ');
  const owner = metric.accountId === undefined ? '' : ` in account ${metric.accountId}`;
  return cleanLine(
    `${metric.statistic} of ${metric.namespace} ${metric.metricName}${dimensions === '' ? '' : ` {${dimensions}}`}${owner}`,
  );
}

/** The threshold as what it is: a number, a band, a query or a rule; never a number that the alarm does not have. */
export function describeThreshold(condition: AlarmCondition): string {
  return condition.threshold === undefined
    ? `${describeOperator(condition)} a computed threshold`
    : `${describeOperator(condition)} ${formatValue(condition.threshold)}`;
}

/** At most six significant digits, thousands separated. */
export function formatValue(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US', { maximumSignificantDigits: 6 }) : String(value);
}

function describeOperator({ operator }: AlarmCondition): string {
  return COMPARISON_SIGNS[operator ?? ''] ?? (operator === undefined ? 'against' : cleanLine(operator));
}

function describePeriods(condition: AlarmCondition): string {
  const { periodSeconds, evaluationPeriods, datapointsToAlarm } = condition;
  if (evaluationPeriods === undefined) return '';
  const period = periodSeconds === undefined ? '' : ` of ${formatDuration(periodSeconds * SECOND_MS)}`;
  const needed = datapointsToAlarm ?? evaluationPeriods;
  return ` in ${needed} of ${evaluationPeriods} ${nounOf(evaluationPeriods, 'period')}${period}`;
}

function describeRuns(condition: AlarmCondition, schedule: string): string {
  const { evaluationPeriods, datapointsToAlarm, periodSeconds } = condition;
  const asWritten = schedule === '' ? '' : `, ${cleanLine(schedule)}`;
  const every = periodSeconds === undefined ? asWritten : `, one every ${formatDuration(periodSeconds * SECOND_MS)}`;
  if (evaluationPeriods === undefined) return every;
  return ` in ${datapointsToAlarm ?? evaluationPeriods} of ${evaluationPeriods} ${nounOf(evaluationPeriods, 'run')}${every}`;
}

function describeMath(watch: AlarmWatch & { type: 'math' }): string {
  return `${describeLabel(watch)}${short(watch.expression)}`;
}

function describeLabel({ label }: { readonly label?: string | undefined }): string {
  return label === undefined || label === '' ? '' : `${clip(cleanLine(label), 60)} = `;
}

function describeQueries(queries: readonly WatchedQuery[]): string {
  const inputs = queries.filter(({ metric, isReturned }) => metric !== undefined && !isReturned);
  if (inputs.length === 0) return '';
  const told = inputs.map(
    ({ id, metric }) => `${cleanLine(id)} = ${metric === undefined ? '' : describeMetric(metric)}`,
  );
  return `, where ${listSome(told, MAX_QUERIES, '; ', (left) => `; ${left} more`)}`;
}

/** What is held against the band: the query that the band's expression names. */
function describeBanded(watch: AlarmWatch & { type: 'anomaly' }): string {
  const id = bandedId(watch.band);
  const query =
    watch.queries.find((candidate) => candidate.id === id) ?? watch.queries.find(({ metric }) => metric !== undefined);
  if (query?.metric !== undefined) return describeMetric(query.metric);
  return query?.expression === undefined ? 'a metric' : short(query.expression);
}

function describeWidth(band: string): string {
  const width = /ANOMALY_DETECTION_BAND\([^,)]*,\s*([\d.]+)/i.exec(band)?.[1];
  return width === undefined ? '' : ` (${width} standard deviations wide)`;
}

function describeLogGroups(logGroups: readonly string[]): string {
  if (logGroups.length === 0) return 'its log groups';
  const names = logGroups.map((group) => cleanLine(group.replace(/^arn:[^:]+:logs:[^:]*:\d*:log-group:/, '')));
  return listSome(names, 2);
}

function quote(text: string): string {
  return `“${short(text)}”`;
}

function short(text: string): string {
  return clip(cleanLine(text), MAX_EXPRESSION_CHARS);
}
