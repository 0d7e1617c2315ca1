/** The same series a week before: one call more, of which nothing else depends. */
import type { MetricsPort } from '../../../aws/ports/metrics.ts';
import type { TimedValues } from '../../../domain/metrics/chart/chart-page.ts';
import { finestStoredSeconds, RETENTION_MS } from '../../../domain/metrics/period.ts';
import { DAY_MS, SECOND_MS } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { type FetchedMetrics, INSIGHTS_REACH_MS, isSql, MAX_DATAPOINTS } from '../shared/fetch-metrics.ts';
import type { SeriesView } from '../shared/view-series.ts';

const WEEK_MS = 7 * DAY_MS;
/** More faint lines cannot be told apart. */
const MAX_COMPARED = 3;

export interface WeekBefore {
  /** At the times of this week. */
  readonly lines: ReadonlyMap<SeriesView, TimedValues>;
  readonly warnings: readonly string[];
}

/** Nothing where the range is longer than a week, CloudWatch no longer has the periods, or there are more than three series. */
export async function readWeekBefore(
  port: MetricsPort,
  { fetched, views }: { readonly fetched: FetchedMetrics; readonly views: readonly SeriesView[] },
  { signal, hasTime, nowEpochMs }: Pick<ToolContext, 'signal' | 'hasTime' | 'nowEpochMs'>,
): Promise<WeekBefore> {
  const lines = new Map<SeriesView, TimedValues>();
  if (!canReachBack(fetched, nowEpochMs) || views.length > MAX_COMPARED || !hasTime()) return { lines, warnings: [] };
  const { startEpochMs, endEpochMs } = fetched.range;
  const asked = port.getMetricData(
    {
      queries: fetched.queries,
      startEpochMs: startEpochMs - WEEK_MS,
      endEpochMs: endEpochMs - WEEK_MS,
      maxDatapoints: MAX_DATAPOINTS,
      hasTime,
    },
    signal,
  );
  const found = await attempt(signal, asked);
  if ('error' in found) return { lines, warnings: [`The week before is missing: ${found.error.publicMessage}`] };
  for (const view of views) {
    const series = found.value.series.find(({ id, label }) => id === view.id && label === view.label);
    if (series === undefined || series.values.length === 0) continue;
    lines.set(view, {
      timestampsEpochMs: series.timestampsEpochMs.map((epochMs) => epochMs + WEEK_MS),
      values: series.values,
    });
  }
  return { lines, warnings: [] };
}

function canReachBack({ range, queries, periodSeconds, isTruncated }: FetchedMetrics, nowEpochMs: number): boolean {
  const startEpochMs = range.startEpochMs - WEEK_MS;
  const reachMs = queries.some((query) => 'expression' in query && isSql(query.expression))
    ? INSIGHTS_REACH_MS
    : RETENTION_MS;
  const stored = finestStoredSeconds(startEpochMs, nowEpochMs);
  return (
    !isTruncated &&
    range.endEpochMs - range.startEpochMs <= WEEK_MS &&
    startEpochMs >= nowEpochMs - reachMs &&
    [...periodSeconds.values()].every((seconds) => seconds % stored === 0 && (WEEK_MS / SECOND_MS) % seconds === 0)
  );
}
