/** What an alarm's own series says: whether it left its usual, since when, and whether it does so regularly. Pure. */
import { describeRhythm } from '../alarms/alarm-rhythm.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import { beginWithin } from './begin-within.ts';
import { countAsFar } from './count-as-far.ts';
import { findEarlyShift } from './find-early-shift.ts';
import { findRamp } from './find-ramp.ts';
import { findRepeats, type Repeats } from './find-repeats.ts';
import { findShift, type Shift } from './find-shift.ts';
import type { Verdict } from './finding.ts';
import { type Datapoints, type Grid, levelsBefore, meansOf, timeAt, toGrid } from './grid.ts';

export interface AlarmSeries {
  /** A day up to the change and what came since, by the minute or by what is kept. */
  readonly fine: Datapoints;
  /** Two weeks in longer periods. */
  readonly long: Datapoints;
  /** The same two weeks by the minute, or by what is published, where they can be had. */
  readonly minutes?: Datapoints | undefined;
  readonly finePeriodMs: number;
  readonly longPeriodMs: number;
  /** When the alarm changed. */
  readonly atEpochMs: number;
  /** Newest time of which datapoints are final. */
  readonly endEpochMs: number;
  /** Which values are bad; undefined where both sides are. */
  readonly side: 'above' | 'below' | undefined;
  readonly isCount: boolean;
  /** Of its values, where they are of one; what is computed of several counts as a mean. */
  readonly statistic?: string | undefined;
}

export interface AlarmJudgement {
  readonly verdict: Verdict;
  readonly onsetEpochMs?: number;
  readonly before?: number;
  readonly after?: number;
  readonly isSlow?: boolean;
  readonly isStopped?: boolean;
  /** It is usual again since. */
  readonly endedEpochMs?: number;
  readonly repeats?: Repeats;
  /** One sentence: why the verdict is what it is. */
  readonly why: string;
}

/** Fewer datapoints before the change tell nothing. */
const MIN_POINTS = 10;
const BAR = 3.5;
/** How long before the change of state it may have begun, and how long before that tells what is usual. */
const HORIZONS = [
  { beginMs: 45 * MINUTE_MS, usualMs: 2 * HOUR_MS },
  { beginMs: 3 * HOUR_MS, usualMs: 5 * HOUR_MS },
  { beginMs: 10 * HOUR_MS, usualMs: 12 * HOUR_MS },
];
/** What took longer came slowly. */
const SLOW_MS = 2 * HOUR_MS;
/** An alarm needs some periods and some delay after the first bad datapoint. */
const LATE_MS = 15 * MINUTE_MS;
const MAX_SHIFTS = 6;
/** Times that make a habit. */
const MIN_OTHERS = 3;
/** Datapoints around the change that make a counter one that counts. */
const MIN_NEAR = 2;

export function judgeAlarm(series: AlarmSeries): AlarmJudgement {
  const known = countBefore(series.long, series.atEpochMs) + countBefore(series.fine, series.atEpochMs);
  const isRare = isRareCounter(series);
  if (known === 0 && !isRare)
    return { verdict: 'insufficient_data', why: 'its series had no datapoint in the two weeks before' };
  if (known < MIN_POINTS && !isRare)
    return { verdict: 'insufficient_data', why: `its series had only ${known} datapoints before the change` };
  const repeats = series.side === undefined ? undefined : findRepeats(series.long, series.atEpochMs, series.side);
  if (repeats?.kind === 'recurring') {
    const { onsetEpochMs = repeats.current.startEpochMs, ...shift } = findOwnShift(series, false) ?? {};
    const why = repeats.rhythm === undefined ? '' : describeRhythm(repeats.rhythm);
    return { verdict: 'recurring', ...shift, onsetEpochMs, repeats, why: `it is like this ${why}` };
  }
  if (repeats?.kind === 'common') {
    const count = repeats.others.length;
    const why = `it went as far ${count} other times within two weeks, for minutes each, and back by itself`;
    return { verdict: 'nothing_unusual', repeats, why };
  }
  const slow = findSlow(series);
  if (slow !== undefined) return slow;
  const shift = findOwnShift(series, true);
  const others = shift === undefined ? undefined : countOthers(series, shift);
  if (others !== undefined && others >= MIN_OTHERS)
    return {
      verdict: 'nothing_unusual',
      why: `it went as far and for as long ${others} other times within two weeks, and back by itself`,
    };
  return shift === undefined
    ? { verdict: 'nothing_unusual', why: 'no two datapoints in a row lie outside of what chance explains' }
    : {
        verdict: 'changed',
        ...shift,
        why: shift.isStopped === true ? 'its datapoints stopped' : 'its series left its usual',
      };
}

/** Counts what hardly ever happens: it has datapoints only then, and no datapoint is none of it. */
function isRareCounter({ isCount, side, fine, atEpochMs }: AlarmSeries): boolean {
  const near = fine.timestampsEpochMs.filter((time) => Math.abs(time - atEpochMs) <= LATE_MS);
  return isCount && side === 'above' && near.length >= MIN_NEAR;
}

