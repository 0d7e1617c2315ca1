/** What an analysis asks: two windows of equal length, and the text of its queries. Pure. */
import { ERROR_REGEX } from '../../../domain/logs/patterns/pattern-severity.ts';
import { DAY_SECONDS, SECOND_MS, type TimeRange } from '../../../domain/time.ts';

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

export interface Windows {
  /** Whole seconds, both inclusive, as StartQuery takes them. */
  readonly now: TimeRange;
  readonly before: TimeRange;
  readonly lengthMs: number;
  readonly bin: { readonly name: string; readonly stepMs: number };
}

/** No event is in both windows. */
export function planWindows({ startEpochMs, endEpochMs }: TimeRange): Windows {
  const start = Math.floor(startEpochMs / SECOND_MS);
  // The second that begins at the end is not part of the window.
  const end = Math.max(start, Math.ceil(endEpochMs / SECOND_MS) - 1);
  const length = end - start + 1;
  const [name, seconds] = BINS.find(([, each]) => length / each <= MAX_BINS) ?? ['30d', 2_592_000];
  return {
    now: { startEpochMs: start * SECOND_MS, endEpochMs: end * SECOND_MS },
    before: { startEpochMs: (start - length) * SECOND_MS, endEpochMs: (start - 1) * SECOND_MS },
    lengthMs: length * SECOND_MS,
    bin: { name, stepMs: seconds * SECOND_MS },
  };
}

const TOP_PATTERNS = `pattern @message | sort @sampleCount desc | limit ${MAX_PATTERNS}`;
const ERRORS = `filter @message like /${ERROR_REGEX}/`;

export const PATTERNS_QUERY = TOP_PATTERNS;
export const ERROR_PATTERNS_QUERY = `${ERRORS} | ${TOP_PATTERNS}`;
export const ERROR_EVENTS_QUERY = `fields @message | ${ERRORS}`;

export function countQuery(bin: string): string {
  return `stats count(*) as events by bin(${bin})`;
}

/** One of `every` milliseconds; it shares no factor with 10, so that whole seconds are sampled as well as others. */
export function sampleQuery(every: number): string {
  return every <= 1 ? 'fields @message' : `fields @message | filter toMillis(@timestamp) % ${every} = 0`;
}

/** So that about `wanted` of `events` are taken; at least 1. */
export function chooseSampling(events: number, wanted: number): number {
  let every = Math.max(1, Math.ceil(events / wanted));
  while (every > 1 && (every % 2 === 0 || every % 5 === 0)) every += 1;
  return every;
}
