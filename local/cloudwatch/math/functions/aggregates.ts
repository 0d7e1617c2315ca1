import { assertArgumentCount, type MathFunction, readSeries } from '../function.ts';
import { indexByTimestamp, makeSeries, mergeTimestamps, type Series } from '../series.ts';
import { assertSamePeriod, oneSeries, scalar } from '../value.ts';

/** Reduces the values that are there; `seriesCount` is how many there could be. */
type Reduce = (present: readonly number[], seriesCount: number) => number;

/** Sum of numbers; 0 for none. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Arithmetic mean; not a number for none. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Population standard deviation; not a number for none. */
export function standardDeviation(values: readonly number[]): number {
  const average = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - average) ** 2)));
}

export function minimum(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

export function maximum(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

/** SUM, AVG, …: one series gives a scalar over time, an array gives a series over its members. */
export const AGGREGATES: Readonly<Record<string, MathFunction>> = {
  SUM: aggregate(sum),
  // Over an array "missing values are treated as 0" (User Guide, AVG), so the divisor is the number of series.
  AVG: aggregate(mean, (present, seriesCount) => sum(present) / seriesCount),
  MIN: aggregate(minimum),
  MAX: aggregate(maximum),
  STDDEV: aggregate(standardDeviation),
  DATAPOINT_COUNT: aggregate((values) => values.length),
};

function aggregate(overTime: (values: readonly number[]) => number, overSeries: Reduce = overTime): MathFunction {
  return (call) => {
    assertArgumentCount(call, 1);
    const argument = call.args[0];
    if (argument?.kind !== 'array') return scalar(overTime(readSeries(call, 0).values));
    return oneSeries(reduceArray(argument.series, overSeries, call.scope.periodSeconds));
  };
}

function reduceArray(all: readonly Series[], reduce: Reduce, emptyPeriodSeconds: number): Series {
  assertSamePeriod(all);
  const indexes = all.map(indexByTimestamp);
  const points = mergeTimestamps(all).map((timestamp) => {
    const present = indexes.map((index) => index.get(timestamp)).filter((value) => value !== undefined);
    return [timestamp, reduce(present, all.length)] as const;
  });
  return makeSeries('', all[0]?.periodSeconds ?? emptyPeriodSeconds, points, all);
}
