/** Alarms on one metric, whose identity its owner belongs to: equal names of two accounts are two metrics. */
import type { AlarmsPort } from '../../../aws/ports/alarms.ts';
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import { type Alarm, firstMetric, isAutoScalingAlarm, type WatchedMetric } from '../../../domain/alarms/alarm.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';

/** How far alarms are looked through, which no call finds by band, owner or resource; 5 pages of DescribeAlarms. */
export const MAX_LOOKED_THROUGH = 500;

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

/**
 * The alarms on a metric. DescribeAlarmsForMetric knows no owner: it is asked for the account's own metrics, and those on
 * a linked account's are looked for among all.
 * @param looked all alarms, where they are read anyway
 */
export async function findMetricAlarms(
  port: AlarmsPort,
  metric: MetricIdentity,
  context: ToolContext,
  looked: () => Promise<Attempt<LookedThrough>> = () => lookThroughAlarms(port, context),
): Promise<Attempt<readonly Alarm[]>> {
  if (metric.accountId === undefined) {
    const found = await attempt(context.signal, port.describeAlarmsForMetric(metric, context.signal));
    return 'error' in found ? found : { value: found.value.filter(({ watch }) => isOwn(watch)) };
  }
  const all = await looked();
  return 'error' in all
    ? all
    : { value: all.value.alarms.filter(({ watch }) => watch.type === 'metric' && isSameMetric(watch.metric, metric)) };
}

function isOwn(watch: Alarm['watch']): boolean {
  return firstMetric(watch)?.accountId === undefined;
}

export function findBandAlarms(alarms: readonly Alarm[], metric: MetricIdentity): Alarm[] {
  return alarms.filter(({ watch }) => {
    const watched = watch.type === 'anomaly' ? firstMetric(watch) : undefined;
    return watched !== undefined && isSameMetric(watched, metric);
  });
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
  if (watched.namespace !== metric.namespace || watched.accountId !== metric.accountId) return false;
  if (isSameMetric(watched, metric)) return true;
  const [fewer, more] =
    watched.dimensions.length <= metric.dimensions.length
      ? [watched.dimensions, metric.dimensions]
      : [metric.dimensions, watched.dimensions];
  return (
    fewer.length > 0 &&
    fewer.every(({ name, value }) => more.some((other) => other.name === name && other.value === value))
  );
}

function isSameMetric(left: MetricIdentity, right: MetricIdentity): boolean {
  return keyOf(left) === keyOf(right);
}

function keyOf({ namespace, metricName, dimensions, accountId }: MetricIdentity): string {
  const sorted = dimensions.map(({ name, value }) => [name, value]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return JSON.stringify([accountId, namespace, metricName, sorted]);
}
