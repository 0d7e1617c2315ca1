/** The data as the page works with it: decoded, and as the lines that fit the part in view. */
import uPlot from 'uplot';
import { averageLine } from '../average-line.ts';
import type { ChartData, SeriesData } from '../chart-data.ts';
import type { ChartLine } from '../chart-line.ts';
import { decodeTimes } from '../encode-times.ts';

/** Undefined: nothing at this time. Null: the line is broken here. */
type Values = readonly (number | null | undefined)[];

export interface ChartModel {
  readonly data: ChartData;
  /** As fine as the page holds them; one a series. */
  readonly lines: readonly ChartLine[];
  readonly weeksBefore: readonly (ChartLine | undefined)[];
  /** Of the whole chart; reaches to datapoints that lie outside of what was asked for. */
  readonly min: number;
  readonly max: number;
}

/** What is drawn: the lines themselves, or means of them where there are more points than pixels tell apart. */
export interface Drawing {
  readonly lines: readonly ChartLine[];
  readonly weeksBefore: readonly (ChartLine | undefined)[];
  /** For how long a point stands; one a series. */
  readonly spansMs: readonly number[];
  /** The times of all lines, and the values of each there. */
  readonly times: readonly number[];
  readonly values: readonly Values[];
  readonly table: uPlot.AlignedData;
}

export interface Reading {
  /** Index into {@link Drawing.times}. */
  readonly index: number;
  readonly value: number;
  /** Of what the point stands for, where that is more than one value. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The point is a mean over so long; 0 where it is a datapoint. */
  readonly meanMs: number;
}

export function createModel(data: ChartData): ChartModel {
  const lines = data.series.map(({ times, values, lows, highs }) => ({
    times: decodeTimes(times),
    values,
    ...(lows !== undefined && { lows }),
    ...(highs !== undefined && { highs }),
  }));
  const weeksBefore = data.series.map(
    ({ weekBefore }) => weekBefore && { times: decodeTimes(weekBefore.times), values: weekBefore.values },
  );
  return {
    data,
    lines,
    weeksBefore,
    min: lines.reduce((least, { times: [first = least] }) => Math.min(least, first), data.start),
    max: lines.reduce((most, { times }) => Math.max(most, times.at(-1) ?? most), data.end),
  };
}

/** For how long a point of each series has to stand, for at most `maxPoints` in view. */
export function chooseSpans({ data }: ChartModel, viewMs: number, maxPoints: number): readonly number[] {
  return data.series.map((series) => chooseSpan(series, viewMs / Math.max(1, maxPoints)));
}

/** @param spansMs of {@link chooseSpans} */
export function createDrawing({ data, lines, weeksBefore }: ChartModel, spansMs: readonly number[]): Drawing {
  const average = (line: ChartLine, index: number): ChartLine => {
    const [spanMs = 0, periodMs = 0] = [spansMs[index], data.series[index]?.periodMs];
    return spanMs > periodMs ? averageLine(line, spanMs) : line;
  };
  const drawn = lines.map(average);
  const filled = drawn.filter(({ values }) => values.length > 0);
  const joined = filled.length === 0 ? [[]] : joinLines(filled);
  const times = (joined[0] ?? []) as readonly number[];
  const columns = joined.slice(1) as Values[];
  const values = drawn.map((line) => columns[filled.indexOf(line)] ?? times.map(() => undefined));
  return {
    lines: drawn,
    weeksBefore: weeksBefore.map((line, index) => line && average(line, index)),
    spansMs,
    times,
    values,
    // The library wants one list at least.
    table: [times, ...(values.length === 0 ? [[]] : values)] as unknown as uPlot.AlignedData,
  };
}

/** Whole periods: 1, 2, 3, 4, 6, 8, 12, 16 … of them, so that not every step of a zoom draws other means. */
function chooseSpan({ periodMs, values }: SeriesData, leastMs: number): number {
  if (periodMs <= 0 || values.length < 3) return periodMs;
  const least = leastMs / periodMs;
  const power = 2 ** Math.max(0, Math.ceil(Math.log2(least)));
  const between = power * 0.75;
  return periodMs * (Number.isInteger(between) && between >= least ? between : power);
}

const RETAIN = 1; // of a list of times nothing is to be said
const EXPAND = 2; // a break reaches to the neighbours, whatever times other series have in between

function joinLines(lines: readonly ChartLine[]): unknown[][] {
  const tables = lines.map(({ times, values }) => [times, values] as unknown as uPlot.AlignedData);
  const modes = lines.map(() => [RETAIN, EXPAND]);
  return uPlot.join(tables, modes) as unknown as unknown[][];
}

/** What a series says at a time: its point there, or the one whose stretch of time reaches there. */
export function readAt(
  model: ChartModel,
  drawing: Drawing,
  seriesIndex: number,
  timeIndex: number,
): Reading | undefined {
  const values = drawing.values[seriesIndex] ?? [];
  const at = drawing.times[timeIndex] ?? 0;
  const spanMs = drawing.spansMs[seriesIndex] ?? 0;
  for (let index = timeIndex; index >= 0; index -= 1) {
    const [value, time = 0] = [values[index], drawing.times[index]];
    if (value === null || (index < timeIndex && at - time >= spanMs)) return undefined;
    if (value === undefined) continue;
    const { lows, highs, times } = drawing.lines[seriesIndex] ?? { times: [] };
    const place = findPlace(times, time);
    const isMean =
      spanMs > (model.data.series[seriesIndex]?.periodMs ?? 0) || model.data.series[seriesIndex]?.isThinned;
    return {
      index,
      value,
      low: lows?.[place] ?? undefined,
      high: highs?.[place] ?? undefined,
      meanMs: isMean === true ? spanMs : 0,
    };
  }
  return undefined;
}

/** The value at a time of a line of its own times: that of the point whose stretch reaches there. */
export function readLine(line: ChartLine | undefined, at: number, spanMs: number): number | undefined {
  if (line === undefined) return undefined;
  const place = findPlace(line.times, at);
  const time = line.times[place];
  return time !== undefined && at - time < Math.max(1, spanMs) ? (line.values[place] ?? undefined) : undefined;
}

/** Of the last time that is not later; -1 where there is none. */
function findPlace(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
