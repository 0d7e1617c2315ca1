/** Whether what makes a series adds up or multiplies: values or their logarithms, by likelihood (Box and Cox 1964). Pure. */
import type { Fit } from './fit-series.ts';
import { type Grid, withValues } from './grid.ts';
import { quantileOf } from './robust.ts';

/** With more zeros than this a series has no logarithm worth the name. */
const MAX_ZERO_SHARE = 0.02;
/** Single wild values must not choose. */
const TRIMMED_SHARE = 0.99;
/** Of ln n: each level shift that the one needs and the other does not. */
const SHIFT_PENALTY = 4;

export interface LogScale {
  readonly grid: Grid;
  /** Sum of the logarithms: what the change of scale itself brings. */
  readonly logSum: number;
  readonly offset: number;
}

/** Undefined for series with negative values or many zeros. Single zeros count as half of the smallest value. */
export function toLogScale(grid: Grid): LogScale | undefined {
  const { values } = grid;
  let zeros = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const value of values) {
    if (value < 0) return undefined;
    if (value === 0) zeros += 1;
    else smallest = Math.min(smallest, value);
  }
  if (zeros > values.length * MAX_ZERO_SHARE) return undefined;
  const offset = zeros === 0 ? 0 : smallest / 2;
  const logs = values.map((value) => Math.log(value + offset));
  let logSum = 0;
  for (const log of logs) logSum += log;
  return { grid: withValues(grid, logs), logSum, offset };
}

/** Whether the logarithms are fitted better, with all that the fit needs for it. */
export function isMultiplicative(plain: Fit, log: Fit, { logSum }: LogScale): boolean {
  const count = plain.residual.length;
  const cost = (fit: Fit): number =>
    count * Math.log(trimmedVariance(fit.residual) + Number.MIN_VALUE) +
    SHIFT_PENALTY * Math.log(count) * fit.segmentation.starts.length;
  return cost(log) + 2 * logSum < cost(plain);
}

function trimmedVariance(residual: Float64Array): number {
  const squares = residual.map((value) => value * value).sort();
  const limit = quantileOf(squares, TRIMMED_SHARE);
  let sum = 0;
  let count = 0;
  for (const square of squares) {
    if (square > limit) break;
    sum += square;
    count += 1;
  }
  return sum / Math.max(1, count);
}
