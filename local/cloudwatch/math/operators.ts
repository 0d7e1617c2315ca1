import type { BinaryOperator } from './ast.ts';
import { MathError } from './math-error.ts';
import { makeSeries, mapSeries, type Series } from './series.ts';
import { assertSamePeriod, nameKind, oneSeries, scalar, seriesArray, type Value } from './value.ts';

const COMPUTE: Readonly<Record<BinaryOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

const ARITHMETIC: ReadonlySet<BinaryOperator> = new Set(['+', '-', '*', '/', '^']);

/**
 * Applies an operator. Between two time series a point that only one of them has counts as 0 in the other, and a
 * division by zero drops the point (CloudWatch User Guide, "Basic arithmetic functions", "Comparison and logical
 * operators"). Arrays combine with scalars and single series in arithmetic only.
 */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  const compute = COMPUTE[operator];
  if (left.kind === 'scalar' && right.kind === 'scalar') return scalar(compute(left.value, right.value));
  if (left.kind === 'series' && isOperand(right)) return oneSeries(combine(compute, left.series, right));
  if (left.kind === 'scalar' && right.kind === 'series') {
    return oneSeries(mapSeries(right.series, (value) => compute(left.value, value)));
  }
  if (ARITHMETIC.has(operator)) {
    if (left.kind === 'array' && isOperand(right)) {
      return seriesArray(left.series.map((series) => combine(compute, series, right)));
    }
    if (right.kind === 'array' && isOperand(left)) {
      const swapped = (a: number, b: number): number => compute(b, a);
      return seriesArray(right.series.map((series) => combine(swapped, series, left)));
    }
  }
  throw new MathError(`Unsupported operand type(s) for ${operator}: '${nameKind(left)}' and '${nameKind(right)}'`);
}

/** Unary minus of a number, a series or an array. */
export function negate(operand: Value): Value {
  if (operand.kind === 'scalar') return scalar(-operand.value);
  if (operand.kind === 'series') return oneSeries(mapSeries(operand.series, (value) => -value));
  if (operand.kind === 'array') {
    return seriesArray(operand.series.map((series) => mapSeries(series, (value) => -value)));
  }
  throw new MathError(`Unsupported operand type for unary -: '${nameKind(operand)}'`);
}

type Operand = Extract<Value, { kind: 'scalar' | 'series' }>;

function isOperand(value: Value): value is Operand {
  return value.kind === 'scalar' || value.kind === 'series';
}

function combine(compute: (left: number, right: number) => number, left: Series, right: Operand): Series {
  if (right.kind === 'scalar') return mapSeries(left, (value) => compute(value, right.value));
  assertSamePeriod([left, right.series]);
  return makeSeries(left.label, left.periodSeconds, combinePoints(compute, left, right.series), [left, right.series]);
}

/** Walks over both at once, since both ascend. */
function* combinePoints(
  compute: (left: number, right: number) => number,
  { timestampsEpochMs: leftTimes, values: leftValues }: Series,
  { timestampsEpochMs: rightTimes, values: rightValues }: Series,
): Generator<readonly [number, number]> {
  let [left, right] = [0, 0];
  while (left < leftTimes.length || right < rightTimes.length) {
    const leftTime = leftTimes[left] ?? Number.POSITIVE_INFINITY;
    const rightTime = rightTimes[right] ?? Number.POSITIVE_INFINITY;
    const time = Math.min(leftTime, rightTime);
    const value = compute(
      leftTime === time ? (leftValues[left] ?? 0) : 0,
      rightTime === time ? (rightValues[right] ?? 0) : 0,
    );
    if (leftTime === time) left += 1;
    if (rightTime === time) right += 1;
    yield [time, value];
  }
}
