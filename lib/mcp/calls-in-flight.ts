/**
 * Ties a 2025-era `notifications/cancelled` to the call that it means. Those clients cancel by a request of its own,
 * with an id that is a counter per connection: so a call is cancelled only when exactly one of that principal has the
 * id in this process; otherwise the tool's own time limit ends it.
 */
import { AppError } from '../errors.ts';

export interface CallInFlight {
  readonly signal: AbortSignal;
  /** Must be called when the call is over. */
  end(): void;
}

export interface CallsInFlight {
  start(principal: string, requestId: string | number): CallInFlight;
  /** Whether a call was cancelled. */
  cancel(principal: string, requestId: string | number): boolean;
}

export function createCallsInFlight(): CallsInFlight {
  const calls = new Map<string, Set<AbortController>>();
  // The type of the id is part of it: 1 and "1" are different requests.
  const keyOf = (principal: string, requestId: string | number): string => JSON.stringify([principal, requestId]);
  return {
    start(principal, requestId) {
      const key = keyOf(principal, requestId);
      const controller = new AbortController();
      const same = calls.get(key) ?? new Set();
      calls.set(key, same.add(controller));
      return {
        signal: controller.signal,
        end() {
          same.delete(controller);
          if (same.size === 0 && calls.get(key) === same) calls.delete(key);
        },
      };
    },
    cancel(principal, requestId) {
      const [call, ...others] = calls.get(keyOf(principal, requestId)) ?? [];
      if (call === undefined || others.length > 0) return false;
      call.abort(
        new AppError('cancelled', 'The call was cancelled by the client → call again if the answer is still wanted.'),
      );
      return true;
    },
  };
}
