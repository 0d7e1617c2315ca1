/** So many a second, whoever asks. Not here: how many run at once (target-slots.ts). */
import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND_MS } from '../domain/time.ts';
import { abortReason } from '../errors.ts';

export interface Rate {
  readonly perSecond: number;
  /** How many may go at once after a pause. */
  readonly burst: number;
}

/** Resolves when it is one's turn; throws AppError, the reason of the signal. */
export type Pace = (signal: AbortSignal) => Promise<void>;

/**
 * A burst at once, then evenly; whoever waits is served in order.
 * @param clock current time in epoch milliseconds
 */
export function createPace({ perSecond, burst }: Rate, clock: () => number): Pace {
  let tokens = burst;
  let filledEpochMs = clock();
  return async (signal) => {
    const nowEpochMs = clock();
    const passedMs = Math.max(0, nowEpochMs - filledEpochMs);
    tokens = Math.min(burst, tokens + (passedMs / SECOND_MS) * perSecond) - 1;
    filledEpochMs = nowEpochMs;
    try {
      if (tokens < 0) await pause((-tokens / perSecond) * SECOND_MS, signal);
      if (signal.aborted) throw abortReason(signal);
    } catch (error) {
      // Whoever does not go leaves the turn to others.
      tokens = Math.min(burst, tokens + 1);
      throw error;
    }
  };
}

/** Ends early when the signal is aborted, with its reason. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) throw abortReason(signal);
}
