/** Other alarms: those on a band for the metric, and the times in which alarms on the same resource were in ALARM. */
import type { AlarmsPort } from '../../../aws/ports/alarms.ts';
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import type { AlarmTime } from '../../../domain/alarms/advice/known-incidents.ts';
import {
  type Alarm,
  firstMetric,
  isAutoScalingAlarm,
  stateSinceEpochMs,
  type WatchedMetric,
} from '../../../domain/alarms/alarm.ts';
import { SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';
import { readBands } from '../get-metric-chart/read-alarms.ts';

/** How far alarms are looked through, which no call finds by band or resource; 5 pages of DescribeAlarms. */
export const MAX_LOOKED_THROUGH = 500;
/** Each is a call of its own: the history of one alarm. */
const MAX_HISTORIES = 5;

export interface LookedThrough {
  readonly alarms: readonly Alarm[];
  readonly isComplete: boolean;
}

/** The first {@link MAX_LOOKED_THROUGH} metric alarms. */
export async function lookThroughAlarms(port: AlarmsPort, context: ToolContext): Promise<Attempt<LookedThrough>> {
  const pages = port.describeAlarms({ kinds: ['metric'] }, context.signal);
  const read = await attempt(
    context.signal,
    collectPages(pages, { maxItems: MAX_LOOKED_THROUGH, hasTime: context.hasTime }),
  );
  return 'error' in read ? read : { value: { alarms: read.value.items, isComplete: read.value.isComplete } };
}

export function findBandAlarms(alarms: readonly Alarm[], metric: MetricIdentity): Alarm[] {
  return alarms.filter(({ watch }) => {
    const watched = watch.type === 'anomaly' ? firstMetric(watch) : undefined;
    return watched !== undefined && watched.accountId === undefined && keyOf(watched) === keyOf(metric);
  });
}

export interface AlarmTimes {
  readonly times: readonly AlarmTime[];
  readonly warnings: readonly string[];
}

/**
 * ALARM times of the alarms on the metric's resource that changed in the range, or are in ALARM; those that changed last
 * first. What led to an ALARM lies before it, so each begins as much earlier as the alarm looks back.
 */
export async function readAlarmTimes(
  port: AlarmsPort,
  alarms: readonly Alarm[],
  range: TimeRange,
  context: ToolContext,
): Promise<AlarmTimes> {
  const changed = alarms
    .filter((alarm) => alarm.state === 'ALARM' || stateSinceEpochMs(alarm) >= range.startEpochMs)
    .toSorted((a, b) => stateSinceEpochMs(b) - stateSinceEpochMs(a));
  const byName = new Map(changed.map((alarm) => [alarm.name, alarm]));
  const { bands, warnings } = await readBands(port, [...byName.values()].slice(0, MAX_HISTORIES), range, context);
  const left = byName.size - MAX_HISTORIES;
  return {
    times: bands
      .filter(({ state }) => state === 'ALARM')
      .map(({ label, startEpochMs, endEpochMs }) => ({
        alarmName: label,
        startEpochMs: startEpochMs - lookBackMs(byName.get(label)),
        endEpochMs,
      })),
    warnings: [
      ...warnings,
      ...(left > 0 ? [`ALARM times of ${left} more alarms on this resource were not looked at.`] : []),
    ],
  };
}

/** Alarms in the namespace whose metric has these dimensions, or fewer or more of them; not those that scale. */
export function findResourceAlarms(alarms: readonly Alarm[], metric: MetricIdentity): Alarm[] {
  return alarms.filter(
    ({ name, watch }) =>
      !isAutoScalingAlarm(name) && listMetrics(watch).some((watched) => isSameResource(watched, metric)),
  );
}

function listMetrics(watch: Alarm['watch']): WatchedMetric[] {
  if (watch.type === 'metric') return [watch.metric];
  return watch.type === 'math' || watch.type === 'anomaly' ? watch.queries.flatMap(({ metric }) => metric ?? []) : [];
}

function isSameResource(watched: WatchedMetric, metric: MetricIdentity): boolean {
  if (watched.namespace !== metric.namespace || watched.accountId !== undefined) return false;
  if (keyOf(watched) === keyOf(metric) && watched.metricName === metric.metricName) return true;
  const [fewer, more] =
    watched.dimensions.length <= metric.dimensions.length
      ? [watched.dimensions, metric.dimensions]
      : [metric.dimensions, watched.dimensions];
  return (
    fewer.length > 0 &&
    fewer.every(({ name, value }) => more.some((other) => other.name === name && other.value === value))
  );
}

function lookBackMs(alarm: Alarm | undefined): number {
  const { periodSeconds = 0, evaluationPeriods = 0 } = alarm?.condition ?? {};
  return periodSeconds * evaluationPeriods * SECOND_MS;
}

function keyOf({ namespace, metricName, dimensions }: MetricIdentity): string {
  const sorted = dimensions.map(({ name, value }) => [name, value]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metricName, sorted]);
}
