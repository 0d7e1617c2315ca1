/** Where a series left its old range for good, in words: what a median and a newest value leave to the reader to see. Pure. */
import type { Writers } from './describe-newest.ts';
import type { Point } from './series-summary.ts';

/** Fewer values before are no range, and fewer since may be chance. */
const MIN_BEFORE = 10;
const MIN_SINCE = 3;
/** Between the nearest values of both sides; a trend or a season leaves no such gap within some points. */
const MIN_FACTOR = 2;

export interface Break {
  /** The first point of the new range. */
  readonly sinceEpochMs: number;
  readonly isAbove: boolean;
  /** The nearest value of the old range: its maximum where the new one is above. */
  readonly before: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The earliest point from which every value is at least twice all before it, or at most half of them; undefined where
 * there is none, and for series with negative values. A fact about the points: no season is taken into account.
 * @param points final ones in order of time; linear in their number
 */
export function findBreak(points: readonly Point[]): Break | undefined {
  const since = points.map(({ value }) => ({ lowest: value, highest: value }));
  for (const [back, { value }] of points.toReversed().entries()) {
    const next = since[points.length - back];
    if (next === undefined) continue;
    since[points.length - 1 - back] = {
      lowest: Math.min(value, next.lowest),
      highest: Math.max(value, next.highest),
    };
  }
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [index, { epochMs, value }] of points.entries()) {
    const range = since[index];
    if (range === undefined || index > points.length - MIN_SINCE || Math.min(least, value) < 0) return undefined;
    const isAbove = range.lowest > 0 && range.lowest >= most * MIN_FACTOR;
    const isBelow = least > 0 && range.highest * MIN_FACTOR <= least;
    if (index >= MIN_BEFORE && (isAbove || isBelow))
      return { sinceEpochMs: epochMs, isAbove, before: isAbove ? most : least, ...range };
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return undefined;
}

/** `has been above all before since 01:05Z: 36 to 189, before at most 6` */
export function describeBreak(points: readonly Point[], { value, time }: Required<Writers>): string | undefined {
  const found = findBreak(points);
  if (found === undefined) return undefined;
  const { sinceEpochMs, isAbove, before, lowest, highest } = found;
  const range = lowest === highest ? value(lowest) : `${value(lowest)} to ${value(highest)}`;
  return `has been ${isAbove ? 'above' : 'below'} all before since ${time(sinceEpochMs)}: ${range}, before at ${isAbove ? 'most' : 'least'} ${value(before)}`;
}
