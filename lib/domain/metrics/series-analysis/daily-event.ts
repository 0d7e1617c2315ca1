/** Something that comes once a day, but not to the minute: a job that starts when another one has ended. Pure. */
import { joinKnots } from './fill-gaps.ts';
import type { Grid } from './grid.ts';
import { medianOf, robustSigma } from './robust.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface DailyEvent {
  /** Milliseconds after midnight UTC between which it begins. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly days: number;
  readonly ofDays: number;
  /** Median of its highest values, and of what is usual. */
  readonly height: number;
  readonly usual: number;
  readonly lastsMs: number;
  /** When it should have come for the last time and did not: position in the samples. */
  readonly missingAt?: number;
}

export interface FoundEvent {
  readonly event: DailyEvent;
  /** The values without it: what is usual stands in its place. */
  readonly calm: Float64Array;
}

const MIN_DAYS = 7;
const BLOCK_MS = 3 * HOUR_MS;
const SIGMAS = 6;
const JOIN_MS = HOUR_MS / 2;
/** An event takes so long at most. */
const MAX_LASTS_MS = 2 * HOUR_MS;
const MAX_WINDOW_MS = 3 * HOUR_MS;
const MIN_SHARE = 0.7;
/** Per day; a series with more of them has no daily event but bursts. */
const MAX_OTHERS = 0.5;
const LATE_MS = HOUR_MS / 2;
/** Without jitter it is a season like others. */
const MIN_JITTER_STEPS = 2;

export function findDailyEvent(grid: Grid): FoundEvent | undefined {
  const days = (grid.length * grid.stepMs) / DAY_MS;
  if (days < MIN_DAYS || grid.stepMs > JOIN_MS) return undefined;
  const base = localMedians(grid);
  const rest = grid.values.map((value, at) => value - (base[at] ?? 0));
  const sigma = robustSigma(rest, 0);
  if (sigma === 0) return undefined;
  const events = listEvents(grid, rest, SIGMAS * sigma).filter(({ lastsMs }) => lastsMs <= MAX_LASTS_MS);
  if (events.length < MIN_DAYS * MIN_SHARE || events.length > days * (1 + MAX_OTHERS)) return undefined;
  const window = densestWindow(events.map(({ phaseMs }) => phaseMs));
  const inside = events.filter(({ phaseMs }) => distance(window.from, phaseMs) <= window.width);
  const seen = new Set(inside.map(({ epochMs }) => Math.floor((epochMs - window.from) / DAY_MS)));
  const ofDays = Math.floor(days);
  if (seen.size < MIN_SHARE * ofDays || window.width < MIN_JITTER_STEPS * grid.stepMs) return undefined;
  const isEvent = new Uint8Array(rest.length);
  for (const { from, to } of inside) isEvent.fill(1, Math.max(0, from - 1), to + 1);
  const missingAt = findMissing(grid, window, inside.at(-1)?.epochMs ?? 0);
  return {
    calm: grid.values.map((value, at) => (isEvent[at] === 1 ? (base[at] ?? value) : value)),
    event: {
      fromMs: window.from,
      toMs: (window.from + window.width) % DAY_MS,
      days: seen.size,
      ofDays,
      height: medianOf(Float64Array.from(inside, ({ height }) => height)),
      usual: medianOf(grid.values.filter((_, at) => isEvent[at] === 0)),
      lastsMs: medianOf(Float64Array.from(inside, ({ lastsMs }) => lastsMs)),
      ...(missingAt !== undefined && { missingAt }),
    },
  };
}

interface Event {
  readonly from: number;
  readonly to: number;
  readonly epochMs: number;
  readonly phaseMs: number;
  readonly lastsMs: number;
  readonly height: number;
}

function listEvents({ indices, startEpochMs, stepMs, values }: Grid, rest: Float64Array, limit: number): Event[] {
  const events: Event[] = [];
  const timeOf = (at: number): number => startEpochMs + (indices[at] ?? 0) * stepMs;
  for (let at = 0; at < rest.length; at += 1) {
    if (Math.abs(rest[at] ?? 0) <= limit) continue;
    let to = at + 1;
    for (let next = to; next < rest.length && timeOf(next) - timeOf(to - 1) <= JOIN_MS; next += 1) {
      if (Math.abs(rest[next] ?? 0) > limit) to = next + 1;
    }
    const epochMs = timeOf(at);
    const height = values.subarray(at, to).reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    events.push({
      from: at,
      to,
      epochMs,
      phaseMs: epochMs % DAY_MS,
      lastsMs: timeOf(to - 1) + stepMs - epochMs,
      height,
    });
    at = to - 1;
  }
  return events;
}

function distance(from: number, phaseMs: number): number {
  return (phaseMs - from + DAY_MS) % DAY_MS;
}

/** The place in the day that holds the most beginnings, and how wide it need be for them. */
function densestWindow(phases: readonly number[]): { from: number; width: number } {
  let best = { from: 0, width: 0, count: 0 };
  for (const from of phases) {
    const inside = phases.map((phase) => distance(from, phase)).filter((after) => after <= MAX_WINDOW_MS);
    const width = Math.max(...inside);
    if (inside.length > best.count || (inside.length === best.count && width < best.width))
      best = { from, width, count: inside.length };
  }
  return best;
}

function findMissing(
  { startEpochMs, stepMs, indices }: Grid,
  window: { readonly from: number; readonly width: number },
  lastEpochMs: number,
): number | undefined {
  const nowEpochMs = startEpochMs + ((indices.at(-1) ?? 0) + 1) * stepMs;
  const dueEpochMs = Math.floor((nowEpochMs - window.from) / DAY_MS) * DAY_MS + window.from;
  if (nowEpochMs < dueEpochMs + window.width + LATE_MS || lastEpochMs >= dueEpochMs) return undefined;
  const place = (dueEpochMs - startEpochMs) / stepMs;
  const at = indices.findIndex((index) => index >= place);
  return at < 0 ? undefined : at;
}

/** Medians of three hours joined by lines: follows seasons, not what is shorter than one and a half hours. */
function localMedians(grid: Grid): Float64Array {
  const width = Math.max(2, Math.round(BLOCK_MS / grid.stepMs));
  const knots: { x: number; y: number }[] = [];
  let from = 0;
  for (let start = 0; start < grid.length; start += width) {
    let to = from;
    while (to < grid.indices.length && (grid.indices[to] ?? 0) < start + width) to += 1;
    if (to > from) knots.push({ x: start + width / 2, y: medianOf(grid.values.slice(from, to)) });
    from = to;
  }
  const level = joinKnots(knots, grid.length);
  return Float64Array.from(grid.indices, (index) => level[index] ?? 0);
}
