/** How often a series really has datapoints, told by its gaps. Pure. */
import { SECOND_MS } from '../time.ts';

/** With fewer gaps nothing is said. */
const MIN_GAPS = 3;
/** So many of the gaps must have the same length. */
const REGULAR_SHARE = 0.8;

/**
 * The publishing period in seconds, when the datapoints stand regularly apart; undefined otherwise.
 * @param timestampsEpochMs ascending
 */
export function detectPublishingSeconds(timestampsEpochMs: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (let index = 1; index < timestampsEpochMs.length; index += 1) {
    const gapMs = (timestampsEpochMs[index] ?? 0) - (timestampsEpochMs[index - 1] ?? 0);
    if (gapMs > 0) counts.set(gapMs, (counts.get(gapMs) ?? 0) + 1);
  }
  const gaps = Math.max(0, timestampsEpochMs.length - 1);
  if (gaps < MIN_GAPS) return undefined;
  for (const [gapMs, count] of counts) if (count >= gaps * REGULAR_SHARE) return Math.round(gapMs / SECOND_MS);
  return undefined;
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
