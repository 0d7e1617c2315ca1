/** The newest value of a series in words; a value that is not final never stands alone. Pure. */
import { formatNumber } from './metric-value.ts';
import type { OpenPoint, PointState, SettledSeries } from './period-state.ts';
import type { Point } from './series-summary.ts';

/** Nearer to the old maximum, it is the maximum and nothing more. */
const MIN_FACTOR = 1.2;
const STATE_WORDS: Readonly<Record<PointState, string>> = {
  running: 'still running',
  settling: 'not final yet',
  cut: 'cut by the range',
};

export interface Writers {
  readonly value: (value: number) => string;
  /** Left out where there is no room for times. */
  readonly time?: (epochMs: number) => string;
}

/** `last 434 at 19:55Z (then 345 at 20:00Z, still running)` */
export function describeNewest({ summary, open, isProvisional }: SettledSeries, { value, time }: Writers): string {
  if (summary === undefined) return 'no datapoints';
  const write = (point: Point): string =>
    `${value(point.value)}${time === undefined ? '' : ` at ${time(point.epochMs)}`}`;
  const newest = open.at(-1);
  if (isProvisional && newest !== undefined)
    return `so far ${write(newest)} (${STATE_WORDS[newest.state]}, no datapoint is final)`;
  const isAfter = newest !== undefined && newest.epochMs > summary.last.epochMs;
  return `last ${write(summary.last)}${isAfter ? ` (then ${write(newest)}, ${STATE_WORDS[newest.state]})` : ''}`;
}

/** Where what is not final is more than all that is: `3,326 since 18:00Z (still running), 40 × the maximum before`. */
export function describeExcess(
  { summary, isProvisional, points }: SettledSeries,
  { value, time }: Required<Writers>,
): string | undefined {
  if (summary === undefined || isProvisional || !isOpen(summary.max)) return undefined;
  const before = points.reduce((most, point) => Math.max(most, point.value), -Number.MAX_VALUE);
  const factor = before > 0 ? summary.max.value / before : Number.POSITIVE_INFINITY;
  if (factor < MIN_FACTOR) return undefined;
  const { epochMs, state } = summary.max;
  const than = Number.isFinite(factor)
    ? `${formatNumber(Number(factor.toPrecision(2)))} × the maximum before`
    : 'more than ever before in the range';
  return `${value(summary.max.value)} since ${time(epochMs)} (${STATE_WORDS[state]}), ${than}`;
}

/** `15,000 ms at 11:30Z`, with its state where it is not final. */
export function describePoint(point: Point, { value, time }: Required<Writers>): string {
  return `${value(point.value)} at ${time(point.epochMs)}${isOpen(point) ? ` (${STATE_WORDS[point.state]})` : ''}`;
}

export function isOpen(point: Point): point is OpenPoint {
  return 'state' in point;
}
