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
  /** Earlier ones of about the same size. */
  readonly earlier: readonly Episode[];
  /** Set for `recurring`. */
  readonly rhythm?: Rhythm;
}

/** Earlier ones that make a rhythm, or a habit. */
const MIN_EARLIER = 3;
/** Part of the excess that an earlier one must reach. */
const COMPARABLE = 0.5;
/** A larger one than those before is no repetition of them. */
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
  const earlier = episodes.filter(({ endEpochMs }) => endEpochMs <= current.startEpochMs);
  if (earlier.length < MIN_EARLIER || !isAlike(current, earlier, stepMs)) return undefined;
  const rhythm = dailyRhythm(earlier, current, known[0]?.epochMs ?? 0) ?? rhythmOf(earlier, current);
  if (rhythm !== undefined) return { kind: 'recurring', current, earlier, rhythm };
  const isShort = [...earlier, current].every((one) => lengthOf(one) <= SHORT_MS);
  return isShort ? { kind: 'common', current, earlier } : undefined;
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

/** Not larger nor much longer than they were. */
function isAlike(current: Episode, earlier: readonly Episode[], stepMs: number): boolean {
  const longest = Math.max(...earlier.map(lengthOf));
  return (
    current.excess <= MAX_GROWTH * medianOf(earlier.map(({ excess }) => excess)) &&
    lengthOf(current) <= 1.5 * longest + 2 * stepMs
  );
}

function dailyRhythm(earlier: readonly Episode[], current: Episode, sinceEpochMs: number): Rhythm | undefined {
  const days = Math.floor((current.startEpochMs - sinceEpochMs) / DAY_MS);
  const hits = new Set(
    earlier.flatMap(({ startEpochMs }) => {
      const back = Math.round((current.startEpochMs - startEpochMs) / DAY_MS);
      return back > 0 && Math.abs(current.startEpochMs - back * DAY_MS - startEpochMs) <= PHASE_MS ? [back] : [];
    }),
  );
  // What happens at all hours also happens at this one.
  const isOfThisHour = hits.size >= MIN_DAY_SHARE * earlier.length;
  if (hits.size < MIN_EARLIER || hits.size < MIN_DAY_SHARE * days || !isOfThisHour) return undefined;
  return {
    periodMs: DAY_MS,
    startEpochMs: current.startEpochMs - Math.max(...hits) * DAY_MS,
    durationMs: medianOf(earlier.map(lengthOf)),
    hits: hits.size + 1,
    expected: days + 1,
  };
}

function rhythmOf(earlier: readonly Episode[], current: Episode): Rhythm | undefined {
  const changes = [...earlier, current].flatMap(({ startEpochMs, endEpochMs }) => [
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
