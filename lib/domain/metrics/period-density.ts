/** How often a series really has datapoints, told by its gaps. Pure. */
import { SECOND_MS } from '../time.ts';

/** With fewer gaps nothing is said. */
const MIN_GAPS = 3;
/** So many of the gaps must have the same length, or be multiples of one where there are gaps of several lengths. */
const REGULAR_SHARE = 0.8;
const MULTIPLE_SHARE = 0.95;
/** Fewer gaps may have a common divisor by chance. */
const MIN_MIXED_GAPS = 8;
const MAX_COMPARED = 12;
/** A publisher that drifts has gaps between these parts of the usual one. */
const MIN_DRIFT = 0.6;
const MAX_DRIFT = 1.5;

/**
 * The publishing period in seconds: the distance at which the datapoints regularly stand, or with datapoints missing the
 * greatest common divisor of the gaps. Undefined where neither tells.
 * @param timestampsEpochMs ascending
 */
export function detectPublishingSeconds(timestampsEpochMs: readonly number[]): number | undefined {
  const counts = countGaps(timestampsEpochMs);
  const gaps = counts.reduce((sum, { count }) => sum + count, 0);
  const [most] = counts;
  if (most === undefined || gaps < MIN_GAPS) return undefined;
  if (most.count >= gaps * REGULAR_SHARE) return Math.round(most.gapMs / SECOND_MS);
  if (gaps < MIN_MIXED_GAPS) return undefined;
  const compared = counts.slice(0, MAX_COMPARED).map(({ gapMs }) => gapMs);
  const candidates = new Set(compared.flatMap((a) => compared.map((b) => commonDivisor(a, b))));
  const fitting = [...candidates].filter((step) => {
    const multiples = counts.reduce((sum, { gapMs, count }) => sum + (gapMs % step === 0 ? count : 0), 0);
    return multiples >= gaps * MULTIPLE_SHARE;
  });
  return fitting.length === 0 ? undefined : Math.round(Math.max(...fitting) / SECOND_MS);
}

/**
 * The usual gap in seconds of datapoints that come about evenly, though not on a grid: by a clock that drifts. Undefined
 * for what comes at random.
 * @param timestampsEpochMs ascending
 */
export function findUsualGapSeconds(timestampsEpochMs: readonly number[]): number | undefined {
  const counts = countGaps(timestampsEpochMs).toSorted((a, b) => a.gapMs - b.gapMs);
  const gaps = counts.reduce((sum, { count }) => sum + count, 0);
  if (gaps < MIN_MIXED_GAPS) return undefined;
  const medianMs = gapAt(counts, gaps / 2);
  const isEven = gapAt(counts, gaps * 0.1) >= medianMs * MIN_DRIFT && gapAt(counts, gaps * 0.9) <= medianMs * MAX_DRIFT;
  return isEven ? Math.round(medianMs / SECOND_MS) : undefined;
}

interface GapCount {
  readonly gapMs: number;
  readonly count: number;
}

/** The most frequent first. */
function countGaps(timestampsEpochMs: readonly number[]): GapCount[] {
  const counts = new Map<number, number>();
  for (let index = 1; index < timestampsEpochMs.length; index += 1) {
    const gapMs = Math.round((timestampsEpochMs[index] ?? 0) - (timestampsEpochMs[index - 1] ?? 0));
    if (gapMs > 0) counts.set(gapMs, (counts.get(gapMs) ?? 0) + 1);
  }
  return [...counts].map(([gapMs, count]) => ({ gapMs, count })).sort((a, b) => b.count - a.count);
}

/** @param counts by length */
function gapAt(counts: readonly GapCount[], rank: number): number {
  let seen = 0;
  for (const { gapMs, count } of counts) {
    seen += count;
    if (seen >= rank) return gapMs;
  }
  return 0;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/**
 * How many datapoints a series without gaps would have in a range: periods that have ended, at the rate at which
 * the series has them.
 */
export function countExpected(
  startEpochMs: number,
  endEpochMs: number,
  nowEpochMs: number,
  stepSeconds: number,
): number {
  const stepMs = stepSeconds * SECOND_MS;
  const lastEpochMs = Math.min(endEpochMs, nowEpochMs);
  return Math.max(0, Math.ceil(lastEpochMs / stepMs) - Math.floor(startEpochMs / stepMs));
}
