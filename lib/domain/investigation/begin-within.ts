/** Where inside its first unusual datapoint a change began: a datapoint of five minutes is stamped up to five minutes early. Pure. */
import { isAdditive } from '../metrics/statistic.ts';
import type { Shift } from './find-shift.ts';

/** Datapoints around the first unusual one that tell of its beginning. */
const AROUND: readonly number[] = [-1, 0, 1, 2];
/** In periods: where it may have begun, how long it may have taken, and how finely both are tried. */
const EARLIEST = -1;
const LATEST = 2;
const LONGEST = 3;
const STEP = 0.05;
/** By how much of the way a datapoint may be off by chance. */
const SCATTER = 0.05;
/** What is said where nothing tells it. */
const MIDDLE = 0.5;

/**
 * A datapoint that lies half way was unusual for half of its time. Every course from the level before to the level since is weighed
 * by how well it fits the datapoints, the quick ones more since they are commoner; their mean is the answer.
 * @param statistic only sums and means lie half way: a maximum is unusual as soon as one second was
 * @returns in periods after the first unusual datapoint's timestamp, -1 to 2
 */
export function beginWithin(
  { index, before, after, direction }: Pick<Shift, 'index' | 'before' | 'after' | 'direction'>,
  values: Float64Array,
  statistic: string,
): number {
  if (!isAdditive(statistic) && statistic !== 'Average') return MIDDLE;
  if (before === after) return 0;
  // A period without a datapoint is one in which nothing was left.
  const missing = direction === 'stopped' ? 1 : Number.NaN;
  const seen = AROUND.map((offset) => {
    const value = values[index + offset] ?? Number.NaN;
    return Number.isNaN(value) ? missing : (value - before) / (after - before);
  });
  let [weights, sum] = [0, 0];
  for (let begin = EARLIEST; begin <= LATEST; begin += STEP)
    for (let length = 0; length <= LONGEST; length += LONGEST * STEP) {
      const misfit = AROUND.reduce((squares, offset, at) => {
        const value = seen[at] ?? Number.NaN;
        const expected = wayUntil(offset + 1 - begin, length) - wayUntil(offset - begin, length);
        return Number.isNaN(value) ? squares : squares + (Math.min(1, value) - expected) ** 2;
      }, 0);
      const weight = Math.exp(-misfit / (2 * SCATTER ** 2) - length);
      weights += weight;
      sum += weight * begin;
    }
  return weights > 0 ? sum / weights : 0;
}

/** How much of a course that takes `length` to its level is behind it at a time since its beginning: its integral. */
function wayUntil(since: number, length: number): number {
  if (since <= 0) return 0;
  return since < length ? since ** 2 / (2 * length) : since - length / 2;
}
