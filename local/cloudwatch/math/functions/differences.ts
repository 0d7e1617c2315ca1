import { liftToArray, type MathFunction } from '../function.ts';
import { listPoints, makeSeries, type Series } from '../series.ts';

/** Functions of a point and the one before it. The first point has none before it and is dropped, save in a running sum. */
export const DIFFERENCES: Readonly<Record<string, MathFunction>> = {
  DIFF: liftToArray((series) => mapPairs(series, (valueChange) => valueChange)),
  DIFF_TIME: liftToArray((series) => mapPairs(series, (_valueChange, elapsedSeconds) => elapsedSeconds)),
  RATE: liftToArray((series) => mapPairs(series, (valueChange, elapsedSeconds) => valueChange / elapsedSeconds)),
  RUNNING_SUM: liftToArray(accumulate),
};

function mapPairs(series: Series, compute: (valueChange: number, elapsedSeconds: number) => number): Series {
  const points = listPoints(series);
  const pairs = points.slice(1).map(([timestamp, value], index) => {
    const [timestampBefore, valueBefore] = points[index] ?? [timestamp, value];
    return [timestamp, compute(value - valueBefore, (timestamp - timestampBefore) / 1000)] as const;
  });
  return makeSeries(series.label, series.periodSeconds, pairs, [series]);
}

function accumulate(series: Series): Series {
  let total = 0;
  const points = listPoints(series).map(([timestamp, value]) => {
    total += value;
    return [timestamp, total] as const;
  });
  return makeSeries(series.label, series.periodSeconds, points, [series]);
}
