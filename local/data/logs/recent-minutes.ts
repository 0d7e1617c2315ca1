import type { LogEvent } from './log-group.ts';

/** About 80 MB: three hours of the busiest group are 80,000. */
const MAX_EVENTS = 200_000;

/**
 * Minutes of log events that were written lately. A query reads the minutes that the one before it read, and writing
 * them takes longer than all else that a query does. Those read longest ago make room.
 */
export class RecentMinutes {
  readonly #maxEvents: number;
  readonly #minutes = new Map<string, readonly LogEvent[]>();
  #eventCount = 0;

  constructor(maxEvents = MAX_EVENTS) {
    this.#maxEvents = maxEvents;
  }

  /** Events held at the moment. */
  get eventCount(): number {
    return this.#eventCount;
  }

  /** The events under a key: those written before, or else what `write` gives now. */
  read(key: string, write: () => readonly LogEvent[]): readonly LogEvent[] {
    const known = this.#minutes.get(key);
    const events = known ?? write();
    if (known === undefined) this.#eventCount += events.length;
    else this.#minutes.delete(key);
    this.#minutes.set(key, events);
    for (const [oldest, { length }] of this.#minutes) {
      if (this.#eventCount <= this.#maxEvents) break;
      this.#minutes.delete(oldest);
      this.#eventCount -= length;
    }
    return events;
  }
}
