/** Alarms whose metric has no data, and what its name should have been. Pure. */
import { findNearMetrics } from '../../metrics/catalogue/metric-catalogue.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { findNearest } from '../../text/nearest.ts';
import { HOUR_MS } from '../../time.ts';
import { type Alarm, stateSinceEpochMs, type WatchedMetric } from '../alarm.ts';
import { describeMetric } from '../alarm-watch.ts';
import type { Finding } from './finding.ts';
import { namesOf, type PublishedSeries } from './published-series.ts';

/** An alarm that was made or lost its data just now has not been silent. */
const MIN_SILENT_MS = 3 * HOUR_MS;

/** All metrics that an alarm is made of, in its own account. */
export function watchedMetrics({ watch }: Pick<Alarm, 'watch'>): readonly WatchedMetric[] {
  const metrics =
    watch.type === 'metric'
      ? [watch.metric]
      : watch.type === 'math' || watch.type === 'anomaly'
        ? watch.queries.flatMap(({ metric }) => metric ?? [])
        : [];
  return metrics.filter(({ accountId }) => accountId === undefined);
}

/** What may be silent: no data now, or missing data hidden as OK ever since it was made. */
export function maySilent(alarm: Alarm, nowEpochMs: number): boolean {
  const sinceEpochMs = stateSinceEpochMs(alarm);
  if (watchedMetrics(alarm).length === 0 || nowEpochMs - sinceEpochMs < MIN_SILENT_MS) return false;
  if (alarm.state === 'INSUFFICIENT_DATA') return true;
  return ['notBreaching', 'ignore'].includes(alarm.condition.treatMissingData ?? '') && alarm.state === 'OK';
}

/**
 * @param published series of its metric's name in its namespace with data in the last two weeks, all of them; the same for all alarms
 * @returns undefined where each of its metrics has data
 */
export function judgeSilence(
  alarm: Alarm,
  published: (metric: WatchedMetric) => PublishedSeries | undefined,
): Finding | undefined {
  for (const metric of watchedMetrics(alarm)) {
    const series = published(metric);
    if (series === undefined || series.has(metric.dimensions)) continue;
    // A counter of faults that are rare may have no data for weeks, and is right.
    const reason = explain(metric, series);
    if (reason === undefined && alarm.state !== 'INSUFFICIENT_DATA') continue;
    const what = describeMetric(metric).replace(/^.*? of /, '');
    return {
      kind: 'never_any_data',
      names: [alarm.name],
      why: cleanLine(`no data in two weeks for ${what}${reason ?? ''}`),
    };
  }
  return undefined;
}

/** What would explain it: a value, a set of dimensions or a name that is nearly right. */
function explain({ namespace, metricName, dimensions }: WatchedMetric, series: PublishedSeries): string | undefined {
  if (series.isEmpty) {
    const [near] = findNearMetrics(metricName, namespace);
    return near === undefined || near === metricName ? undefined : `: AWS writes it ${near}`;
  }
  const names = namesOf(dimensions);
  const known = series.sets();
  if (!known.includes(names)) {
    const sets = known.slice(0, 3).map((set) => (set === '' ? 'no dimensions' : set));
    return `: it is published with ${sets.join(', or ')}, not with ${names === '' ? 'no dimensions' : names}`;
  }
  const values = series.valuesBeside(dimensions);
  for (const { name, value } of dimensions) {
    const [near] = findNearest(value, values.get(name) ?? [], 1);
    if (near !== undefined && near !== value) return `: ${name}=${value} does not exist, ${name}=${near} does`;
  }
  return undefined;
}
