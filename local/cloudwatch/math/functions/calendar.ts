import { assertArgumentCount, type MathFunction, readScalar, readSeries } from '../function.ts';
import { MathError } from '../math-error.ts';
import { listPeriodStarts, makeSeries } from '../series.ts';
import { oneSeries, scalar } from '../value.ts';

/** Functions of time alone, in UTC. They give a point for every period of the range, data or not. */
export const CALENDAR: Readonly<Record<string, MathFunction>> = {
  MINUTE: eachTimestamp((date) => date.getUTCMinutes()),
  HOUR: eachTimestamp((date) => date.getUTCHours()),
  // 1 is Monday and 7 is Sunday.
  DAY: eachTimestamp((date) => date.getUTCDay() || 7),
  DATE: eachTimestamp((date) => date.getUTCDate()),
  MONTH: eachTimestamp((date) => date.getUTCMonth() + 1),
  YEAR: eachTimestamp((date) => date.getUTCFullYear()),
  EPOCH: eachTimestamp((date) => Math.floor(date.getTime() / 1000)),
  TIME_SERIES: (call) => {
    assertArgumentCount(call, 1);
    const value = readScalar(call, 0);
    const { range, periodSeconds } = call.scope;
    const points = listPeriodStarts(range, periodSeconds).map((timestamp) => [timestamp, value] as const);
    return oneSeries(makeSeries('', periodSeconds, points));
  },
  PERIOD: (call) => {
    assertArgumentCount(call, 1);
    const source = call.sources[0];
    if (source?.kind !== 'reference' || !call.scope.isMetric(source.id)) {
      throw new MathError("Function 'PERIOD' takes the id of a metric, not the result of an expression");
    }
    return scalar(readSeries(call, 0).periodSeconds);
  },
};

function eachTimestamp(compute: (date: Date) => number): MathFunction {
  return (call) => {
    assertArgumentCount(call, 1);
    const { label, periodSeconds } = readSeries(call, 0);
    const points = listPeriodStarts(call.scope.range, periodSeconds).map(
      (timestamp) => [timestamp, compute(new Date(timestamp))] as const,
    );
    return oneSeries(makeSeries(label, periodSeconds, points));
  };
}
