import { compareForSort } from './sort-order.ts';
import { toNumber, toText, type Value } from './value.ts';

/** What one aggregate of one group has seen so far. */
export interface Accumulator {
  /** `value` is missing where the record has no such field; `time` is the record's instant. */
  add(value: Value | undefined, time: number): void;
  result(): Value | undefined;
}

type MakeAccumulator = (parameter: number) => Accumulator;

function folding(fold: (best: Value, next: Value) => boolean): Accumulator {
  let best: Value | undefined;
  return {
    add: (value) => {
      if (value !== undefined && (best === undefined || fold(best, value))) {
        best = value;
      }
    },
    result: () => best,
  };
}

function byTime(isBetter: (bestTime: number, time: number) => boolean): Accumulator {
  let best: Value | undefined;
  let bestTime = 0;
  return {
    add: (value, time) => {
      if (value !== undefined && (best === undefined || isBetter(bestTime, time))) {
        best = value;
        bestTime = time;
      }
    },
    result: () => best,
  };
}

function overNumbers(summarize: (values: number[]) => number | undefined): Accumulator {
  const values: number[] = [];
  return {
    add: (value) => {
      const number = toNumber(value);
      if (number !== undefined) {
        values.push(number);
      }
    },
    result: () => summarize(values),
  };
}

function counting(): Accumulator {
  let count = 0;
  return {
    add: (value) => {
      count += value === undefined ? 0 : 1;
    },
    result: () => count,
  };
}

function countingDistinct(): Accumulator {
  const seen = new Set<string>();
  return {
    add: (value) => {
      if (value !== undefined) {
        seen.add(toText(value));
      }
    },
    result: () => seen.size,
  };
}

function summing(finish: (sum: number, count: number) => number | undefined): Accumulator {
  let sum = 0;
  let count = 0;
  return {
    add: (value) => {
      const number = toNumber(value);
      if (number !== undefined) {
        sum += number;
        count += 1;
      }
    },
    result: () => finish(sum, count),
  };
}

/** Percentile with linear interpolation between the closest ranks. */
function percentile(values: number[], rank: number): number | undefined {
  if (values.length === 0) {
    return undefined;
  }
  values.sort((a, b) => a - b);
  const position = (rank / 100) * (values.length - 1);
  const below = values[Math.floor(position)] ?? 0;
  const above = values[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/** Standard deviation of the population. */
function standardDeviation(values: readonly number[]): number | undefined {
  if (values.length === 0) {
    return undefined;
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

const AGGREGATES: Readonly<Record<string, MakeAccumulator>> = {
  count: counting,
  count_distinct: countingDistinct,
  sum: () => summing((sum, count) => (count === 0 ? undefined : sum)),
  avg: () => summing((sum, count) => (count === 0 ? undefined : sum / count)),
  min: () => folding((best, next) => compareForSort(next, best) < 0),
  max: () => folding((best, next) => compareForSort(next, best) > 0),
  pct: (rank) => overNumbers((values) => percentile(values, rank)),
  median: () => overNumbers((values) => percentile(values, 50)),
  stddev: () => overNumbers(standardDeviation),
  earliest: () => byTime((bestTime, time) => time < bestTime),
  latest: () => byTime((bestTime, time) => time > bestTime),
  sortsfirst: () => folding((best, next) => compareForSort(next, best) < 0),
  sortslast: () => folding((best, next) => compareForSort(next, best) > 0),
};

export function isAggregate(name: string): boolean {
  return Object.hasOwn(AGGREGATES, name);
}

/** Begins an aggregate; the parameter is the percentile of `pct`. */
export function createAccumulator(name: string, parameter: number): Accumulator {
  return (AGGREGATES[name] ?? counting)(parameter);
}
