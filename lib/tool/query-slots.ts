/**
 * This process's share of the Logs Insights quota: at most so many queries in flight per account and region.
 * Callers beyond that wait their turn, in order; nothing is kept for places where nothing runs.
 */
import type { Target } from '../aws/ports/targets.ts';
import { AppError, abortReason } from '../errors.ts';

export interface QuerySlots {
  /**
   * Waits for a slot.
   * @returns the function that gives it back; calling it twice does no harm
   * @throws AppError `limit_exceeded` after `maxWaitMs`, or the reason of the signal
   */
  take(target: Target, maxWaitMs: number, signal: AbortSignal): Promise<() => void>;
}

interface Place {
  running: number;
  readonly waiting: Set<() => void>;
}

export function createQuerySlots(maxPerTarget: number): QuerySlots {
  const places = new Map<string, Place>();

  const giveBack = (key: string, place: Place): void => {
    const [next] = place.waiting;
    if (next === undefined) place.running -= 1;
    else next();
    if (place.running === 0) places.delete(key);
  };

  return {
    async take(target, maxWaitMs, signal) {
      if (signal.aborted) throw abortReason(signal);
      const key = `${target.account}|${target.region}`;
      const place = places.get(key) ?? { running: 0, waiting: new Set() };
      places.set(key, place);
      if (place.running < maxPerTarget) place.running += 1;
      else await waitForTurn(place, target, maxPerTarget, maxWaitMs, signal);
      let isGivenBack = false;
      return () => {
        if (!isGivenBack) giveBack(key, place);
        isGivenBack = true;
      };
    },
  };
}

/** Resolves when a running query hands its slot over. */
function waitForTurn(
  place: Place,
  target: Target,
  maxPerTarget: number,
  maxWaitMs: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      place.waiting.delete(onTurn);
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const onTurn = (): void => {
      leave();
      resolve();
    };
    const onAbort = (): void => {
      leave();
      reject(abortReason(signal));
    };
    const timer = setTimeout(() => {
      leave();
      reject(
        new AppError(
          'limit_exceeded',
          `This server may run ${maxPerTarget} log queries at once, and all are busy in account ${target.account}, region ${target.region} → wait until they end, then call again.`,
        ),
      );
    }, maxWaitMs);
    place.waiting.add(onTurn);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
