/** Series as text for the model. Pure. */

import { isOpen } from '../../../domain/metrics/describe-newest.ts';
import { formatNumber, formatValue } from '../../../domain/metrics/metric-value.ts';
import { inAccount } from '../../../domain/metrics/owner-account.ts';
import { listPoints } from '../../../domain/metrics/period-state.ts';
import { isSure } from '../../../domain/metrics/series-analysis/trend.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { DAY_MS, formatDuration, MINUTE_MS, SECOND_MS } from '../../../domain/time.ts';
import type { MetricAnalysis } from './analyze-fetched.ts';
import { tellFindings } from './describe-findings.ts';
import type { SeriesView } from './view-series.ts';

const MAX_LABEL_CHARS = 120;
const POINTS_PER_LINE = 10;
const TABLE_LABEL_CHARS = 80;
const MAX_TOLD_OPEN = 4;
const MAX_TOLD_FINDINGS = 2;
const OPEN_MARK = '*';

/** A time in as few characters as the range needs: `12:03Z`, `02-28 12:03Z`; with seconds only where there are any. */
export function formatShortTime(
  epochMs: number,
  range: { readonly startEpochMs: number; readonly endEpochMs: number },
): string {
  const iso = new Date(epochMs).toISOString();
  const isOneDay = Math.floor(range.startEpochMs / DAY_MS) === Math.floor((range.endEpochMs - 1) / DAY_MS);
  const isSameYear = iso.slice(0, 4) === new Date(range.endEpochMs).toISOString().slice(0, 4);
  const date = isOneDay ? '' : `${isSameYear ? iso.slice(5, 10) : iso.slice(0, 10)} `;
  return `${date}${epochMs % MINUTE_MS === 0 ? iso.slice(11, 16) : iso.slice(11, 19)}Z`;
}

export interface DetailSettings {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** Datapoints to write out; undefined = none. */
  readonly points: readonly Point[] | undefined;
  readonly analysis: MetricAnalysis | undefined;
}

/** Several lines about one series. */
export function renderDetail(view: SeriesView, settings: DetailSettings): string {
  const { summary, unit } = view;
  const title = [
    `${view.id}: ${clip(cleanLine(view.label), MAX_LABEL_CHARS)}${inAccount(view.accountId)}`,
    view.statistic,
    view.periodSeconds === undefined ? undefined : `every ${formatDuration(view.periodSeconds * SECOND_MS)}`,
    unit === undefined ? undefined : `unit ${unit}`,
  ].filter((part) => part !== undefined);
  if (summary === undefined) return `${title.join(', ')}\n  no datapoints`;
  const at = (point: Point): string =>
    `${formatValue(point.value, unit)} (${formatShortTime(point.epochMs, settings)}${isOpen(point) ? ' so far' : ''})`;
  const number = (value: number): string => formatValue(value, unit);
  const figures = [
    `last ${at(summary.last)}`,
    `first ${at(summary.first)}`,
    `min ${at(summary.min)}`,
    `max ${at(summary.max)}`,
    `mean ${number(summary.mean)}`,
    `p50 ${number(summary.p50)}`,
    `p90 ${number(summary.p90)}`,
    `p99 ${number(summary.p99)}`,
    ...(view.sum === undefined ? [] : [`sum ${number(view.sum)}`]),
  ];
  return [
    title.join(', '),
    `  ${view.sparkline}`,
    `  ${figures.join(' · ')}`,
    `  ${describeCourse(view, settings)}`,
    ...renderPoints(view, settings),
  ].join('\n');
}

/** Each with its state, the newest ones: `not final: 345 (20:00Z, running)`. */
function describeOpen({ open, unit }: SeriesView, range: TimeRange): string | undefined {
  if (open.length === 0) return undefined;
  const told = open
    .slice(-MAX_TOLD_OPEN)
    .map(({ value, epochMs, state }) => `${formatValue(value, unit)} (${formatShortTime(epochMs, range)}, ${state})`);
  const more = open.length - told.length;
  return `not final: ${more > 0 ? `${formatNumber(more)} earlier, ` : ''}${told.join(', ')}`;
}

