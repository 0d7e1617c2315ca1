/** One series as get_metric_data tells of it. Pure. */
import type { MetricSeries } from '../../../aws/ports/metrics.ts';
import { countExpected, detectPublishingSeconds } from '../../../domain/metrics/period-density.ts';
import { type Point, type SeriesSummary, summarize, toPoints } from '../../../domain/metrics/series-summary.ts';
import { drawSparkline } from '../../../domain/metrics/sparkline.ts';
import { isAdditive } from '../../../domain/metrics/statistic.ts';
import { SECOND_MS } from '../../../domain/time.ts';
import type { PlannedQuery } from './arguments-metrics.ts';

/** Up to so many series are told in detail, more in one line each. */
export const MAX_DETAILED = 10;
/** What Metrics Insights calls the group of metrics that lack the dimension. */
export const OTHER_GROUP = 'Other';

export interface SeriesView {
  readonly id: string;
  readonly label: string;
  readonly statistic?: string;
  readonly unit?: string;
  readonly periodSeconds?: number;
  /** In time order, the unfinished last one left out where it would mislead. */
  readonly points: readonly Point[];
  readonly summary?: SeriesSummary;
  /** Sum over the range, where adding up makes sense. */
  readonly sum?: number;
  /** Without gaps there would be so many datapoints. */
  readonly expectedCount: number;
  readonly sparkline: string;
  /** The last period of a sum that is not over yet; in no figure above. */
  readonly unfinished?: Point;
  /** Datapoints that were not numbers. */
  readonly droppedCount: number;
  /** Regular distance of datapoints, when it is more than the period. */
  readonly publishingSeconds?: number;
}

export interface ViewSettings {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly nowEpochMs: number;
  readonly sparklineWidth: number;
  readonly periodSeconds: number | undefined;
  readonly unit: string | undefined;
  /** Statistic of a Metrics Insights query, which has no metric of its own. */
  readonly statistic: string | undefined;
}

const FALLBACK_PERIOD_SECONDS = 60;

export function viewSeries(series: MetricSeries, query: PlannedQuery | undefined, settings: ViewSettings): SeriesView {
  const statistic = query?.metric?.statistic ?? settings.statistic;
  const all = toPoints(series.timestampsEpochMs, series.values);
  const detected = detectPublishingSeconds(all.map(({ epochMs }) => epochMs));
  const periodSeconds = settings.periodSeconds ?? smallestGapSeconds(all);
  const stepSeconds = Math.max(periodSeconds ?? FALLBACK_PERIOD_SECONDS, detected ?? 0);
  const last = all.at(-1);
  const isUnfinished =
    isAdditive(statistic) &&
    last !== undefined &&
    all.length > 1 &&
    last.epochMs + (periodSeconds ?? 0) * SECOND_MS > settings.nowEpochMs;
  const points = isUnfinished ? all.slice(0, -1) : all;
  const summary = summarize(points);
  const expected = countExpected(settings.startEpochMs, settings.endEpochMs, settings.nowEpochMs, stepSeconds);
  return {
    id: series.id,
    label: series.label,
    ...(statistic !== undefined && { statistic }),
    ...(settings.unit !== undefined && { unit: settings.unit }),
    ...(periodSeconds !== undefined && { periodSeconds }),
    points,
    ...(summary !== undefined && { summary }),
    ...(summary !== undefined && isAdditive(statistic) && { sum: summary.total }),
    expectedCount: Math.max(points.length, expected - (isUnfinished ? 1 : 0)),
    sparkline: drawSparkline(points, {
      startEpochMs: settings.startEpochMs,
      endEpochMs: Math.min(settings.endEpochMs, settings.nowEpochMs),
      width: settings.sparklineWidth,
      stepMs: stepSeconds * SECOND_MS,
    }),
    ...(isUnfinished && { unfinished: last }),
    droppedCount: series.values.length - all.length,
    ...(detected !== undefined &&
      periodSeconds !== undefined &&
      detected > periodSeconds && { publishingSeconds: detected }),
  };
}

function smallestGapSeconds(points: readonly Point[]): number | undefined {
  let smallestMs = Number.POSITIVE_INFINITY;
  for (const [index, { epochMs }] of points.entries()) {
    const previous = points[index - 1];
    if (previous !== undefined && epochMs > previous.epochMs)
      smallestMs = Math.min(smallestMs, epochMs - previous.epochMs);
  }
  return Number.isFinite(smallestMs) ? Math.max(1, Math.round(smallestMs / SECOND_MS)) : undefined;
}
