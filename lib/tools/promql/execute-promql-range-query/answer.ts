/** Series of a PromQL range query as rows. Pure. */
import type { PromqlSeries } from '../../../aws/ports/promql.ts';
import { isOpen } from '../../../domain/metrics/describe-newest.ts';
import type { SettledSeries } from '../../../domain/metrics/period-state.ts';
import { listPoints, settleSeries } from '../../../domain/metrics/period-state.ts';
import type { Point, SeriesSummary } from '../../../domain/metrics/series-summary.ts';
import { thinPoints } from '../../../domain/metrics/series-thin.ts';
import { drawSparkline } from '../../../domain/metrics/sparkline.ts';
import { formatTime, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { writeNumber } from '../shared/answer.ts';

export const ROW_HEAD = 'last (* not final) | min | mean | max | datapoints | course | series';
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
  readonly settled: SettledSeries;
}

export interface RangeQuestion extends TimeRange {
  readonly stepSeconds: number;
  readonly nowEpochMs: number;
  /** Of all series, which share what an answer may hold. */
  readonly count: number;
}

/** A point of a range query is the value of an instant; it may still grow as long as a period does. */
export function viewRange(series: PromqlSeries, { stepSeconds, nowEpochMs, count, ...range }: RangeQuestion): RangeRow {
  const finite = series.samples.filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.epochMs - b.epochMs);
  const settled = settleSeries(finite, { periodMs: 0, ...range, nowEpochMs }, undefined);
  const stepMs = stepSeconds * SECOND_MS;
  const width = count <= MAX_DETAILED ? DETAIL_WIDTH : ROW_WIDTH;
  return {
    series,
    settled,
    summary: settled.summary,
    points: thinPoints(listPoints(settled), Math.min(MAX_POINTS, Math.max(4, Math.floor(SHARED_POINTS / count)))),
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

/** @param name of the series, on one line */
export function renderRangeRow(row: RangeRow, name: string, range: TimeRange, count: number): string {
  const { series, summary, points, notFinite, settled } = row;
  if (summary === undefined) return `no finite value in ${series.samples.length} datapoints | ${name}`;
  const { last, min, mean, max } = summary;
  const newest = settled.isProvisional ? undefined : settled.open.at(-1);
  const figures = [
    `${write(last)}${newest === undefined ? '' : ` (then ${write(newest)})`}`,
    write(min),
    writeNumber(mean),
    write(max),
  ];
  const datapoints = `${listPoints(settled).length}${notFinite > 0 ? ` (+${notFinite} NaN or infinite)` : ''}`;
  const line = [...figures, datapoints, row.sparkline, name].join(' | ');
  if (count > MAX_DETAILED) return line;
  const shown = thinPoints(points, DETAIL_POINTS);
  return `${line}\n  ${shown.map((point) => `${formatClock(point.epochMs, range)} ${write(point)}`).join(' | ')}`;
}

/** A star stands behind what is not final. */
function write(point: Point): string {
  return `${writeNumber(point.value)}${isOpen(point) ? '*' : ''}`;
}

/** The date only where the range has several. */
function formatClock(epochMs: number, range: TimeRange): string {
  const text = formatTime(epochMs);
  return text.slice(0, 10) === formatTime(range.startEpochMs).slice(0, 10) &&
    text.slice(0, 10) === formatTime(range.endEpochMs).slice(0, 10)
    ? text.slice(11)
    : text.slice(5);
}
