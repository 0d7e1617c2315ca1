/** One series as get_metric_data tells of it. Pure. */
import type { MetricSeries } from '../../../aws/ports/metrics.ts';
import { readExpression } from '../../../domain/metrics/expression.ts';
import { knownPublishingSeconds } from '../../../domain/metrics/period.ts';
import { countExpected, detectPublishingSeconds } from '../../../domain/metrics/period-density.ts';
import type { OpenPoint, SettledSeries } from '../../../domain/metrics/period-state.ts';
import { settledEnd, settleSeries } from '../../../domain/metrics/period-state.ts';
import { type Point, toPoints } from '../../../domain/metrics/series-summary.ts';
import { drawSparkline } from '../../../domain/metrics/sparkline.ts';
import { isAdditive } from '../../../domain/metrics/statistic.ts';
import { SECOND_MS } from '../../../domain/time.ts';
import type { PlannedQuery } from './arguments-metrics.ts';

/** Up to so many series are told in detail, more in one line each. */
export const MAX_DETAILED = 10;
/** What Metrics Insights calls the group of metrics that lack the dimension. */
export const OTHER_GROUP = 'Other';

export interface SeriesView extends SettledSeries {
  readonly id: string;
  readonly label: string;
  /** Owner, where it is another account than the one that was asked. */
  readonly accountId?: string;
  readonly statistic?: string;
  readonly unit?: string;
  readonly periodSeconds?: number;
  /** Sum over the range, where adding up makes sense. */
  readonly sum?: number;
  /** Without gaps there would be so many final datapoints. */
  readonly expectedCount: number;
  /** Ends in `…` where the newest datapoint is not final. */
  readonly sparkline: string;
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
const OPEN_END = '…';

export function viewSeries(series: MetricSeries, query: PlannedQuery | undefined, settings: ViewSettings): SeriesView {
  const statistic = query?.metric?.statistic ?? settings.statistic ?? readExpression(query?.expression ?? '').statistic;
  const all = toPoints(series.timestampsEpochMs, series.values);
  const detected = detectPublishingSeconds(all.map(({ epochMs }) => epochMs));
  const periodSeconds = periodOf(query, all, settings.periodSeconds);
  const periodMs = (periodSeconds ?? FALLBACK_PERIOD_SECONDS) * SECOND_MS;
  const stepSeconds = Math.max(periodSeconds ?? FALLBACK_PERIOD_SECONDS, detected ?? 0);
  const { startEpochMs, endEpochMs, nowEpochMs } = settings;
  const standsMs = isSample(query, stepSeconds) ? 0 : periodMs;
  const settled = settleSeries(all, { periodMs: standsMs, startEpochMs, endEpochMs, nowEpochMs }, statistic);
  const { points, open, summary } = settled;
  const accountId = query?.metric?.accountId ?? query?.accountId;
  const finalEpochMs = settledEnd({ periodMs: standsMs, endEpochMs, nowEpochMs });
  return {
    id: series.id,
    label: series.label,
    ...(accountId !== undefined && { accountId }),
    ...(statistic !== undefined && { statistic }),
    ...(settings.unit !== undefined && { unit: settings.unit }),
    ...(periodSeconds !== undefined && { periodSeconds }),
    ...settled,
    ...(summary !== undefined && isAdditive(statistic) && { sum: summary.total }),
    expectedCount: Math.max(points.length, countExpected(startEpochMs, finalEpochMs, nowEpochMs, stepSeconds)),
    sparkline: drawCourse(all, open, { ...settings, finalEpochMs, periodMs, stepMs: stepSeconds * SECOND_MS }),
    droppedCount: series.values.length - all.length,
    ...(detected !== undefined &&
      periodSeconds !== undefined &&
      detected > periodSeconds && { publishingSeconds: detected }),
  };
}

/** One value a period, published at its beginning: it does not grow (storage metrics of S3, estimated charges). */
function isSample(query: PlannedQuery | undefined, stepSeconds: number): boolean {
  const metric = query?.metric;
  return metric !== undefined && (knownPublishingSeconds(metric.namespace, metric.metricName) ?? 0) >= stepSeconds;
}

/** Math may name operands of several periods: what stands in the data is never longer than the distance of two datapoints. */
function periodOf(
  query: PlannedQuery | undefined,
  points: readonly Point[],
  knownSeconds: number | undefined,
): number | undefined {
  const gap = smallestGapSeconds(points);
  if (query?.metric !== undefined || knownSeconds === undefined) return knownSeconds ?? gap;
  return Math.min(knownSeconds, gap ?? knownSeconds);
}

interface Course extends Pick<ViewSettings, 'startEpochMs' | 'sparklineWidth'> {
  readonly finalEpochMs: number;
  readonly periodMs: number;
  readonly stepMs: number;
}

/** Open periods without a datapoint are no gap; one with a datapoint is drawn, and marked. */
function drawCourse(all: readonly Point[], open: readonly OpenPoint[], course: Course): string {
  const last = all.at(-1);
  const isOpen = last !== undefined && open.at(-1)?.epochMs === last.epochMs;
  const drawn = drawSparkline(all, {
    startEpochMs: course.startEpochMs,
    endEpochMs: Math.max(course.finalEpochMs, (last?.epochMs ?? 0) + course.periodMs),
    width: course.sparklineWidth,
    stepMs: course.stepMs,
  });
  return isOpen ? `${drawn}${OPEN_END}` : drawn;
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
