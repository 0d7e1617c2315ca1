/** The alarm's own series: a day by the minute, two weeks in longer periods, and what it is now. */
import type { MetricDataQuery, MetricSeries } from '../../../aws/ports/metrics.ts';
import type { Alarm, WatchedQuery } from '../../../domain/alarms/alarm.ts';
import { queriesOf } from '../../../domain/alarms/alarm-queries.ts';
import { type Datapoints, paceOf } from '../../../domain/investigation/grid.ts';
import type { AlarmSeries } from '../../../domain/investigation/judge-alarm.ts';
import { finestStoredSeconds } from '../../../domain/metrics/period.ts';
import { SETTLING_MS } from '../../../domain/metrics/period-state.ts';
import { isAdditive } from '../../../domain/metrics/statistic.ts';
import { countOf } from '../../../domain/text/counts.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../../domain/time.ts';
import { part, type Session } from '../shared/session.ts';

const FINE_MS = 26 * HOUR_MS;
const LONG_MS = 14 * DAY_MS;
/** Of what began some days ago fewer days before it are looked at, so that they can be by the minute: kept for 15 days. */
const MINUTES_KEPT_MS = 15 * DAY_MS - HOUR_MS;
const LONG_SECONDS = 300;
const MAX_DATAPOINTS = 50_000;

export interface OwnSeries extends AlarmSeries {
  /** The newest hour, which may be long after the change. */
  readonly recent: Datapoints;
  readonly recentPeriodMs: number;
}

/** Undefined for what has no series of its own, or where it could not be read. */
export async function readOwnSeries(session: Session, alarm: Alarm, atEpochMs: number): Promise<OwnSeries | undefined> {
  const own = queriesOf(alarm);
  if (own === undefined) {
    session.notLookedAt.push(
      `its own series: GetMetricData cannot compute what an alarm of type ${alarm.watch.type} watches`,
    );
    return undefined;
  }
  const { nowEpochMs } = session.context;
  // Two weeks of one metric by the minute are one page.
  const isSingle = alarm.watch.type === 'metric';
  const endEpochMs = Math.min(nowEpochMs - SETTLING_MS, atEpochMs + HOUR_MS);
  const read = async (lengthMs: number, seconds: number, endEpochMs: number, beforeEpochMs = atEpochMs) => {
    const kept = seconds === 60 ? nowEpochMs - MINUTES_KEPT_MS : 0;
    const startEpochMs = Math.max(beforeEpochMs - lengthMs, Math.min(kept, atEpochMs - DAY_MS));
    const periodSeconds = Math.max(seconds, finestStoredSeconds(startEpochMs, nowEpochMs));
    const queries = own.queries
      .filter(({ id }) => id !== own.bandId)
      .map((query) => toQuery(query, own.valueId, periodSeconds));
    session.cost.metrics += queries.length;
    const startAligned = Math.floor(startEpochMs / (periodSeconds * SECOND_MS)) * periodSeconds * SECOND_MS;
    const request = {
      queries,
      startEpochMs: startAligned,
      endEpochMs,
      maxDatapoints: MAX_DATAPOINTS,
      hasTime: session.hasTime,
    };
    const data = await part(session, 'its own series', session.aws.metrics.getMetricData(request, session.signal));
    if (data?.isTruncated === true)
      session.notLookedAt.push(
        `its own series: only the newest datapoints of ${countOf(data.series.length, 'series', 'series')}`,
      );
    return { periodMs: periodSeconds * SECOND_MS, series: data?.series.filter(({ id }) => id === own.valueId) };
  };
  const newestEpochMs = nowEpochMs - SETTLING_MS;
  const [fine, long, newest] = await Promise.all([
    read(FINE_MS, 60, endEpochMs),
    // What came later tells as well whether it comes and goes by itself.
    read(LONG_MS, isSingle ? 60 : LONG_SECONDS, Math.min(nowEpochMs - SETTLING_MS, atEpochMs + LONG_MS)),
    endEpochMs < newestEpochMs ? read(HOUR_MS, 60, newestEpochMs, newestEpochMs) : undefined,
  ]);
  if (fine.series === undefined || long.series === undefined) return undefined;
  const side = sideOf(alarm.condition.operator);
  const chosen = worstOf(fine.series, side, atEpochMs);
  const sameOf = (all: readonly MetricSeries[] | undefined) =>
    all?.find(({ label }) => label === chosen?.label) ?? all?.[0];
  const statistic = alarm.watch.type === 'metric' ? alarm.watch.metric.statistic : undefined;
  const isCount = isAdditive(statistic);
  const finePeriodMs = paceOf(chosen ?? EMPTY, fine.periodMs);
  const minutes = sameOf(long.series) ?? EMPTY;
  const longPeriodMs = Math.max(LONG_SECONDS * SECOND_MS, paceOf(minutes, long.periodMs));
  return {
    fine: chosen ?? EMPTY,
    long:
      longPeriodMs === long.periodMs
        ? minutes
        : meansOver(minutes, longPeriodMs, isCount ? longPeriodMs / long.periodMs : 1),
    minutes: long.periodMs <= finePeriodMs ? minutes : undefined,
    finePeriodMs,
    longPeriodMs,
    atEpochMs,
    recentPeriodMs: (newest ?? fine).periodMs,
    recent: (newest === undefined ? chosen : sameOf(newest.series)) ?? EMPTY,
    endEpochMs,
    side,
    isCount,
    statistic,
  };
}

