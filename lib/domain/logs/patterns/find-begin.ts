/** When something that goes on began: the last silence before it. Pure. */
import type { Point } from '../../metrics/series-summary.ts';
import type { TimeRange } from '../../time.ts';

/** So many events are to be expected in a stretch that has none. Errors come in bursts, so that it is far beyond chance. */
const MIN_EXPECTED = 12;
/** Shorter silences happen in what goes on, as a share of the range. */
const MIN_SHARE = 0.1;

export interface Begin {
  readonly epochMs: number;
  /** It was there already at that time, the first that was looked at. */
  readonly isOlder: boolean;
}

/**
 * @param points events by the begin of their step, in time order; a step without a point had none
 * @param perMs events a millisecond while it goes on
 */
export function findBegin(
  points: readonly Point[],
  range: TimeRange,
  stepMs: number,
  perMs: number,
): Begin | undefined {
  const times = points.filter(({ value }) => value > 0).map(({ epochMs }) => epochMs);
  const minMs = Math.max(MIN_EXPECTED / perMs, (range.endEpochMs - range.startEpochMs) * MIN_SHARE);
  const isSilence = (fromEpochMs: number, toEpochMs: number) => toEpochMs - fromEpochMs >= minMs;
  for (let index = times.length - 1; index >= 0; index -= 1) {
    const first = times[index] ?? 0;
    const previous = times[index - 1];
    const silentSince = previous === undefined ? range.startEpochMs : previous + stepMs;
    if (isSilence(silentSince, first)) return { epochMs: first, isOlder: false };
  }
  return times.length === 0 ? undefined : { epochMs: Math.max(range.startEpochMs, times[0] ?? 0), isOlder: true };
}
