import type { MetricStore } from '../../data/metric-store.ts';
import type { Expression } from './ast.ts';
import { MathError } from './math-error.ts';
import type { Series, TimeRange } from './series.ts';
import { nameKind, oneSeries, seriesArray, type Value } from './value.ts';

/** What a function may know besides its arguments. */
export interface EvaluationScope {
  readonly range: TimeRange;
  readonly store: MetricStore;
  /** Seconds; of the series that an expression makes out of nothing: TIME_SERIES(5), a SEARCH without a period. */
  readonly periodSeconds: number;
  /** An argument as it is over another range than the one asked for. */
  interpretOver(range: TimeRange, source: Expression): Value;
  /** The value of another query of the request; throws MathError for an unknown Id. */
  resolve(id: string): Value;
  /** The request's metrics (no expressions), in the order of the request. */
  listMetrics(): readonly { readonly id: string; readonly series: Series }[];
  /** Whether an Id names a metric rather than an expression. */
  isMetric(id: string): boolean;
}

export interface FunctionCall {
  readonly name: string;
  readonly args: readonly Value[];
  /** The arguments as written. */
  readonly sources: readonly Expression[];
  readonly scope: EvaluationScope;
}

export type MathFunction = (call: FunctionCall) => Value;

/** Throws unless the number of arguments lies within the bounds. */
export function assertArgumentCount(call: FunctionCall, least: number, most = least): void {
  const { length } = call.args;
  if (length >= least && length <= most) return;
  const expected = least === most ? `${least}` : `${least} to ${most}`;
  throw new MathError(`Function '${call.name}' expects ${expected} argument(s) but was given ${length}`);
}

/** The error for an argument of a type that the function does not take. */
export function unsupportedArgument(call: FunctionCall, index: number): MathError {
  const argument = call.args[index];
  const kind = argument === undefined ? 'nothing' : `'${nameKind(argument)}'`;
  return new MathError(`Unsupported argument ${index + 1} for function '${call.name}': ${kind}`);
}

export function readSeries(call: FunctionCall, index: number): Series {
  const argument = call.args[index];
  if (argument?.kind !== 'series') throw unsupportedArgument(call, index);
  return argument.series;
}

export function readArray(call: FunctionCall, index: number): readonly Series[] {
  const argument = call.args[index];
  if (argument?.kind !== 'array') throw unsupportedArgument(call, index);
  return argument.series;
}

export function readScalar(call: FunctionCall, index: number): number {
  const argument = call.args[index];
  if (argument?.kind !== 'scalar') throw unsupportedArgument(call, index);
  return argument.value;
}

export function readText(call: FunctionCall, index: number): string {
  const argument = call.args[index];
  if (argument?.kind !== 'text') throw unsupportedArgument(call, index);
  return argument.text;
}

/** A keyword argument out of a given list. */
export function readWord<Word extends string>(call: FunctionCall, index: number, words: readonly Word[]): Word {
  const argument = call.args[index];
  const word = argument?.kind === 'word' ? words.find((candidate) => candidate === argument.word) : undefined;
  if (word === undefined) {
    throw new MathError(`Argument ${index + 1} of function '${call.name}' must be one of ${words.join(', ')}`);
  }
  return word;
}

/** Makes a function that turns one series into one series and an array into an array. */
export function liftToArray(transform: (series: Series, call: FunctionCall) => Series): MathFunction {
  return (call) => {
    assertArgumentCount(call, 1);
    const argument = call.args[0];
    if (argument?.kind === 'array') return seriesArray(argument.series.map((series) => transform(series, call)));
    return oneSeries(transform(readSeries(call, 0), call));
  };
}