const EMPTY = { timestampsEpochMs: [], values: [] };

/** Means in longer periods; of a counter the periods without a datapoint are 0. */
function meansOver({ timestampsEpochMs, values }: Datapoints, periodMs: number, least: number): Datapoints {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [index, epochMs] of timestampsEpochMs.entries()) {
    const start = Math.floor(epochMs / periodMs) * periodMs;
    const { sum, count } = sums.get(start) ?? { sum: 0, count: 0 };
    sums.set(start, { sum: sum + (values[index] ?? 0), count: count + 1 });
  }
  return {
    timestampsEpochMs: [...sums.keys()],
    values: [...sums.values()].map(({ sum, count }) => sum / Math.max(count, least)),
  };
}

function toQuery(query: WatchedQuery, valueId: string, periodSeconds: number): MetricDataQuery {
  const { id, metric, expression, accountId } = query;
  const base = { id, isReturned: id === valueId };
  if (metric === undefined) {
    const period = query.periodSeconds === undefined ? {} : { periodSeconds };
    return { ...base, expression: expression ?? '', accountId, ...period };
  }
  const { unit, ...stat } = metric;
  return { ...base, metricStat: { ...stat, periodSeconds, ...(unit !== undefined && { unit }) } };
}

/** Which values are bad; undefined where both sides are. */
function sideOf(operator: string | undefined): 'above' | 'below' | undefined {
  if (operator === undefined || operator.startsWith('LessThanLowerOr')) return undefined;
  return operator.startsWith('Greater') ? 'above' : 'below';
}

/** Of several series the one that lies farthest on the bad side when the alarm changed. */
function worstOf(
  series: readonly MetricSeries[],
  side: 'above' | 'below' | undefined,
  atEpochMs: number,
): MetricSeries | undefined {
  const sign = side === 'below' ? -1 : 1;
  const peak = ({ timestampsEpochMs, values }: MetricSeries): number =>
    values.reduce((most, value, index) => {
      const isNear = Math.abs((timestampsEpochMs[index] ?? 0) - atEpochMs) <= HOUR_MS / 2;
      return isNear ? Math.max(most, sign * value) : most;
    }, Number.NEGATIVE_INFINITY);
  const peaks = series.map((one) => ({ one, peak: peak(one) }));
  return peaks.sort((a, b) => b.peak - a.peak)[0]?.one;
}
