/** Whether an alarm fires by the clock: how often, when, and for how long. Pure. */
import { DAY_MS, formatDuration, formatTime, HOUR_MS, MINUTE_MS } from '../time.ts';
import type { StateChange } from './alarm-history.ts';

export interface Rhythm {
  readonly periodMs: number;
  /** The first firing of the rhythm, moved to the usual phase. */
  readonly startEpochMs: number;
  /** How long it fires, as a rule; undefined where it has not gone back yet. */
  readonly durationMs?: number;
  /** Times at which it fired, of `expected` at which it would have. */
  readonly hits: number;
  readonly expected: number;
}

/** Fewer firings are no rhythm. */
const MIN_FIRINGS = 4;
/** So many of the expected times must have a firing, and so many of the firings an expected time. */
const MIN_SHARE = 0.9;
/** With fewer expected times every one must. */
const SURE_TIMES = 10;
/** How far from its time a firing may come: part of the period, and at most. */
const TOLERANCE = 0.08;
const MAX_TOLERANCE_MS = 20 * MINUTE_MS;
/** An alarm is evaluated each minute, so its firings come a minute early or late. */
const MIN_TOLERANCE_MS = 2 * MINUTE_MS;
const MIN_PERIOD_MS = 10 * MINUTE_MS;
/** Rhythms of jobs and people. */
const NATURAL_MS = [
  ...[10, 15, 20, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR_MS),
  DAY_MS,
  7 * DAY_MS,
];

/** @param changes of one alarm, oldest first */
export function findRhythm(changes: readonly StateChange[]): Rhythm | undefined {
  const firings = changes.flatMap(({ to, epochMs }, index) => {
    const next = changes[index + 1];
    return to === 'ALARM' ? [{ epochMs, durationMs: next === undefined ? undefined : next.epochMs - epochMs }] : [];
  });
  const times = firings.map(({ epochMs }) => epochMs);
  const gap = medianOf(times.slice(1).map((time, index) => time - (times[index] ?? time)));
  if (gap === undefined || gap < MIN_PERIOD_MS - MIN_TOLERANCE_MS) return undefined;
  const natural = NATURAL_MS.filter((periodMs) => Math.abs(periodMs - gap) <= toleranceOf(periodMs));
  const found = [...natural, Math.round(gap / MINUTE_MS) * MINUTE_MS]
    .flatMap((periodMs) => fitTo(times, periodMs) ?? [])
    .find(({ hits, expected }) => isRegular(hits, expected, times.length));
  if (found === undefined) return undefined;
  const durationMs = medianOf(firings.flatMap((firing) => firing.durationMs ?? []));
  return { ...found, ...(durationMs !== undefined && { durationMs }) };
}

/** E.g. `every 4h at :18 for 24m, 42 of 42 times`. */
export function describeRhythm({ periodMs, startEpochMs, durationMs, hits, expected }: Rhythm): string {
  const clock = formatTime(startEpochMs).slice('2026-03-01T'.length, -':00Z'.length);
  const when = periodMs % DAY_MS === 0 ? ` at ${clock}Z` : periodMs % HOUR_MS === 0 ? ` at ${clock.slice(2)}` : '';
  const length = durationMs === undefined ? '' : ` for ${formatDuration(roundToMinute(durationMs))}`;
  return `every ${formatDuration(periodMs)}${when}${length}, ${hits} of ${expected} times`;
}

function isRegular(hits: number, expected: number, firings: number): boolean {
  if (hits < MIN_FIRINGS) return false;
  return expected < SURE_TIMES
    ? hits === expected && hits === firings
    : hits >= MIN_SHARE * expected && hits >= MIN_SHARE * firings;
}

/** At the phase that most firings have: the median of their distances from the multiples of the period near the first. */
function fitTo(times: readonly number[], periodMs: number): Omit<Rhythm, 'durationMs'> | undefined {
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const offsetOf = (time: number): number => {
    const offset = (time - first) % periodMs;
    return offset > periodMs / 2 ? offset - periodMs : offset;
  };
  const phase = medianOf(times.map(offsetOf)) ?? 0;
  const startEpochMs = Math.round((first + phase) / MINUTE_MS) * MINUTE_MS;
  const slots = new Set(
    times
      .map((time) => ({ time, slot: Math.round((time - startEpochMs) / periodMs) }))
      .filter(({ time, slot }) => Math.abs(time - startEpochMs - slot * periodMs) <= toleranceOf(periodMs))
      .map(({ slot }) => slot),
  );
  const expected = Math.round((last - first) / periodMs) + 1;
  return { periodMs, startEpochMs, hits: slots.size, expected };
}

function toleranceOf(periodMs: number): number {
  return Math.max(MIN_TOLERANCE_MS, Math.min(TOLERANCE * periodMs, MAX_TOLERANCE_MS));
}

function roundToMinute(ms: number): number {
  return ms < 10 * MINUTE_MS ? ms : Math.round(ms / MINUTE_MS) * MINUTE_MS;
}

function medianOf(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
