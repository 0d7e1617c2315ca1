import {
  assertArgumentCount,
  type FunctionCall,
  type MathFunction,
  readArray,
  readScalar,
  readText,
  readWord,
} from '../function.ts';
import { MathError } from '../math-error.ts';
import type { Series } from '../series.ts';
import { oneSeries, scalar, seriesArray } from '../value.ts';
import { maximum, mean, minimum, sum } from './aggregates.ts';

const SORT_KEYS = { AVG: mean, MIN: minimum, MAX: maximum, SUM: sum };
const SORT_FUNCTIONS = ['AVG', 'MIN', 'MAX', 'SUM'] as const;

/** Functions that choose among the series of an array. */
export const ARRAYS: Readonly<Record<string, MathFunction>> = {
  FIRST: (call) => pick(call, 0),
  LAST: (call) => pick(call, -1),
  SLICE: slice,
  SORT: sort,
  REMOVE_EMPTY: removeEmpty,
  METRIC_COUNT: (call) => {
    assertArgumentCount(call, 1);
    return scalar(readArray(call, 0).length);
  },
  METRICS: metrics,
};

function pick(call: FunctionCall, index: number): ReturnType<MathFunction> {
  assertArgumentCount(call, 1);
  const series = readArray(call, 0).at(index);
  if (series === undefined) throw new MathError(`Function '${call.name}' was given an empty array of time series`);
  return oneSeries(series);
}

function slice(call: FunctionCall): ReturnType<MathFunction> {
  assertArgumentCount(call, 2, 3);
  const start = readIndex(call, 1);
  const end = call.args.length === 3 ? readIndex(call, 2) : undefined;
  return seriesArray(readArray(call, 0).slice(start, end));
}

function sort(call: FunctionCall): ReturnType<MathFunction> {
  assertArgumentCount(call, 3, 4);
  const keyOf = SORT_KEYS[readWord(call, 1, SORT_FUNCTIONS)];
  const direction = readWord(call, 2, ['ASC', 'DESC']) === 'ASC' ? 1 : -1;
  const limit = call.args.length === 4 ? readIndex(call, 3) : undefined;
  const keyed = readArray(call, 0).map((series) => ({ series, key: keyOf(series.values) }));
  // A series without points has no key and stands last, whatever the direction.
  const filled = keyed.filter(({ series }) => series.values.length > 0);
  const empty = keyed.filter(({ series }) => series.values.length === 0);
  filled.sort((a, b) => direction * (a.key - b.key));
  return seriesArray([...filled, ...empty].slice(0, limit).map(({ series }) => series));
}

function removeEmpty(call: FunctionCall): ReturnType<MathFunction> {
  assertArgumentCount(call, 1);
  return seriesArray(readArray(call, 0).filter((series) => series.values.length > 0));
}

/** METRICS() gives all metrics of the request, METRICS("text") those whose Id contains the text. */
function metrics(call: FunctionCall): ReturnType<MathFunction> {
  assertArgumentCount(call, 0, 1);
  const part = call.args.length === 0 ? '' : readText(call, 0);
  const matching: Series[] = [];
  for (const { id, series } of call.scope.listMetrics()) {
    if (id.includes(part)) matching.push(series);
  }
  return seriesArray(matching);
}

function readIndex(call: FunctionCall, index: number): number {
  const value = readScalar(call, index);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new MathError(`Argument ${index + 1} of function '${call.name}' must be a whole number of at least 0`);
}
