/** What the alarms of an answer are at now: one GetMetricData for all of an account and region, and their contributors. */
import type { AlarmContributor } from '../../../aws/ports/alarms.ts';
import type { MetricData, MetricDataQuery } from '../../../aws/ports/metrics.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { type Alarm, firstMetric, type WatchedQuery } from '../../../domain/alarms/alarm.ts';
import { type AlarmQueries, isSelect, prefixIds, queriesOf } from '../../../domain/alarms/alarm-queries.ts';
import { DIRECTION_POINTS, findValueNow, type ValueNow } from '../../../domain/alarms/value-now.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { alignDown } from '../../../domain/metrics/period.ts';
import { SETTLING_MS } from '../../../domain/metrics/period-state.ts';
import { formatDuration, HOUR_MS, HOUR_SECONDS, MINUTE_SECONDS, SECOND_MS } from '../../../domain/time.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { watchesSeveral } from '../shared/contributors.ts';
import type { ListedAlarm } from './read.ts';

const MAX_QUERIES = 500; // GetMetricData API reference
/** Less than one page of GetMetricData, so that one call gives all. */
const MAX_DATAPOINTS = 80_000;
const MAX_EXPRESSION_CHARS = 2_048; // MetricDataQuery API reference
/** Series of one Metrics Insights query (User Guide, "Metrics Insights quotas"). */
const MAX_GROUPS = 500;
/** Data of periods below a minute is kept for three hours (User Guide, "Metrics retention"). */
const HIGH_RESOLUTION_MS = 3 * HOUR_MS - HOUR_MS / 6;
/** Each is a call. */
const MAX_CONTRIBUTOR_ALARMS = 10;
const CONTRIBUTORS_CONCURRENCY = 5;

export interface AlarmValue {
  readonly now?: ValueNow;
  /** Why there is none, in few words; absent where an alarm has no value of its own. */
  readonly unknown?: string;
  readonly contributors?: readonly AlarmContributor[];
}

/** An alarm of the list, and what was read of it. */
export interface ActiveAlarmRow extends ListedAlarm, AlarmValue {}

interface Asked {
  readonly target: Target;
  readonly alarm: Alarm;
}

export interface AlarmValues {
  /** In the order of the alarms. */
  readonly values: readonly AlarmValue[];
  readonly warnings: readonly string[];
}

/** Of the alarms in ALARM. What cannot be read is said, and spoils nothing else. */
export async function readValues(context: ToolContext, asked: readonly Asked[]): Promise<AlarmValues> {
  const firing = [...asked.entries()].filter(([, { alarm }]) => alarm.state === 'ALARM');
  const values: AlarmValue[] = asked.map(() => ({}));
  const warnings = new Set<string>();
  const keep = (index: number, more: AlarmValue): void => {
    values[index] = { ...values[index], ...more };
  };
  const limit = startTimeLimit(context, context.deadlineEpochMs);
  const several = firing.filter(([, { alarm }]) => watchesSeveral(alarm)).slice(0, MAX_CONTRIBUTOR_ALARMS);
  const byTarget = Map.groupBy(firing, ([, { target }]) => `${target.account}/${target.region}`);
  await Promise.all([
    ...[...byTarget].map(async ([where, group]) => {
      const read = await readTarget(context, group, limit.signal);
      for (const [index, value] of read.values) keep(index, value);
      if (read.failure !== undefined) warnings.add(`${where}: what alarms are at now is not known: ${read.failure}`);
    }),
    inParallel(several, CONTRIBUTORS_CONCURRENCY, async ([index, { target, alarm }]) => {
      const read = await attempt(context.signal, context.aws(target).alarms.listContributors(alarm.name, limit.signal));
      if ('value' in read) keep(index, { contributors: read.value });
      else warnings.add(`${target.account}/${target.region}: series in ALARM not known: ${read.error.publicMessage}`);
    }),
  ]).finally(limit.end);
  return { values, warnings: [...warnings] };
}

type Group = readonly (readonly [index: number, asked: Asked])[];

