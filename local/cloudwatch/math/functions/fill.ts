import { indexByTimestamp, listPeriodStarts, listPoints, makeSeries, type Series, type TimeRange } from '../series.ts';
import { assertSamePeriod, oneSeries, seriesArray } from '../value.ts';
import {
  assertArgumentCount,
  type FunctionCall,
  type MathFunction,
  readWord,
  unsupportedArgument,
} from './function.ts';

/** Value for a period without one; undefined leaves the gap. */
type Filler = (timestampEpochMs: number, series: Series) => number | undefined;

/**
 * FILL(m1, 0), FILL(m1, m2), FILL(m1, REPEAT), FILL(m1, LINEAR) and the same over an array. REPEAT starts with the
 * first point and LINEAR fills only between two points: there is nothing to repeat or to draw a line to outside.
 */
export const fill: MathFunction = (call) => {
  assertArgumentCount(call, 2);
  const argument = call.args[0];
  const filler = chooseFiller(call);
  const apply = (series: Series): Series => fillGaps(series, call.scope.range, filler);
  if (argument?.kind === 'series') return oneSeries(apply(argument.series));
  if (argument?.kind === 'array') return seriesArray(argument.series.map(apply));
  throw unsupportedArgument(call, 0);
};

function chooseFiller(call: FunctionCall): Filler {
  const argument = call.args[1];
  if (argument?.kind === 'scalar') return () => argument.value;
  if (argument?.kind === 'series') {
    const fillerValues = indexByTimestamp(argument.series);
    return (timestamp, series) => {
      assertSamePeriod([series, argument.series]);
      return fillerValues.get(timestamp);
    };
  }
  if (argument?.kind !== 'word') throw unsupportedArgument(call, 1);
  return readWord(call, 1, ['REPEAT', 'LINEAR']) === 'REPEAT' ? repeatBefore : interpolate;
}

function fillGaps(series: Series, range: TimeRange, filler: Filler): Series {
  const known = indexByTimestamp(series);
  const points = listPeriodStarts(range, series.periodSeconds).map(
    (timestamp) => [timestamp, known.get(timestamp) ?? filler(timestamp, series) ?? Number.NaN] as const,
  );
  return makeSeries(series.label, series.periodSeconds, points);
}

function repeatBefore(timestampEpochMs: number, series: Series): number | undefined {
  const after = findFirstAfter(timestampEpochMs, series);
  return after === 0 ? undefined : series.values[after - 1];
}

function interpolate(timestampEpochMs: number, series: Series): number | undefined {
  const points = listPoints(series);
  const after = findFirstAfter(timestampEpochMs, series);
  const right = points[after];
  const left = after === 0 ? undefined : points[after - 1];
  if (left === undefined || right === undefined) return undefined;
  const share = (timestampEpochMs - left[0]) / (right[0] - left[0]);
  return left[1] + share * (right[1] - left[1]);
}

/** Index of the first point later than the timestamp; the number of points if there is none. */
function findFirstAfter(timestampEpochMs: number, series: Series): number {
  const index = series.timestampsEpochMs.findIndex((timestamp) => timestamp > timestampEpochMs);
  return index === -1 ? series.timestampsEpochMs.length : index;
}