/** How often it did the same by itself; undefined where that cannot be told. */
function countOthers(
  series: AlarmSeries,
  { onsetEpochMs, endedEpochMs, before = 0, after = 0 }: OwnShift,
): number | undefined {
  const { minutes, finePeriodMs: periodMs, endEpochMs } = series;
  const [first] = minutes?.timestampsEpochMs ?? [];
  if (minutes === undefined || first === undefined || onsetEpochMs === undefined) return undefined;
  const grid = toGrid(
    minutes,
    floorTo(first, periodMs),
    Math.max(endEpochMs, minutes.timestampsEpochMs.at(-1) ?? 0),
    periodMs,
  );
  const values = series.isCount ? grid.values.map((value) => (Number.isNaN(value) ? 0 : value)) : grid.values;
  return countAsFar(
    { ...grid, values },
    { startEpochMs: onsetEpochMs, endEpochMs: endedEpochMs ?? endEpochMs, sign: after >= before ? 1 : -1 },
  );
}

type OwnShift = Pick<AlarmJudgement, 'onsetEpochMs' | 'before' | 'after' | 'isStopped' | 'endedEpochMs'>;

function findOwnShift(series: AlarmSeries, usesDays: boolean): OwnShift | undefined {
  for (const { beginMs, usualMs } of HORIZONS) {
    const startEpochMs = floorTo(series.atEpochMs - beginMs - usualMs, series.finePeriodMs);
    const grid = toGrid(series.fine, startEpochMs, series.endEpochMs, series.finePeriodMs);
    const found = leadingShift(series, grid, Math.round(usualMs / series.finePeriodMs), usesDays);
    if (found !== undefined) return found;
  }
  return findEarlyShift(series);
}

/** The shift in which the alarm changed; what came and went before is passed over. */
function leadingShift(series: AlarmSeries, grid: Grid, usualEnd: number, usesDays: boolean): OwnShift | undefined {
  const earlier = usesDays
    ? [1, 7].map((days) => levelsBefore(series.long, series.longPeriodMs, days * DAY_MS, grid))
    : [];
  let from = usualEnd;
  for (let round = 0; round < MAX_SHIFTS && from < grid.values.length; round += 1) {
    const shift = findShift({ values: grid.values, earlier, usualEnd: from, isCount: series.isCount, bar: BAR });
    if (shift === undefined || timeAt(grid, shift.index) > series.atEpochMs + LATE_MS) return undefined;
    const isBadSide =
      series.side === undefined ||
      shift.direction === 'stopped' ||
      (series.side === 'above') === (shift.direction === 'up' || shift.direction === 'began');
    const endedEpochMs = shift.endIndex === undefined ? undefined : timeAt(grid, shift.endIndex);
    // Out of its usual already when the window began: it began earlier.
    if (
      isBadSide &&
      shift.index === usualEnd &&
      round === 0 &&
      grid.startEpochMs > (series.fine.timestampsEpochMs[0] ?? 0) + HOUR_MS
    )
      return undefined;
    if (isBadSide && (endedEpochMs === undefined || endedEpochMs >= series.atEpochMs - LATE_MS))
      return {
        onsetEpochMs: beginOf(series, grid, shift),
        before: shift.before,
        after: shift.after,
        isStopped: shift.direction === 'stopped',
        ...(endedEpochMs !== undefined && { endedEpochMs }),
      };
    from = Math.max(from + 1, shift.endIndex ?? grid.values.length);
  }
  return undefined;
}

/** A datapoint of five minutes may have been usual for four of them. */
function beginOf({ statistic = 'Average' }: AlarmSeries, grid: Grid, shift: Shift): number {
  const stampEpochMs = timeAt(grid, shift.index);
  if (grid.periodMs <= MINUTE_MS) return stampEpochMs;
  return stampEpochMs + toMinutes(beginWithin(shift, grid.values, statistic) * grid.periodMs);
}

/** A leak or a filling disk: level at first, and steadily away since. */
function findSlow(series: AlarmSeries): AlarmJudgement | undefined {
  const start = floorTo(series.long.timestampsEpochMs[0] ?? 0, HOUR_MS);
  const hours = meansOf(toGrid(series.long, start, series.atEpochMs, series.longPeriodMs), HOUR_MS);
  const ramp = findRamp(hours.values);
  if (ramp === undefined || (series.side !== undefined && (series.side === 'above') !== ramp.slope > 0))
    return undefined;
  const coarseEpochMs = timeAt(hours, ramp.index);
  if (series.atEpochMs - coarseEpochMs < SLOW_MS) return undefined;
  const isRecent = coarseEpochMs - 3 * HOUR_MS > (series.fine.timestampsEpochMs[0] ?? Number.POSITIVE_INFINITY);
  const [points, periodMs] = isRecent ? [series.fine, series.finePeriodMs] : [series.long, series.longPeriodMs];
  const around = Math.min(series.atEpochMs - coarseEpochMs, isRecent ? 6 * HOUR_MS : 60 * HOUR_MS);
  const grid = toGrid(points, floorTo(coarseEpochMs - around, periodMs), coarseEpochMs + around, periodMs);
  const exact = findRamp(grid.values);
  return {
    verdict: 'changed',
    onsetEpochMs: exact === undefined ? coarseEpochMs : timeAt(grid, exact.index),
    before: ramp.before,
    after: ramp.after,
    isSlow: true,
    why: 'its series moves steadily away from a level that it had before',
  };
}

function countBefore(points: Datapoints, epochMs: number): number {
  return points.timestampsEpochMs.filter((time) => time < epochMs).length;
}

function toMinutes(ms: number): number {
  return Math.round(ms / MINUTE_MS) * MINUTE_MS;
}

function floorTo(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}
