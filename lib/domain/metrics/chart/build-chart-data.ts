/** {@link ChartPage} → {@link ChartData}: bounds, clean labels, statistics. Pure. */
import { cleanLine, clip } from '../../text/clean-text.ts';
import { type Point, summarize } from '../series-summary.ts';
import { averageLine, chooseBucketMs } from './average-line.ts';
import type { BandData, ChartData, FindingData, SeriesData, SeriesStatistics, ThresholdData } from './chart-data.ts';
import { type ChartLine, drawLine, orderPoints, roundValue, usualDistanceMs } from './chart-line.ts';
import type { ChartPage, ChartSeries } from './chart-page.ts';
import { encodeTimes } from './encode-times.ts';

const MAX_SERIES = 100;
const MAX_THRESHOLDS = 20;
const MAX_ALARMS = 20;
const MAX_BANDS = 500;
const MAX_FINDINGS = 8;
const MAX_FINDING_CHARS = 300;
const MAX_LABEL_CHARS = 160;
const MAX_TITLE_CHARS = 300;
const MAX_URL_CHARS = 4_000;
/** Below this axes and labels leave no room for lines. */
const MIN_WIDTH_PX = 240;
const MIN_HEIGHT_PX = 140;
/** A chart of one moment gets some room on both sides. */
const MIN_RANGE_MS = 60_000;

/** Yields after each series, since a hundred of them are a hundred thousand datapoints. */
type Steps<Result> = Generator<void, Result, undefined>;

/**
 * Reads the page once, to be made as small as it has to be.
 * @returns its data with at most `maxPoints` of each series; where there are more, several are averaged, and a note says so
 */
export function* prepareChartData(page: ChartPage): Steps<(maxPoints: number) => Steps<ChartData>> {
  const lines: ReadLine[] = [];
  for (const series of page.series.slice(0, MAX_SERIES)) {
    lines.push(readLine(series));
    yield;
  }
  return (maxPoints) => buildChartData(page, lines, maxPoints);
}

