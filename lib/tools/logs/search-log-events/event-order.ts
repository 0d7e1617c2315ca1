/** In which order a back end really gives events: some ignore `startFromHead`, and answer oldest first whatever is asked. Pure. */
import type { LogEvent } from '../../../aws/ports/logs.ts';

export type EventOrder = 'newest first' | 'oldest first' | 'none';

/** Sees events as they come; until two of different times came, the order is the one asked for. */
export function watchOrder(isNewestFirst: boolean): { see(event: LogEvent): void; order(): EventOrder } {
  let lastEpochMs: number | undefined;
  let hasRisen = false;
  let hasFallen = false;
  return {
    see({ epochMs }) {
      hasRisen ||= lastEpochMs !== undefined && epochMs > lastEpochMs;
      hasFallen ||= lastEpochMs !== undefined && epochMs < lastEpochMs;
      lastEpochMs = epochMs;
    },
    order() {
      if (hasRisen && hasFallen) return 'none';
      if (hasRisen || hasFallen) return hasRisen ? 'oldest first' : 'newest first';
      return isNewestFirst ? 'newest first' : 'oldest first';
    },
  };
}