/** A step is no trend: a slope is told where nothing else was found, and where chance does not explain it. */
function describeTrend(view: SeriesView, analysis: MetricAnalysis | undefined): string | undefined {
  const slope = view.summary?.slopePerHour;
  const isTrend =
    analysis === undefined ||
    (analysis.findings.length === 0 &&
      analysis.trend !== undefined &&
      (isSure(analysis.trend) || analysis.curve !== undefined));
  if (slope === undefined || !isTrend) return undefined;
  return `trend ${slope >= 0 ? '+' : '−'}${formatValue(Math.abs(slope), view.unit)} per hour`;
}

function describeCourse(view: SeriesView, settings: DetailSettings): string {
  const value = (number: number): string => formatValue(number, view.unit);
  const time = (epochMs: number): string => formatShortTime(epochMs, settings);
  const { analysis } = settings;
  return [
    ...(analysis === undefined ? [] : tellFindings(analysis, { value, time }, MAX_TOLD_FINDINGS)),
    describeTrend(view, analysis),
    describeCount(view),
    view.publishingSeconds === undefined
      ? undefined
      : `published every ${formatDuration(view.publishingSeconds * SECOND_MS)}`,
    describeOpen(view, settings),
    view.droppedCount === 0 ? undefined : `${view.droppedCount} datapoints were not numbers and are left out`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function describeCount({ points, expectedCount, isProvisional }: SeriesView): string {
  if (isProvisional) return `${formatNumber(points.length)} datapoints, none of them final`;
  const gaps = expectedCount - points.length;
  return `${formatNumber(points.length)} of ${formatNumber(expectedCount)} datapoints${gaps > 0 ? ` (${formatNumber(gaps)} missing)` : ''}`;
}

function renderPoints(view: SeriesView, settings: DetailSettings): string[] {
  const { points } = settings;
  if (points === undefined || points.length === 0) return [];
  const all = listPoints(view).length;
  const title =
    points.length === all
      ? 'all datapoints'
      : `${formatNumber(points.length)} of ${formatNumber(all)} datapoints, evenly thinned, extremes kept`;
  const texts = points.map(
    (point) =>
      `${formatShortTime(point.epochMs, settings)} ${formatNumber(point.value)}${isOpen(point) ? OPEN_MARK : ''}`,
  );
  const lines = [`  ${title}${points.some(isOpen) ? ` (${OPEN_MARK} not final)` : ''}:`];
  for (let index = 0; index < texts.length; index += POINTS_PER_LINE) {
    lines.push(`  ${texts.slice(index, index + POINTS_PER_LINE).join(' | ')}`);
  }
  return lines;
}

export const TABLE_HEAD = 'id: label | last (* not final) | min | mean | max | sum | datapoints | course';

/** One line about one series of many. */
export function renderRow(view: SeriesView): string {
  const { summary, unit } = view;
  const label = clip(cleanLine(view.label).replaceAll('|', '/'), TABLE_LABEL_CHARS);
  const title = `${view.id}: ${label}${inAccount(view.accountId)}`;
  if (summary === undefined) return `${title} | no datapoints`;
  const write = (point: Point): string => `${formatValue(point.value, unit)}${isOpen(point) ? OPEN_MARK : ''}`;
  const newest = view.open.at(-1);
  return [
    title,
    `${write(summary.last)}${newest === undefined || view.isProvisional ? '' : ` (then ${write(newest)})`}`,
    write(summary.min),
    formatValue(summary.mean, unit),
    write(summary.max),
    view.sum === undefined ? '' : formatValue(view.sum, unit),
    `${view.points.length}/${view.expectedCount}`,
    view.sparkline,
  ].join(' | ');
}
