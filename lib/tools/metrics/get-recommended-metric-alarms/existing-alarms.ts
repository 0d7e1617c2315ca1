/** The alarms that a metric has already, beside the ones recommended. */
import { type ExistingAlarm, type Relation, relate } from '../../../domain/alarms/advice/compare-existing.ts';
import { type Alarm, firstMetric } from '../../../domain/alarms/alarm.ts';
import type { Recommendation } from './recommendation.ts';

export interface FoundAlarm {
  readonly alarm: Alarm;
  /** The recommendation that it is nearest to, by its place in the list. */
  readonly nearest?: { readonly index: number; readonly relation: Relation };
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
