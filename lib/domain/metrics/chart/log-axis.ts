/** An axis of powers of ten that goes through zero: even near it, and never undefined for zeros and negatives. Pure. */
import type { ValueRange } from './value-axis.ts';
import { listIncrements, splitAxis } from './value-axis.ts';

/** Below this share of the largest value everything is told as near zero. */
const MIN_SHARE = 1e-9;
const PADDING_SHARE = 0.06;
const MAX_TICKS = 9;
/** A range of less than this factor has no powers to label. */
const MIN_FACTOR = 5;
const WANTED_STEPS = 5;

/** The smallest value of all that is not zero: the axis is even from zero up to there. 1 where there is none. */
export function linearReach(lists: readonly (readonly (number | null)[])[]): number {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const value of lists.flat()) {
    const size = Math.abs(value ?? 0);
    if (size === 0) continue;
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  return most === 0 ? 1 : Math.max(least, most * MIN_SHARE);
}

/** @param reach of {@link linearReach}; `low` below `high` */
export function chooseLogRange({ min, max }: ValueRange, reach: number): ValueRange {
  const [from, to] = [Math.asinh(min / reach), Math.asinh(max / reach)];
  const padding = Math.max(to - from, 1) * PADDING_SHARE;
  const value = (place: number): number => Math.sinh(place) * reach;
  return {
    min: min === 0 ? 0 : value(min > 0 ? Math.max(0, from - padding) : from - padding),
    max: max === 0 ? 0 : value(to + padding),
  };
}

/** Zero and powers of ten, with 2 and 5 between them where there are few, fewer where there are many. */
export function splitLogAxis({ min, max }: ValueRange, reach: number, unit: string): number[] {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const smallest = min > 0 ? min : max < 0 ? -max : reach;
  if (largest < smallest * MIN_FACTOR) {
    const [increment = 1] = listIncrements({ min, max }, (max - min) / WANTED_STEPS, unit);
    return splitAxis({ min, max }, increment);
  }
  const [first, last] = [Math.floor(Math.log10(smallest)), Math.floor(Math.log10(largest))];
  const decades = last - first + 1;
  const parts = decades * (min < 0 && max > 0 ? 2 : 1) <= MAX_TICKS / 3 ? [1, 2, 5] : [1];
  const step = Math.ceil((decades * (min < 0 && max > 0 ? 2 : 1)) / MAX_TICKS);
  const sizes: number[] = [];
  for (let power = last; power >= first; power -= step)
    for (const part of parts) sizes.push(Number(`${part}e${power}`));
  return [...sizes.map((size) => -size), 0, ...sizes]
    .filter((value) => value >= min && value <= max && (value === 0 || Math.abs(value) >= smallest))
    .sort((a, b) => a - b);
}
