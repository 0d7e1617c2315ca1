/** What an alarm did in a time range: how often it changed, how long it fired, whether it flaps. */

import { formatTime, HOUR_MS, MINUTE_MS, type TimeRange } from '../time.ts';
import type { AlarmState } from './alarm.ts';
import type { StateChange } from './alarm-history.ts';
import { findRhythm, type Rhythm } from './alarm-rhythm.ts';
import { inOrder } from './order-changes.ts';

export interface Flapping {
  readonly changes: number;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** Undefined for changes of less than a minute: what they would be in an hour says nothing. */
  readonly changesPerHour: number | undefined;
}

export interface AlarmActivity {
  readonly changes: number;
  /** Changes into ALARM. */
  readonly firings: number;
  /** Undefined when nothing tells in which state the range began. */
  readonly inAlarmMs?: number | undefined;
  /** Of the range, 0 to 1. */
  readonly inAlarmShare?: number | undefined;
  readonly flapping?: Flapping | undefined;
  /** Set where it fires by the clock. */
  readonly rhythm?: Rhythm | undefined;
}

export interface ActivityOptions {
  /** State now and since when; tells the state of a range without changes. */
  readonly current?: { readonly state: AlarmState; readonly sinceEpochMs: number } | undefined;
  /** Period × evaluation periods: the shortest time in which the alarm can change its mind. */
  readonly evaluationMs?: number | undefined;
}

/** Fewer changes than three times on and off are not flapping. */
const MIN_FLAPS = 6;
/** A quiet time longer than this ends a run of flapping; slow alarms get {@link QUIET_EVALUATIONS} of their evaluations. */
const QUIET_MS = 3 * HOUR_MS;
const QUIET_EVALUATIONS = 6;

/** @param changes of one alarm, inside the range, in any order */
export function summarizeActivity(
  changes: readonly StateChange[],
  range: TimeRange,
  options: ActivityOptions = {},
): AlarmActivity {
  const ordered = inOrder(changes);
  const inAlarmMs = timeInAlarm(ordered, range, options.current);
  const lengthMs = range.endEpochMs - range.startEpochMs;
  return {
    changes: ordered.length,
    firings: ordered.filter(({ to }) => to === 'ALARM').length,
    inAlarmMs,
    inAlarmShare: inAlarmMs === undefined || lengthMs <= 0 ? undefined : inAlarmMs / lengthMs,
    flapping: findFlapping(ordered, Math.max(QUIET_MS, QUIET_EVALUATIONS * (options.evaluationMs ?? 0))),
    rhythm: findRhythm(ordered),
  };
}

function timeInAlarm(
  ordered: readonly StateChange[],
  range: TimeRange,
  current: ActivityOptions['current'],
): number | undefined {
  const [first] = ordered;
  const isQuiet = first === undefined && current !== undefined && current.sinceEpochMs <= range.startEpochMs;
  let state = isQuiet ? current.state : first?.from;
  if (state === undefined) return undefined;
  let atEpochMs = range.startEpochMs;
  let totalMs = 0;
  for (const { epochMs, to } of ordered) {
    const untilEpochMs = Math.min(Math.max(epochMs, range.startEpochMs), range.endEpochMs);
    if (state === 'ALARM') totalMs += untilEpochMs - atEpochMs;
    atEpochMs = untilEpochMs;
    state = to;
  }
  return state === 'ALARM' ? totalMs + range.endEpochMs - atEpochMs : totalMs;
}

/** The longest run of changes without a quiet time in it. */
function findFlapping(ordered: readonly StateChange[], quietMs: number): Flapping | undefined {
  let startIndex = 0;
  let best = { startIndex: 0, length: 0 };
  for (const [index, change] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before !== undefined && change.epochMs - before.epochMs > quietMs) startIndex = index;
    if (index + 1 - startIndex > best.length) best = { startIndex, length: index + 1 - startIndex };
  }
  const first = ordered[best.startIndex];
  const last = ordered[best.startIndex + best.length - 1];
  if (first === undefined || last === undefined || best.length < MIN_FLAPS) return undefined;
  const spanMs = last.epochMs - first.epochMs;
  return {
    changes: best.length,
    startEpochMs: first.epochMs,
    endEpochMs: last.epochMs,
    changesPerHour: spanMs < MINUTE_MS ? undefined : ((best.length - 1) * HOUR_MS) / spanMs,
  };
}

/** E.g. `flapping: 14 changes from … to …, 6.2 an hour`. */
export function describeFlapping({ changes, startEpochMs, endEpochMs, changesPerHour }: Flapping): string {
  const rate =
    changesPerHour === undefined
      ? 'all within a minute'
      : `${changesPerHour.toLocaleString('en-US', { maximumSignificantDigits: 2 })} an hour`;
  return `flapping: ${changes} changes from ${formatTime(startEpochMs)} to ${formatTime(endEpochMs)}, ${rate}`;
}
