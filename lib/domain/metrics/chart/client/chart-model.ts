/** The data as the page works with it: decoded, on one common list of times. */
import uPlot from 'uplot';
import type { ChartData, SeriesData } from '../chart-data.ts';
import { decodeTimes } from '../encode-times.ts';

/** Undefined: nothing at this time. Null: the line is broken here. */
type Values = readonly (number | null | undefined)[];

export interface ChartModel {
  readonly data: ChartData;
  readonly times: readonly number[];
  /** One list a series. */
  readonly values: readonly Values[];
  readonly table: uPlot.AlignedData;
  /** Of the whole chart; reaches to datapoints that lie outside of what was asked for. */
  readonly min: number;
  readonly max: number;
}

export interface Reading {
  /** Index into {@link ChartModel.times}. */
  readonly index: number;
  readonly value: number;
  /** Another datapoint than the one at this time, since not all are drawn. */
  readonly isNear: boolean;
}

export function createModel(data: ChartData): ChartModel {
  const drawn = data.series.filter(({ values }) => values.length > 0);
  const joined = drawn.length === 0 ? [[]] : joinSeries(drawn);
  const times = (joined[0] ?? []) as readonly number[];
  const columns = joined.slice(1) as Values[];
  const values = data.series.map((series) => columns[drawn.indexOf(series)] ?? times.map(() => undefined));
  // The library wants one list at least.
  const table = [times, ...(values.length === 0 ? [[]] : values)] as unknown as uPlot.AlignedData;
  return {
    data,
    times,
    values,
    table,
    min: Math.min(data.start, times[0] ?? data.start),
    max: Math.max(data.end, times.at(-1) ?? data.end),
  };
}

const RETAIN = 1; // of a list of times nothing is to be said
const EXPAND = 2; // a break reaches to the neighbours, whatever times other series have in between

function joinSeries(series: readonly SeriesData[]): unknown[][] {
  const tables = series.map(({ times, values }) => [decodeTimes(times), values] as unknown as uPlot.AlignedData);
  const modes = series.map(() => [RETAIN, EXPAND]);
  return uPlot.join(tables, modes) as unknown as unknown[][];
}

/** What a series says at a time: its datapoint there, or the one whose period reaches there, or of a thinned line the nearest. */
export function readAt(model: ChartModel, seriesIndex: number, timeIndex: number): Reading | undefined {
  const values = model.values[seriesIndex] ?? [];
  const exact = values[timeIndex];
  if (typeof exact === 'number') return { index: timeIndex, value: exact, isNear: false };
  if (exact === null) return undefined;
  const at = model.times[timeIndex] ?? 0;
  const { periodMs = 0, isThinned = false } = model.data.series[seriesIndex] ?? {};
  const before = findValue(values, timeIndex, -1);
  const covering = before !== undefined && at - (model.times[before.index] ?? 0) < periodMs ? before : undefined;
  if (covering !== undefined) return { ...covering, isNear: false };
  const after = findValue(values, timeIndex, 1);
  if (!isThinned || before === undefined || after === undefined) return undefined;
  const isBeforeNearer = at - (model.times[before.index] ?? 0) <= (model.times[after.index] ?? 0) - at;
  return { ...(isBeforeNearer ? before : after), isNear: true };
}

/** Stops at a break of the line. */
function findValue(values: Values, from: number, step: 1 | -1): { index: number; value: number } | undefined {
  for (let index = from + step; index >= 0 && index < values.length; index += step) {
    const value = values[index];
    if (value === null) return undefined;
    if (value !== undefined) return { index, value };
  }
  return undefined;
}
