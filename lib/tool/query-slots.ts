/** This process's share of the Logs Insights quota: at most so many queries in flight per account and region. */
import type { Target } from '../aws/ports/targets.ts';
import { createTurns } from '../domain/async/turns.ts';
import { AppError } from '../errors.ts';

export interface QuerySlots {
  /**
   * Waits for a slot.
   * @returns the function that gives it back; calling it twice does no harm
   * @throws AppError `limit_exceeded` after `maxWaitMs`, or the reason of the signal
   */
  take(target: Target, maxWaitMs: number, signal: AbortSignal): Promise<() => void>;
}

export function createQuerySlots(maxPerTarget: number): QuerySlots {
  const turns = createTurns(maxPerTarget);
  return {
    take({ account, region }, maxWaitMs, signal) {
      const refuse = (): AppError =>
        new AppError(
          'limit_exceeded',
          `This server may run ${maxPerTarget} log queries at once, and all are busy in account ${account}, region ${region} → wait until they end, then call again.`,
        );
      return turns.take(`${account}|${region}`, { maxWaitMs, refuse }, signal);
    },
  };
}
