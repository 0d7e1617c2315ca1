/** The alarms that a metric has already, beside the ones recommended. */
import type { AlarmsPort } from '../../../aws/ports/alarms.ts';
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import { type ExistingAlarm, type Relation, relate } from '../../../domain/alarms/advice/compare-existing.ts';
import { type Alarm, firstMetric } from '../../../domain/alarms/alarm.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';
import type { Recommendation } from './recommend.ts';

/** How far alarms on a band are looked for, which no call finds by their metric; 5 pages of DescribeAlarms. */
const MAX_LOOKED_THROUGH = 500;

export interface FoundAlarm {
  readonly alarm: Alarm;
  /** The recommendation that it is nearest to, by its place in the list. */
  readonly nearest?: { readonly index: number; readonly relation: Relation };
}

/** Alarms on a band for this metric, among the first {@link MAX_LOOKED_THROUGH} metric alarms. */
export async function findBandAlarms(
  port: AlarmsPort,
  metric: MetricIdentity,
  context: ToolContext,
): Promise<Attempt<{ readonly alarms: readonly Alarm[]; readonly isComplete: boolean }>> {
  const pages = port.describeAlarms({ kinds: ['metric'] }, context.signal);
  const read = await attempt(
    context.signal,
    collectPages(pages, {
      maxItems: MAX_LOOKED_THROUGH,
      hasTime: context.hasTime,
    }),
  );
  if ('error' in read) return read;
  const alarms = read.value.items.filter(({ watch }) => {
    const watched = watch.type === 'anomaly' ? firstMetric(watch) : undefined;
    return watched !== undefined && watched.accountId === undefined && keyOf(watched) === keyOf(metric);
  });
  return { value: { alarms, isComplete: read.value.isComplete } };
}

const RANK: Readonly<Record<Relation, number>> = { duplicate: 0, similar: 1, stricter: 2, looser: 2 };
const UNRELATED = 3;

/** Each alarm once, with the recommendation that it is nearest to; nearest first. */
export function placeAlarms(
  alarms: readonly Alarm[],
  recommendations: readonly Recommendation[],
): readonly FoundAlarm[] {
  const distinct = [...new Map(alarms.map((alarm) => [alarm.name, alarm])).values()];
  const placed = distinct.map((alarm): FoundAlarm => {
    const existing = toExisting(alarm);
    const related = recommendations.flatMap(({ template }, index) => {
      const relation = existing === undefined ? undefined : relate(existing, template);
      return relation === undefined ? [] : [{ index, relation }];
    });
    const [nearest] = related.toSorted((a, b) => RANK[a.relation] - RANK[b.relation]);
    return { alarm, ...(nearest !== undefined && { nearest }) };
  });
  const rankOf = ({ nearest }: FoundAlarm): number => (nearest === undefined ? UNRELATED : RANK[nearest.relation]);
  return placed.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function toExisting({ watch, condition }: Alarm): ExistingAlarm | undefined {
  const metric = firstMetric(watch);
  if (metric === undefined || (watch.type !== 'metric' && watch.type !== 'anomaly')) return undefined;
  return {
    type: watch.type,
    statistic: metric.statistic,
    condition,
    ...(watch.type === 'anomaly' && { band: watch.band }),
  };
}

function keyOf({ namespace, metricName, dimensions }: MetricIdentity): string {
  const sorted = dimensions.map(({ name, value }) => [name, value]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metricName, sorted]);
}