interface Planned extends AlarmQueries {
  readonly index: number;
  readonly alarm: Alarm;
  readonly periodSeconds: number;
}

async function readTarget(
  context: ToolContext,
  group: Group,
  signal: AbortSignal,
): Promise<{ readonly values: readonly (readonly [number, AlarmValue])[]; readonly failure?: string }> {
  const { planned, values } = plan(group);
  const [first] = group;
  if (planned.length === 0 || first === undefined) return { values };
  const port = context.aws(first[1].target).metrics;
  const ask = (chosen: readonly Planned[]): Promise<Attempt<MetricData>> =>
    attempt(
      context.signal,
      port.getMetricData(
        {
          queries: chosen.flatMap(({ queries }) => queries.map(toDataQuery)),
          startEpochMs: window.startEpochMs,
          endEpochMs: context.nowEpochMs,
          maxDatapoints: MAX_DATAPOINTS,
          hasTime: context.hasTime,
        },
        signal,
      ),
    );
  const window = chooseWindow(planned, context.nowEpochMs);
  const inWindow = planned.filter(({ periodSeconds }) => periodSeconds <= window.longestSeconds);
  let read = await ask(inWindow);
  const plain = inWindow.filter(({ alarm }) => alarm.watch.type === 'metric');
  // One expression that is refused must not take the others' values with it.
  const isRefused = 'error' in read && read.error.code === 'invalid_input';
  if (isRefused && plain.length > 0 && plain.length < inWindow.length) read = await ask(plain);
  const data = 'value' in read ? read.value : undefined;
  const judged = planned.map((one): readonly [number, AlarmValue] => [
    one.index,
    one.periodSeconds > window.longestSeconds
      ? { unknown: `its period of ${formatDuration(one.periodSeconds * SECOND_MS)} is too long to ask for here` }
      : data === undefined || (isRefused && one.alarm.watch.type !== 'metric')
        ? { unknown: 'it could not be read' }
        : judge(one, data, { ...window, nowEpochMs: context.nowEpochMs }),
  ]);
  const failure = 'error' in read ? read.error.publicMessage : undefined;
  return { values: [...values, ...judged], ...(failure !== undefined && { failure }) };
}

/** The queries of all alarms with ids of their own; one request takes 500 and one SELECT (GetMetricData API reference). */
function plan(group: Group): { planned: Planned[]; values: (readonly [number, AlarmValue])[] } {
  const planned: Planned[] = [];
  const values: (readonly [number, AlarmValue])[] = [];
  let count = 0;
  let hasSelect = false;
  for (const [index, { alarm }] of group) {
    const own = queriesOf(alarm);
    const prefixed = own === undefined ? undefined : prefixIds(own, `a${index}_`);
    const hasOwnSelect = prefixed?.queries.some(({ expression }) => isSelect(expression)) === true;
    if (prefixed === undefined) {
      const unknown = UNKNOWN_BY_WATCH[alarm.watch.type];
      if (unknown !== undefined) values.push([index, { unknown }]);
    } else if (prefixed.queries.some(({ expression = '' }) => expression.length > MAX_EXPRESSION_CHARS))
      values.push([index, { unknown: 'its expression is too long to ask for here' }]);
    else if (count + prefixed.queries.length > MAX_QUERIES)
      values.push([index, { unknown: 'one request takes 500 queries: narrow with name_prefix' }]);
    else if (hasOwnSelect && hasSelect)
      values.push([index, { unknown: 'one request takes one Metrics Insights query' }]);
    else {
      count += prefixed.queries.length;
      hasSelect ||= hasOwnSelect;
      planned.push({ ...prefixed, index, alarm, periodSeconds: alarm.condition.periodSeconds ?? MINUTE_SECONDS });
    }
  }
  return { planned, values };
}

const UNKNOWN_BY_WATCH: Readonly<Record<string, string>> = {
  promql: 'ask execute_promql_query',
  log: 'its logs query tells it',
  anomaly: 'its band cannot be read',
};

