import {
  assertArgumentCount,
  type FunctionCall,
  type MathFunction,
  readWord,
  unsupportedArgument,
} from '../function.ts';
import { indexByTimestamp, listPeriodStarts, listPoints, makeSeries, type Series, type TimeRange } from '../series.ts';
import { assertSamePeriod, oneSeries, seriesArray } from '../value.ts';

/** Value for the gap between two points; undefined leaves it empty. */
type Filler = (timestampEpochMs: number, before: Point | undefined, after: Point | undefined) => number | undefined;
type Point = readonly [timestampEpochMs: number, value: number];

/**
 * FILL(m1, 0), FILL(m1, m2), FILL(m1, REPEAT), FILL(m1, LINEAR) and the same over an array. REPEAT starts with the
 * first point and LINEAR fills only between two points: there is nothing to repeat or to draw a line to outside.
 */
export const fill: MathFunction = (call) => {
  assertArgumentCount(call, 2);
  const argument = call.args[0];
  const apply = chooseFill(call);
  if (argument?.kind === 'series') return oneSeries(apply(argument.series));
  if (argument?.kind === 'array') return seriesArray(argument.series.map(apply));
  throw unsupportedArgument(call, 0);
};

function chooseFill(call: FunctionCall): (series: Series) => Series {
  const argument = call.args[1];
  const { range } = call.scope;
  if (argument?.kind === 'scalar') return (series) => fillGaps(series, range, () => argument.value);
  if (argument?.kind === 'series') {
    const fillerValues = indexByTimestamp(argument.series);
    return (series) => {
      assertSamePeriod([series, argument.series]);
      return fillGaps(series, range, (timestamp) => fillerValues.get(timestamp));
    };
  }
  if (argument?.kind !== 'word') throw unsupportedArgument(call, 1);
  const filler = readWord(call, 1, ['REPEAT', 'LINEAR']) === 'REPEAT' ? repeatBefore : interpolate;
  return (series) => fillGaps(series, range, filler);
}

function fillGaps(series: Series, range: TimeRange, filler: Filler): Series {
  const known = listPoints(series);
  let next = 0;
  const points = listPeriodStarts(range, series.periodSeconds).map((timestamp) => {
    while ((known[next]?.[0] ?? Number.POSITIVE_INFINITY) < timestamp) next += 1;
    const after = known[next];
    const value = after?.[0] === timestamp ? after[1] : filler(timestamp, known[next - 1], after);
    return [timestamp, value] as const;
  });
  return makeSeries(series.label, series.periodSeconds, points, [series]);
}

const repeatBefore: Filler = (_timestamp, before) => before?.[1];

const interpolate: Filler = (timestamp, before, after) => {
  if (before === undefined || after === undefined) return undefined;
  const share = (timestamp - before[0]) / (after[0] - before[0]);
  return before[1] + share * (after[1] - before[1]);
};
