/** So many at once at each place; others wait their turn, in order. Nothing is kept for places where nothing runs. */
import { type AppError, abortReason } from '../../errors.ts';

export interface Waiting {
  readonly maxWaitMs: number;
  /** Whoever would be one more is refused at once; default: any number may wait. */
  readonly maxWaiting?: number;
  readonly refuse: () => AppError;
}

export interface Turns {
  /**
   * Waits for a turn.
   * @returns the function that gives it back; calling it twice does no harm
   * @throws AppError of `refuse` after `maxWaitMs`, or the reason of the signal
   */
  take(place: string, waiting: Waiting, signal: AbortSignal): Promise<() => void>;
  /** Turns that are taken at this moment, at all places. */
  running(): number;
}

interface Place {
  running: number;
  readonly waiting: Set<() => void>;
}

export function createTurns(maxAtOnce: number): Turns {
  const places = new Map<string, Place>();

  const giveBack = (key: string, place: Place): void => {
    const [next] = place.waiting;
    if (next === undefined) place.running -= 1;
    else next();
    if (place.running === 0) places.delete(key);
  };

  return {
    async take(key, waiting, signal) {
      if (signal.aborted) throw abortReason(signal);
      const place = places.get(key) ?? { running: 0, waiting: new Set() };
      places.set(key, place);
      if (place.running < maxAtOnce) place.running += 1;
      else if (place.waiting.size < (waiting.maxWaiting ?? Number.POSITIVE_INFINITY))
        await waitForTurn(place, waiting, signal);
      else throw waiting.refuse();
      let isGivenBack = false;
      return () => {
        if (!isGivenBack) giveBack(key, place);
        isGivenBack = true;
      };
    },
    running: () => [...places.values()].reduce((sum, { running }) => sum + running, 0),
  };
}

/** Resolves when somebody hands a turn over. */
function waitForTurn(place: Place, { maxWaitMs, refuse }: Waiting, signal: AbortSignal): Promise<void> {
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
      reject(refuse());
    }, maxWaitMs);
    place.waiting.add(onTurn);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