/** From when on: enough periods of every alarm to tell a direction, of as long ones as fit one answer. */
function chooseWindow(
  planned: readonly Planned[],
  nowEpochMs: number,
): { readonly startEpochMs: number; readonly longestSeconds: number } {
  const periods = [...new Set(planned.map(({ periodSeconds }) => periodSeconds))].sort((a, b) => b - a);
  const shortest = periods.at(-1) ?? MINUTE_SECONDS;
  for (const longestSeconds of periods) {
    const lengthMs = (DIRECTION_POINTS + 1) * longestSeconds * SECOND_MS + SETTLING_MS;
    const startEpochMs = alignDown(nowEpochMs - lengthMs, Math.max(HOUR_SECONDS, longestSeconds));
    const wholeMs = nowEpochMs - startEpochMs;
    const datapoints = planned
      .filter(({ periodSeconds }) => periodSeconds <= longestSeconds)
      .reduce((sum, one) => sum + (countSeries(one) * wholeMs) / (one.periodSeconds * SECOND_MS), 0);
    if (datapoints <= MAX_DATAPOINTS && (shortest >= MINUTE_SECONDS || wholeMs <= HIGH_RESOLUTION_MS))
      return { startEpochMs, longestSeconds };
  }
  // The shortest alone: as far back as its data is kept and one answer holds.
  const series = planned.reduce((sum, one) => sum + (one.periodSeconds === shortest ? countSeries(one) : 0), 0);
  const fittingMs = (MAX_DATAPOINTS / Math.max(1, series)) * shortest * SECOND_MS;
  return { startEpochMs: nowEpochMs - Math.min(HIGH_RESOLUTION_MS, fittingMs), longestSeconds: shortest };
}

function countSeries({ queries, bandId }: Planned): number {
  const isGrouped = queries.some(({ expression = '' }) => /\bGROUP\s+BY\b/i.test(expression));
  return isGrouped ? MAX_GROUPS : bandId === undefined ? 1 : 3;
}

function toDataQuery({ id, metric, expression, periodSeconds, accountId, isReturned }: WatchedQuery): MetricDataQuery {
  const base = { id, isReturned };
  if (metric === undefined)
    return { ...base, expression: expression ?? '', accountId, ...(periodSeconds !== undefined && { periodSeconds }) };
  const { unit, ...stat } = metric;
  return {
    ...base,
    metricStat: {
      ...stat,
      periodSeconds: metric.periodSeconds ?? MINUTE_SECONDS,
      ...(unit !== undefined && { unit }),
    },
  };
}

function judge(
  { alarm, valueId, bandId }: Planned,
  data: MetricData,
  { startEpochMs, nowEpochMs }: { readonly startEpochMs: number; readonly nowEpochMs: number },
): AlarmValue {
  const series = data.series.filter(({ id }) => id === valueId);
  const band = bandId === undefined ? undefined : data.series.filter(({ id }) => id === bandId);
  if (data.isNewestMissing) return { unknown: 'CloudWatch gave the oldest datapoints only' };
  const failed = [...series, ...(band ?? [])].find(
    ({ status }) => status === 'Forbidden' || status === 'InternalError',
  );
  if (failed !== undefined)
    return { unknown: failed.status === 'Forbidden' ? 'its account may not be read' : 'CloudWatch failed to read it' };
  if (series.every(({ values }) => values.length === 0))
    return { unknown: `no datapoint in the last ${formatDuration(nowEpochMs - startEpochMs)}` };
  const statistic = alarm.watch.type === 'metric' ? alarm.watch.metric.statistic : bandedStatistic(alarm);
  const now = findValueNow(series, band, { condition: alarm.condition, statistic, startEpochMs, nowEpochMs });
  return now === undefined ? { unknown: 'no datapoint is final' } : { now };
}

/** Of an alarm on a band its one metric's; of other expressions nothing is known. */
function bandedStatistic({ watch }: Alarm): string | undefined {
  return watch.type === 'anomaly' ? firstMetric(watch)?.statistic : undefined;
}
