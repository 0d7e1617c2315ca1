/** Series of a PromQL range query as rows. Pure. */
import type { PromqlSeries } from '../../../aws/ports/promql.ts';
import { type Point, type SeriesSummary, summarize } from '../../../domain/metrics/series-summary.ts';
import { thinPoints } from '../../../domain/metrics/series-thin.ts';
import { drawSparkline } from '../../../domain/metrics/sparkline.ts';
import { formatTime, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { writeNumber, writeSeries } from '../shared/answer.ts';

export const ROW_HEAD = 'last | min | mean | max | datapoints | course | series';
/** Few series are told with their datapoints. */
const MAX_DETAILED = 3;
const DETAIL_POINTS = 24;
const DETAIL_WIDTH = 60;
const ROW_WIDTH = 16;
/** Of one series in `structuredContent`; many share it. */
const MAX_POINTS = 60;
const SHARED_POINTS = 600;

export interface RangeRow {
  readonly series: PromqlSeries;
  /** Undefined when no value is finite. */
  readonly summary: SeriesSummary | undefined;
  /** Thinned. */
  readonly points: readonly Point[];
  readonly notFinite: number;
  readonly sparkline: string;
}

/** @param count of all series, which share what an answer may hold */
export function viewRange(series: PromqlSeries, range: TimeRange, stepSeconds: number, count: number): RangeRow {
  const finite = series.samples.filter(({ value }) => Number.isFinite(value));
  const stepMs = stepSeconds * SECOND_MS;
  const width = count <= MAX_DETAILED ? DETAIL_WIDTH : ROW_WIDTH;
  return {
    series,
    summary: summarize(finite),
    points: thinPoints(finite, Math.min(MAX_POINTS, Math.max(4, Math.floor(SHARED_POINTS / count)))),
    notFinite: series.samples.length - finite.length,
    sparkline: drawSparkline(finite, {
      startEpochMs: range.startEpochMs,
      // The last point stands at the end itself and needs room too.
      endEpochMs: range.endEpochMs + stepMs,
      width,
      stepMs,
    }),
  };
}

export function renderRangeRow(row: RangeRow, range: TimeRange, count: number): string {
  const { series, summary, points, notFinite } = row;
  const name = writeSeries(series.labels);
  if (summary === undefined) return `no finite value in ${series.samples.length} datapoints | ${name}`;
  const { last, min, mean, max } = summary;
  const figures = [last.value, min.value, mean, max.value].map(writeNumber);
  const datapoints = `${summary.count}${notFinite > 0 ? ` (+${notFinite} NaN or infinite)` : ''}`;
  const line = [...figures, datapoints, row.sparkline, name].join(' | ');
  if (count > MAX_DETAILED) return line;
  const shown = thinPoints(points, DETAIL_POINTS);
  return `${line}\n  ${shown.map((point) => `${formatClock(point.epochMs, range)} ${writeNumber(point.value)}`).join(' | ')}`;
}

/** The date only where the range has several. */
function formatClock(epochMs: number, range: TimeRange): string {
  const text = formatTime(epochMs);
  return text.slice(0, 10) === formatTime(range.startEpochMs).slice(0, 10) &&
    text.slice(0, 10) === formatTime(range.endEpochMs).slice(0, 10)
    ? text.slice(11)
    : text.slice(5);
}