function* buildChartData(page: ChartPage, lines: readonly ReadLine[], maxPoints: number): Steps<ChartData> {
  const shown = page.series.slice(0, MAX_SERIES);
  const units = [...new Set(shown.map(unitOf))];
  const series: SeriesData[] = [];
  for (const [index, one] of shown.entries()) {
    const line = lines[index];
    if (line !== undefined) series.push(toSeriesData(one, line, units.indexOf(unitOf(one)), maxPoints));
    yield;
  }
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
    findings: (page.findings ?? []).slice(0, MAX_FINDINGS).flatMap((finding) => toFinding(finding, page)),
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

interface ReadLine {
  readonly points: readonly Point[];
  /** For how long one stands. */
  readonly standsMs: number;
  readonly whole: ChartLine;
  readonly weekBefore: ChartLine | undefined;
  readonly openFrom: number | undefined;
  readonly statistics: SeriesStatistics | undefined;
}

function readLine(series: ChartSeries): ReadLine {
  const points = orderPoints(series.timestampsEpochMs, series.values);
  const periodMs = series.periodSeconds === undefined ? undefined : series.periodSeconds * 1_000;
  const whole = addSamples(drawLine(points, periodMs), series.samples);
  const open = new Set(series.openEpochMs);
  const final = points.filter(({ epochMs }) => !open.has(epochMs));
  const before = orderPoints(series.weekBefore?.timestampsEpochMs ?? [], series.weekBefore?.values ?? []);
  const lastFinalEpochMs = final.at(-1)?.epochMs ?? 0;
  return {
    points,
    standsMs: periodMs ?? usualDistanceMs(points),
    whole,
    weekBefore: before.length === 0 ? undefined : drawLine(before, periodMs),
    openFrom: points.find(({ epochMs }) => open.has(epochMs) && epochMs > lastFinalEpochMs)?.epochMs,
    statistics: toStatistics(points, final.length === 0 ? points : final, whole),
  };
}

function toSeriesData(series: ChartSeries, line: ReadLine, unit: number, maxPoints: number): SeriesData {
  const { points, standsMs, whole, weekBefore, openFrom, statistics } = line;
  const isThinned = points.length > maxPoints;
  const spanMs = (points.at(-1)?.epochMs ?? 0) - (points[0]?.epochMs ?? 0) + 1;
  const bucketMs = isThinned ? chooseBucketMs(spanMs, maxPoints, standsMs) : standsMs;
  const { times, ...drawn } = isThinned ? averageLine(whole, bucketMs) : whole;
  return {
    label: cleanLabel(series.label),
    unit,
    ...(series.measure !== undefined && { measure: cleanLabel(series.measure) }),
    periodMs: bucketMs,
    times: encodeTimes(times),
    ...drawn,
    isThinned,
    ...(openFrom !== undefined && { openFrom }),
    ...(weekBefore !== undefined && { weekBefore: toWeekBefore(weekBefore, isThinned ? bucketMs : 0) }),
    ...(statistics !== undefined && { statistics }),
  };
}

function toWeekBefore(line: ChartLine, bucketMs: number): NonNullable<SeriesData['weekBefore']> {
  const { times, values } = averageLine(line, bucketMs);
  return { times: encodeTimes(times), values };
}

/** A datapoint without samples is its own lowest and highest; what does not lie around its average is not believed. */
function addSamples(line: ChartLine, samples: ChartSeries['samples']): ChartLine {
  if (samples === undefined) return line;
  const [low, high] = [samples.low, samples.high].map(
    ({ timestampsEpochMs, values }) =>
      new Map(orderPoints(timestampsEpochMs, values).map(({ epochMs, value }) => [epochMs, value])),
  );
  const pick = (from: ReadonlyMap<number, number> | undefined, choose: (a: number, b: number) => number) =>
    line.values.map((value, index) =>
      value === null ? null : choose(value, from?.get(line.times[index] ?? 0) ?? value),
    );
  return { ...line, lows: pick(low, Math.min), highs: pick(high, Math.max) };
}

function toStatistics(
  points: readonly Point[],
  final: readonly Point[],
  { lows, highs }: ChartLine,
): SeriesStatistics | undefined {
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
    ...(lows !== undefined &&
      highs !== undefined && {
        samples: {
          low: lows.reduce<number>((least, value) => Math.min(least, value ?? least), Number.MAX_VALUE),
          high: highs.reduce<number>((most, value) => Math.max(most, value ?? most), -Number.MAX_VALUE),
        },
      }),
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

/** Inside the range of the chart; nothing where it lies outside. */
function toFinding(
  { text, startEpochMs, endEpochMs }: NonNullable<ChartPage['findings']>[number],
  range: Pick<ChartPage, 'startEpochMs' | 'endEpochMs'>,
): FindingData[] {
  const start = Math.max(startEpochMs, range.startEpochMs);
  const end = Math.min(endEpochMs ?? range.endEpochMs, range.endEpochMs);
  return end >= start ? [{ text: clip(cleanLine(text), MAX_FINDING_CHARS), start, end }] : [];
}

function noteThinning(series: readonly SeriesData[]): string[] {
  const thinned = series.filter(({ isThinned }) => isThinned);
  if (thinned.length === 0) return [];
  const all = thinned.reduce((sum, { statistics }) => sum + (statistics?.count ?? 0), 0);
  const kept = thinned.reduce((sum, { values }) => sum + values.filter((value) => value !== null).length, 0);
  return [
    `Averaged: ${kept.toLocaleString('en-US')} means of ${all.toLocaleString('en-US')} datapoints are drawn, with shades from the lowest to the highest. Minimum, mean and maximum are of all datapoints.`,
  ];
}

function noteLeftOut(count: number, limit: number, what: string): string[] {
  return count > limit ? [`${limit} of ${count} ${what}.`] : [];
}

function cleanLabel(label: string): string {
  return clip(cleanLine(label), MAX_LABEL_CHARS);
}
