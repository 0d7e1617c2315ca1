/** What an analysis asks: two windows of equal length, and the text of its queries. Pure. */
import { z } from 'zod';
import { ERROR_REGEX } from '../../../domain/logs/patterns/pattern-severity.ts';
import { DAY_MS, DAY_SECONDS, formatDuration, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';

/** Patterns that each query brings; the most frequent ones. */
export const MAX_PATTERNS = 500;
const MAX_BINS = 60;

/** As `bin()` takes them. */
const BINS: readonly (readonly [name: string, seconds: number])[] = [
  ['10s', 10],
  ['30s', 30],
  ['1m', 60],
  ['5m', 300],
  ['15m', 900],
  ['30m', 1_800],
  ['1h', 3_600],
  ['3h', 10_800],
  ['6h', 21_600],
  ['12h', 43_200],
  ['1d', DAY_SECONDS],
  ['7d', 604_800],
];

/** What a window is compared with: the one before, or the same hours earlier. */
const BASELINES = { previous: 0, '1d': DAY_MS, '7d': 7 * DAY_MS } as const;
export type Baseline = keyof typeof BASELINES;
export const baselineParam = z
  .enum(['previous', '1d', '7d'])
  .default('previous')
  .describe('Compare with the window before, or the same hours a day or a week earlier; default previous');

export interface Bin {
  readonly name: string;
  readonly stepMs: number;
}

export interface Windows {
  /** Whole seconds, both inclusive, as StartQuery takes them. */
  readonly now: TimeRange;
  readonly before: TimeRange;
  readonly lengthMs: number;
  readonly bin: Bin;
  /** `the 40m before`, `the same 40m a day before`. */
  readonly comparedWith: string;
}

/**
 * No event is in both windows.
 * @throws AppError `invalid_input` for a window that is longer than the distance to the baseline
 */
export function planWindows({ startEpochMs, endEpochMs }: TimeRange, baseline: Baseline = 'previous'): Windows {
  const start = Math.floor(startEpochMs / SECOND_MS);
  // The second that begins at the end is not part of the window.
  const end = Math.max(start, Math.ceil(endEpochMs / SECOND_MS) - 1);
  const length = end - start + 1;
  const lengthMs = length * SECOND_MS;
  const distanceMs = BASELINES[baseline] || lengthMs;
  if (distanceMs < lengthMs)
    throw new AppError(
      'invalid_input',
      `baseline=${baseline} compares with the same hours ${baseline} earlier, and a window of ${formatDuration(lengthMs)} would overlap with them → shorten the window, or take baseline=previous.`,
    );
  const words = formatDuration(lengthMs);
  const comparedWith = {
    previous: `the ${words} before`,
    '1d': `the same ${words} a day before`,
    '7d': `the same ${words} a week before`,
  };
  return {
    now: { startEpochMs: start * SECOND_MS, endEpochMs: end * SECOND_MS },
    before: { startEpochMs: start * SECOND_MS - distanceMs, endEpochMs: end * SECOND_MS - distanceMs },
    lengthMs,
    bin: chooseBin(length),
    comparedWith: comparedWith[baseline],
  };
}

/** The finest one by which a stretch of so many seconds can be drawn. */
export function chooseBin(seconds: number): Bin {
  const [name, each] = BINS.find(([, width]) => seconds / width <= MAX_BINS) ?? ['30d', 2_592_000];
  return { name, stepMs: each * SECOND_MS };
}

const TOP_PATTERNS = `pattern @message | sort @sampleCount desc | limit ${MAX_PATTERNS}`;
const ERRORS = `filter @message like /${ERROR_REGEX}/`;

export const PATTERNS_QUERY = TOP_PATTERNS;
export const ERROR_PATTERNS_QUERY = `${ERRORS} | ${TOP_PATTERNS}`;
export const MESSAGES_QUERY = 'fields @timestamp, @message';
export const ERROR_MESSAGES_QUERY = `${MESSAGES_QUERY} | ${ERRORS}`;

/** One of `every` milliseconds; it shares no factor with 10, so that whole seconds are sampled as well as others. */
export function sampleQuery(every: number): string {
  return every <= 1 ? MESSAGES_QUERY : `${MESSAGES_QUERY} | filter toMillis(@timestamp) % ${every} = 0`;
}

/** So that about `wanted` of `events` are taken; at least 1. */
export function chooseSampling(events: number, wanted: number): number {
  let every = Math.max(1, Math.ceil(events / wanted));
  while (every > 1 && (every % 2 === 0 || every % 5 === 0)) every += 1;
  return every;
}
