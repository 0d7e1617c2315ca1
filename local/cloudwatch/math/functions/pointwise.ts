import { liftToArray, type MathFunction } from '../function.ts';
import { mapSeries } from '../series.ts';

function eachValue(compute: (value: number) => number): MathFunction {
  return liftToArray((series) => mapSeries(series, compute));
}

/** Functions of one point at a time; a logarithm that does not exist drops its point. */
export const POINTWISE: Readonly<Record<string, MathFunction>> = {
  ABS: eachValue(Math.abs),
  CEIL: eachValue(Math.ceil),
  FLOOR: eachValue(Math.floor),
  LOG: eachValue(Math.log),
  LOG10: eachValue(Math.log10),
};
