/** Whether a series was like this before: at the same phase, or now and then by itself. Pure. */
import { findRhythm, type Rhythm } from '../alarms/alarm-rhythm.ts';
import { DAY_MS, MINUTE_MS } from '../time.ts';
import type { Datapoints } from './grid.ts';

export interface Episode {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** Farthest value on the bad side, from what is typical. */
  readonly excess: number;
}

export interface Repeats {
  readonly kind: 'recurring' | 'common';
  readonly current: Episode;
  /** Others of about the same size, before it as a rule. */
  readonly others: readonly Episode[];
  /** Set for `recurring`. */
  readonly rhythm?: Rhythm;
}

/** Others that make a rhythm, or a habit. */
const MIN_OTHERS = 3;
/** Part of the excess that another one must reach. */
const COMPARABLE = 0.4;
/** What is larger than all others by so much keeps no rhythm with them. */
const MAX_GROWTH = 1.8;
/** Runs apart by no more are one. */
const GAP_MS = 10 * MINUTE_MS;
/** What comes and goes by itself is short. */
const SHORT_MS = 20 * MINUTE_MS;
const PHASE_MS = 30 * MINUTE_MS;
/** Of the days that are known. */
const MIN_DAY_SHARE = 0.5;
/** How far the worst value lies from the change of state. */
const NEAR_MS = 30 * MINUTE_MS;

/**
 * @param points of two weeks
 * @param atEpochMs when the alarm changed
 * @param side which values are bad
 */
export function findRepeats(points: Datapoints, atEpochMs: number, side: 'above' | 'below'): Repeats | undefined {
  const found = findAlike(points, atEpochMs, side);
  if (found !== undefined) return found;
  const joined = findAlike(joinNeighbours(points), atEpochMs, side);
  return joined?.kind === 'common' ? joined : undefined;
}

/** How far a burst of minutes goes depends on whether a period's end cuts it in two: so each with its next. */
function joinNeighbours({ timestampsEpochMs, values }: Datapoints): Datapoints {
  const joined = [...timestampsEpochMs.keys()]
    .map((index) => ({ epochMs: timestampsEpochMs[index] ?? 0, value: values[index] ?? 0 }))
    .sort((a, b) => a.epochMs - b.epochMs);
  const stepMs = stepOf(joined);
  return {
    timestampsEpochMs: joined.map(({ epochMs }) => epochMs),
    values: joined.map(({ epochMs, value }, index) => {
      const next = joined[index + 1];
      return (value + (next !== undefined && next.epochMs - epochMs === stepMs ? next.value : value)) / 2;
    }),
  };
}

function findAlike(points: Datapoints, atEpochMs: number, side: 'above' | 'below'): Repeats | undefined {
  const sign = side === 'above' ? 1 : -1;
  const typical = medianOf(points.values);
  const known = points.timestampsEpochMs
    .map((epochMs, index) => ({ epochMs, excess: sign * ((points.values[index] ?? typical) - typical) }))
    .sort((a, b) => a.epochMs - b.epochMs);
  const near = known.filter(({ epochMs }) => Math.abs(epochMs - atEpochMs) <= NEAR_MS);
  const worst = near.reduce((best, point) => (point.excess > best.excess ? point : best), { epochMs: 0, excess: 0 });
  if (worst.excess <= 0) return undefined;
  const stepMs = stepOf(known);
  const episodes = listEpisodes(known, worst.excess * COMPARABLE, stepMs);
  const current = episodes.find(
    ({ startEpochMs, endEpochMs }) => startEpochMs <= worst.epochMs && worst.epochMs < endEpochMs,
  );
  if (current === undefined) return undefined;
  const others = episodes.filter((one) => one !== current);
  if (others.length < MIN_OTHERS || !isAlike(current, others, stepMs)) return undefined;
  const daysKnown = Math.floor(((known.at(-1)?.epochMs ?? 0) - (known[0]?.epochMs ?? 0)) / DAY_MS);
  const isLarger = current.excess > MAX_GROWTH * medianOf(others.map(({ excess }) => excess));
  const rhythm = isLarger ? undefined : (dailyRhythm(others, current, daysKnown) ?? rhythmOf(others, current));
  if (rhythm !== undefined) return { kind: 'recurring', current, others, rhythm };
  const isShort = [...others, current].every((one) => lengthOf(one) <= SHORT_MS);
  return isShort ? { kind: 'common', current, others } : undefined;
}

function listEpisodes(
  points: readonly { readonly epochMs: number; readonly excess: number }[],
  least: number,
  stepMs: number,
): readonly Episode[] {
  const episodes: { startEpochMs: number; endEpochMs: number; excess: number }[] = [];
  for (const { epochMs, excess } of points) {
    if (excess < least) continue;
    const last = episodes.at(-1);
    if (last !== undefined && epochMs - last.endEpochMs <= GAP_MS) {
      last.endEpochMs = epochMs + stepMs;
      last.excess = Math.max(last.excess, excess);
    } else episodes.push({ startEpochMs: epochMs, endEpochMs: epochMs + stepMs, excess });
  }
  return episodes;
}

/** Not much longer than they were. */
function isAlike(current: Episode, others: readonly Episode[], stepMs: number): boolean {
  return lengthOf(current) <= 1.5 * Math.max(...others.map(lengthOf)) + 2 * stepMs;
}

function dailyRhythm(others: readonly Episode[], current: Episode, days: number): Rhythm | undefined {
  const hits = new Set(
    others.flatMap(({ startEpochMs }) => {
      const back = Math.round((current.startEpochMs - startEpochMs) / DAY_MS);
      return back !== 0 && Math.abs(current.startEpochMs - back * DAY_MS - startEpochMs) <= PHASE_MS ? [back] : [];
    }),
  );
  // What happens at all hours also happens at this one.
  const isOfThisHour = hits.size >= MIN_DAY_SHARE * others.length;
  if (hits.size < MIN_OTHERS || hits.size < MIN_DAY_SHARE * days || !isOfThisHour) return undefined;
  return {
    periodMs: DAY_MS,
    startEpochMs: current.startEpochMs - Math.max(0, ...hits) * DAY_MS,
    durationMs: medianOf(others.map(lengthOf)),
    hits: hits.size + 1,
    expected: Math.max(days, hits.size) + 1,
  };
}

function rhythmOf(others: readonly Episode[], current: Episode): Rhythm | undefined {
  const inTime = [...others, current].sort((a, b) => a.startEpochMs - b.startEpochMs);
  const changes = inTime.flatMap(({ startEpochMs, endEpochMs }) => [
    { alarmName: '', epochMs: startEpochMs, from: 'OK' as const, to: 'ALARM' as const, reasonData: NOTHING },
    { alarmName: '', epochMs: endEpochMs, from: 'ALARM' as const, to: 'OK' as const, reasonData: NOTHING },
  ]);
  return findRhythm(changes);
}

const NOTHING = { datapoints: [], triggeringAlarms: [] };

function lengthOf({ startEpochMs, endEpochMs }: Episode): number {
  return endEpochMs - startEpochMs;
}

function stepOf(points: readonly { readonly epochMs: number }[]): number {
  const gaps = points.slice(1).map(({ epochMs }, index) => epochMs - (points[index]?.epochMs ?? epochMs));
  return gaps.length === 0 ? MINUTE_MS : medianOf(gaps);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
