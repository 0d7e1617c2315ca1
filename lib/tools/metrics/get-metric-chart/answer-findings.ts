/** What the analysis found in the charted series, for the drawing and the text. Pure. */
import type { ChartFinding } from '../../../domain/metrics/chart/chart-page.ts';
import { describeBreak } from '../../../domain/metrics/describe-break.ts';
import { describeExcess } from '../../../domain/metrics/describe-newest.ts';
import { formatValue } from '../../../domain/metrics/metric-value.ts';
import type { TimeRange } from '../../../domain/time.ts';
import type { MetricAnalysis } from '../shared/analyze-fetched.ts';
import { tellFindings } from '../shared/describe-findings.ts';
import { findLeftRange } from '../shared/left-range.ts';
import { formatShortTime } from '../shared/render-series.ts';
import type { SeriesView } from '../shared/view-series.ts';

/** More marks hide the lines. */
const MAX_MARKED = 6;
const MAX_OF_SERIES = 3;
const MOST = Number.MAX_VALUE;

/** A finding as it is marked in the chart, under its number. */
export interface MarkedFinding extends ChartFinding {
  readonly view: SeriesView;
}

/**
 * The largest first: what is not final but more than all before; what the analysis found; else since when a series has
 * left its range.
 */
export function listMarked(
  views: readonly SeriesView[],
  analyses: ReadonlyMap<SeriesView, MetricAnalysis>,
  range: TimeRange,
): readonly MarkedFinding[] {
  return views
    .flatMap((view) => listOf(view, analyses.get(view), range))
    .toSorted((a, b) => b.size - a.size)
    .slice(0, MAX_MARKED)
    .map(({ size: _size, ...marked }) => marked);
}

function listOf(
  view: SeriesView,
  analysis: MetricAnalysis | undefined,
  range: TimeRange,
): (MarkedFinding & { readonly size: number })[] {
  const time = (epochMs: number): string => formatShortTime(epochMs, range);
  const value = (number: number): string => formatValue(number, view.unit);
  const texts = analysis === undefined ? [] : tellFindings(analysis, { value, time }, MAX_OF_SERIES);
  const excess = describeExcess(view, { value, time });
  const rising = excess === undefined ? [] : [{ view, text: `is at ${excess}`, ...startOf(view), size: MOST }];
  const left = excess === undefined ? findLeftRange(view, analysis) : undefined;
  const leaving = left === undefined ? undefined : describeBreak(view.points, { value, time });
  if (left !== undefined && leaving !== undefined)
    return [{ view, text: leaving, startEpochMs: left.sinceEpochMs, size: MOST }];
  const found = texts.flatMap((text, index) => {
    const finding = analysis?.findings[index];
    if (finding === undefined) return [];
    const { startEpochMs, endEpochMs, size } = finding;
    return [{ view, text, startEpochMs, ...(endEpochMs !== undefined && { endEpochMs }), size }];
  });
  return [...rising, ...found];
}

function startOf({ summary }: SeriesView): { readonly startEpochMs: number } {
  return { startEpochMs: summary?.max.epochMs ?? 0 };
}
