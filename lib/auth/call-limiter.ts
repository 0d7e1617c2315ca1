/** How many tools a principal may call in a minute, per process. Never per address: all users of a chat share one. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Principal } from './principal.ts';

export interface CallLimiter {
  /** Counts calls. Undefined where they may go on, else the whole seconds after which they may. */
  take(principal: Principal, calls: number): Promise<number | undefined>;
}

const WINDOW_SECONDS = 60;

/** @param perMinute 0 for no limit */
export function createCallLimiter(perMinute: number): CallLimiter {
  if (perMinute === 0) return { take: async () => undefined };
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  return {
    async take({ issuer, subject }, calls) {
      if (calls === 0) return undefined;
      try {
        await limiter.consume(JSON.stringify([issuer, subject]), calls);
        return undefined;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      }
    },
  };
}
