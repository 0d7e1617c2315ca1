/** A step of some days ago that still holds: of an alarm that somebody made since, or that looks at days. Pure. */
import { medianOf } from '../metrics/series-analysis/robust.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { findShift } from './find-shift.ts';
import { type Datapoints, finite, type Grid, levelsBefore, meansOf, timeAt, toGrid } from './grid.ts';

export interface EarlyQuestion {
  /** Two weeks in periods of minutes. */
  readonly long: Datapoints;
  readonly longPeriodMs: number;
  /** It must hold until here. */
  readonly atEpochMs: number;
  readonly side: 'above' | 'below' | undefined;
  readonly isCount: boolean;
}

export interface EarlyShift {
  readonly onsetEpochMs: number;
  readonly before: number;
  readonly after: number;
}

/** A whole week tells what is usual, so that neither a night nor a weekend is a step. */
const USUAL_HOURS = 7 * 24;
const HOURS_A_DAY = 24;
/** An hour is far from its usual by more than a minute is: it is the mean of many. */
const BAR = 6;
const EXACT_BAR = 3.5;
const MAX_SHIFTS = 6;
const BEFORE_MS = DAY_MS / 2;
const AFTER_MS = 3 * HOUR_MS;

/** @returns when it began, to a period of the datapoints where they tell it, else to the hour */
export function findEarlyShift(question: EarlyQuestion): EarlyShift | undefined {
  const { long, longPeriodMs, atEpochMs, side, isCount } = question;
  const [first] = long.timestampsEpochMs;
  if (first === undefined) return undefined;
  const start = Math.floor(first / HOUR_MS) * HOUR_MS;
  const grid = toGrid(long, start, Math.floor(atEpochMs / HOUR_MS) * HOUR_MS, longPeriodMs);
  const hours = meansOf({ ...grid, values: withZeros(grid.values, isCount) }, HOUR_MS);
  const { values } = hours;
  const earlier = [courseOf(values)];
  let from = USUAL_HOURS;
  for (let round = 0; round < MAX_SHIFTS && from < values.length; round += 1) {
    const shift = findShift({ values, earlier, usualEnd: from, isCount: false, bar: BAR });
    if (shift === undefined || shift.direction === 'stopped' || shift.direction === 'began') return undefined;
    const isBadSide = side === undefined || (side === 'above') === (shift.direction === 'up');
    if (isBadSide && shift.endIndex === undefined && shift.index > from)
      return dateExactly(question, timeAt(hours, shift.index), shift);
    from = Math.max(from + 1, shift.endIndex ?? values.length);
  }
  return undefined;
}

function withZeros(values: Float64Array, isCount: boolean): Float64Array {
  return isCount ? values.map((value) => (Number.isNaN(value) ? 0 : value)) : values;
}

/** What the usual week says of each hour: the course of a day, as high as the same day of that week. */
function courseOf(values: Float64Array): Float64Array {
  const usual = values.subarray(0, USUAL_HOURS);
  const whole = levelOf(usual);
  const days = Array.from({ length: USUAL_HOURS / HOURS_A_DAY }, (_, day) => {
    const level = levelOf(usual.subarray(day * HOURS_A_DAY, (day + 1) * HOURS_A_DAY));
    return whole > 0 && level > 0 ? level / whole : 1;
  });
  const dayAt = (index: number): number => days[Math.floor(index / HOURS_A_DAY) % days.length] ?? 1;
  const levelled = usual.map((value, index) => value / dayAt(index));
  const hours = Array.from({ length: HOURS_A_DAY }, (_, hour) =>
    levelOf(levelled.filter((_value, index) => index % HOURS_A_DAY === hour)),
  );
  return values.map((_, index) => (hours[index % HOURS_A_DAY] ?? Number.NaN) * dayAt(index));
}

function levelOf(values: Float64Array): number {
  const known = finite(values);
  return known.length === 0 ? Number.NaN : medianOf(known);
}

function dateExactly(
  { long, longPeriodMs, isCount }: EarlyQuestion,
  hourEpochMs: number,
  { before, after, direction }: { readonly before: number; readonly after: number; readonly direction: string },
): EarlyShift {
  const grid: Grid = toGrid(long, hourEpochMs - BEFORE_MS, hourEpochMs + AFTER_MS, longPeriodMs);
  const usualEnd = Math.floor((BEFORE_MS - 2 * HOUR_MS) / longPeriodMs);
  const earlier = [levelsBefore(long, longPeriodMs, USUAL_HOURS * HOUR_MS, grid)];
  const exact = findShift({ values: grid.values, earlier, usualEnd, isCount, bar: EXACT_BAR });
  return { onsetEpochMs: exact?.direction === direction ? timeAt(grid, exact.index) : hourEpochMs, before, after };
}
