/** {@link ChartPage} → {@link ChartData}: bounds, clean labels, statistics. Pure. */
import { cleanLine, clip } from '../../text/clean-text.ts';
import { type Point, summarize } from '../series-summary.ts';
import type { BandData, ChartData, SeriesData, SeriesStatistics, ThresholdData } from './chart-data.ts';
import { drawLine, orderPoints, roundValue, usualDistanceMs } from './chart-line.ts';
import type { ChartPage, ChartSeries } from './chart-page.ts';
import { encodeTimes } from './encode-times.ts';

const MAX_SERIES = 100;
const MAX_THRESHOLDS = 20;
const MAX_ALARMS = 20;
const MAX_BANDS = 500;
const MAX_LABEL_CHARS = 160;
const MAX_TITLE_CHARS = 300;
const MAX_URL_CHARS = 4_000;
/** Below this axes and labels leave no room for lines. */
const MIN_WIDTH_PX = 240;
const MIN_HEIGHT_PX = 140;
/** A chart of one moment gets some room on both sides. */
const MIN_RANGE_MS = 60_000;

/** @param maxPoints of each series; what is above is thinned, and a note says so */
export function buildChartData(page: ChartPage, maxPoints: number): ChartData {
  const shown = page.series.slice(0, MAX_SERIES);
  const units = [...new Set(shown.map(unitOf))];
  const series = shown.map((one) => toSeriesData(one, units.indexOf(unitOf(one)), maxPoints));
  const thresholds = page.thresholds.filter(({ value }) => Number.isFinite(value));
  const alarms = [...new Set(page.alarmBands.map(({ label }) => label))].slice(0, MAX_ALARMS);
  const bands = toBands(page, alarms);
  return {
    title: clip(cleanLine(page.title), MAX_TITLE_CHARS),
    subtitle: clip(cleanLine(page.subtitle), MAX_TITLE_CHARS),
    ...rangeOf(page),
    units: units.length === 0 ? [''] : units,
    series,
    thresholds: thresholds.slice(0, MAX_THRESHOLDS).map(toThreshold),
    alarms: alarms.map(cleanLabel),
    bands: bands.slice(-MAX_BANDS),
    notes: [
      ...noteThinning(series),
      ...noteLeftOut(page.series.length, MAX_SERIES, 'series are shown'),
      ...noteLeftOut(thresholds.length, MAX_THRESHOLDS, 'thresholds are shown'),
      ...noteLeftOut(bands.length, MAX_BANDS, 'alarm states are shown, the latest'),
    ],
    ...(isWebLink(page.link?.url) && { link: { label: cleanLabel(page.link.label), url: page.link.url } }),
    ...(page.width !== undefined && { width: Math.max(MIN_WIDTH_PX, page.width) }),
    ...(page.height !== undefined && { height: Math.max(MIN_HEIGHT_PX, page.height) }),
  };

  function isWebLink(url: string | undefined): url is string {
    return url !== undefined && url.length <= MAX_URL_CHARS && /^https:\/\//i.test(url);
  }
}

/** Never shorter than a minute. */
function rangeOf({ startEpochMs, endEpochMs }: ChartPage): { start: number; end: number } {
  const missing = Math.max(0, MIN_RANGE_MS - (endEpochMs - startEpochMs));
  return { start: startEpochMs - missing / 2, end: endEpochMs + missing / 2 };
}

/** CloudWatch says None where nobody named a unit. */
function unitOf({ unit }: ChartSeries): string {
  return unit === undefined || unit === 'None' ? '' : cleanLabel(unit);
}

function toSeriesData(series: ChartSeries, unit: number, maxPoints: number): SeriesData {
  const points = orderPoints(series.timestampsEpochMs, series.values);
  const periodMs = series.periodSeconds === undefined ? undefined : series.periodSeconds * 1_000;
  const { times, values, isThinned } = drawLine(points, periodMs, maxPoints);
  const open = new Set(series.openEpochMs);
  const final = points.filter(({ epochMs }) => !open.has(epochMs));
  const statistics = toStatistics(points, final.length === 0 ? points : final);
  const openFrom = points.find(({ epochMs }) => open.has(epochMs) && epochMs > (final.at(-1)?.epochMs ?? 0))?.epochMs;
  return {
    label: cleanLabel(series.label),
    unit,
    periodMs: periodMs ?? usualDistanceMs(points),
    times: encodeTimes(times),
    values,
    isThinned,
    ...(openFrom !== undefined && { openFrom }),
    ...(statistics !== undefined && { statistics }),
  };
}

function toStatistics(points: readonly Point[], final: readonly Point[]): SeriesStatistics | undefined {
  const summary = summarize(final);
  if (summary === undefined) return undefined;
  const { min, mean, last } = summary;
  return {
    count: points.length,
    min: min.value,
    mean: roundValue(mean),
    max: points.reduce((most, { value }) => Math.max(most, value), -Number.MAX_VALUE),
    last: last.value,
    lastEpochMs: last.epochMs,
  };
}

function toThreshold({ label, value, state }: ThresholdData): ThresholdData {
  return { label: cleanLabel(label), value: roundValue(value), ...(state !== undefined && { state }) };
}

/** Inside the range of the chart, in time order. */
function toBands({ alarmBands, startEpochMs, endEpochMs }: ChartPage, alarms: readonly string[]): BandData[] {
  return alarmBands
    .map(({ label, state, startEpochMs: start, endEpochMs: end }) => ({
      alarm: alarms.indexOf(label),
      state,
      start: Math.max(start, startEpochMs),
      end: Math.min(end, endEpochMs),
    }))
    .filter(({ alarm, start, end }) => alarm >= 0 && end > start)
    .sort((a, b) => a.start - b.start);
}

function noteThinning(series: readonly SeriesData[]): string[] {
  const thinned = series.filter(({ isThinned }) => isThinned);
  if (thinned.length === 0) return [];
  const all = thinned.reduce((sum, { statistics }) => sum + (statistics?.count ?? 0), 0);
  const kept = thinned.reduce((sum, { values }) => sum + values.filter((value) => value !== null).length, 0);
  return [
    `Thinned: ${kept.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} datapoints are drawn; lowest and highest values are kept. Minimum, mean and maximum are of all datapoints.`,
  ];
}

function noteLeftOut(count: number, limit: number, what: string): string[] {
  return count > limit ? [`${limit} of ${count} ${what}.`] : [];
}

function cleanLabel(label: string): string {
  return clip(cleanLine(label), MAX_LABEL_CHARS);
}
