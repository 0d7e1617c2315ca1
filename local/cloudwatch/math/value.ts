import { MathError } from './math-error.ts';
import type { Series } from './series.ts';

/** What an expression can be while it is evaluated. Texts and words only ever are arguments: METRICS("x"), FILL(m1, REPEAT). */
export type Value =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'series'; readonly series: Series }
  | { readonly kind: 'array'; readonly series: readonly Series[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'word'; readonly word: string };

const KIND_NAMES = { scalar: 'Scalar', series: 'TimeSeries', array: 'TimeSeries[]', text: 'String', word: 'Keyword' };

export function scalar(value: number): Value {
  return { kind: 'scalar', value };
}

export function oneSeries(series: Series): Value {
  return { kind: 'series', series };
}

export function seriesArray(series: readonly Series[]): Value {
  return { kind: 'array', series };
}

/** The type's name as error messages give it. */
export function nameKind(value: Value): string {
  return KIND_NAMES[value.kind];
}

/** Throws unless all series have one period: points of different periods cannot be combined without inventing values. */
export function assertSamePeriod(all: readonly Series[]): void {
  const periods = [...new Set(all.map((series) => series.periodSeconds))];
  if (periods.length > 1) {
    throw new MathError(`All time series must have the same period, but they have ${periods.join(' and ')} seconds`);
  }
}
