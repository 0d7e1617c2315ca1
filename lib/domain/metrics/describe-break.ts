/** Where a series left its old range for good, in words: what a median and a newest value leave to the reader to see. Pure. */
import type { Writers } from './describe-newest.ts';
import type { Point } from './series-summary.ts';

/** Fewer values before are no range, and fewer since may be chance. */
const MIN_BEFORE = 10;
const MIN_SINCE = 3;
/** Between the nearest values of both sides; a trend or a season leaves no such gap within some points. */
const MIN_FACTOR = 2;

/** Of the points: so many may lie on the way from one range to the other, ... */
const MAX_WAY_SHARE = 0.1;
/** ... but never more than these. A season or a trend takes longer. */
const MAX_WAY = 12;

export interface Break {
  /** The first point of the new range. */
  readonly sinceEpochMs: number;
  /** The first point on the way there; absent where the new range began at once. */
  readonly fromEpochMs?: number;
  readonly isAbove: boolean;
  /** The nearest value of the old range: its maximum where the new one is above. */
  readonly before: number;
  readonly lowest: number;
  readonly highest: number;
}

interface Range {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The earliest point from which every value is at least twice all before it, or at most half of them; where there is
 * none, the same with some points on the way, as few as possible. Undefined otherwise, and for series with negative
 * values. A fact about the points: no season is taken into account.
 * @param points final ones in order of time; linear in their number
 */
export function findBreak(points: readonly Point[]): Break | undefined {
  if (points.some(({ value }) => value < 0)) return undefined;
  const before = runningRanges(points);
  const since = runningRanges(points.toReversed()).toReversed();
  const maxWay = Math.min(MAX_WAY, Math.floor(points.length * MAX_WAY_SHARE));
  for (let way = 0; way <= maxWay; way += 1) {
    for (let to = MIN_BEFORE + way; to <= points.length - MIN_SINCE; to += 1) {
      const [old, range, point, start] = [before[to - way - 1], since[to], points[to], points[to - way]];
      if (old === undefined || range === undefined || point === undefined || start === undefined) continue;
      const isAbove = range.lowest > 0 && range.lowest >= old.highest * MIN_FACTOR;
      const isBelow = old.lowest > 0 && range.highest * MIN_FACTOR <= old.lowest;
      if (!isAbove && !isBelow) continue;
      return {
        sinceEpochMs: point.epochMs,
        ...(way > 0 && { fromEpochMs: start.epochMs }),
        isAbove,
        before: isAbove ? old.highest : old.lowest,
        ...range,
      };
    }
  }
  return undefined;
}

/** The range of the points up to each. */
function runningRanges(points: readonly Point[]): Range[] {
  let range: Range = { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY };
  return points.map(({ value }) => {
    range = { lowest: Math.min(range.lowest, value), highest: Math.max(range.highest, value) };
    return range;
  });
}

/**
 * `has been above all before since 01:05Z: 36 to 189, before at most 6`, or with points on the way
 * `has been at 109 to 120 since 11:28Z, rising there from 11:22Z; before at most 40`
 */
export function describeBreak(points: readonly Point[], { value, time }: Required<Writers>): string | undefined {
  const found = findBreak(points);
  if (found === undefined) return undefined;
  const { sinceEpochMs, fromEpochMs, isAbove, before, lowest, highest } = found;
  const range = lowest === highest ? value(lowest) : `${value(lowest)} to ${value(highest)}`;
  const old = `before at ${isAbove ? 'most' : 'least'} ${value(before)}`;
  return fromEpochMs === undefined
    ? `has been ${isAbove ? 'above' : 'below'} all before since ${time(sinceEpochMs)}: ${range}, ${old}`
    : `has been at ${range} since ${time(sinceEpochMs)}, ${isAbove ? 'rising' : 'falling'} there from ${time(fromEpochMs)}; ${old}`;
}
