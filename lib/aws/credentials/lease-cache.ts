/**
 * Values that cost a call to get, expire, and must be disposed of: kept by key, fetched once however many ask, lent out
 * so that nothing is disposed of while it is in use. Refusals are remembered for a while, other failures are not.
 */
import { untilAborted } from '../../domain/async/until-aborted.ts';
import { abortReason } from '../../errors.ts';

export interface Lease<Value> {
  readonly value: Value;
  /** Must be called when the use is over; further calls do nothing. */
  release(): void;
  /** Nobody gets the value from here on; those who have it may finish. */
  discard(): void;
}

export interface Loaded<Value> {
  readonly value: Value;
  /** From when on the value is not lent any more; may lie in the past, then those who wait for it still get it. */
  readonly keepUntilEpochMs: number;
}

export interface LeaseCacheOptions<Value> {
  /** Beyond it the least recently used goes. */
  readonly maxEntries: number;
  /** How long a refusal answers for the key. */
  readonly refusalMs: number;
  readonly isRefusal: (error: unknown) => boolean;
  /** Called once per value, when nobody uses it any more. */
  readonly dispose: (value: Value) => void;
  readonly clock: () => number;
}

interface Entry<Value> extends Loaded<Value> {
  users: number;
  isKept: boolean;
  isDisposed: boolean;
}

interface Flight<Value> {
  readonly promise: Promise<Entry<Value>>;
  waiters: number;
  entry?: Entry<Value>;
}

interface Refusal {
  readonly error: unknown;
  readonly untilEpochMs: number;
}

/** Expired entries are thrown away at this pace, by whoever asks next. */
const SWEEP_INTERVAL_MS = 60_000;

export class LeaseCache<Value> {
  readonly #options: LeaseCacheOptions<Value>;
  // In the order of use: the first is the one that goes.
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #refusals = new Map<string, Refusal>();
  readonly #flights = new Map<string, Flight<Value>>();
  #isClosed = false;
  #nextSweepEpochMs = 0;

  constructor(options: LeaseCacheOptions<Value>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * @param load one call of it serves all who ask meanwhile; it is not ended by their signals
   * @throws what `load` throws, or the reason of `signal`
   */
  async acquire(key: string, load: () => Promise<Loaded<Value>>, signal: AbortSignal): Promise<Lease<Value>> {
    if (signal.aborted) throw abortReason(signal);
    const nowEpochMs = this.#options.clock();
    this.#sweep(nowEpochMs);
    const refusal = this.#refusals.get(key);
    if (refusal !== undefined && refusal.untilEpochMs > nowEpochMs) throw refusal.error;
    const kept = this.#findKept(key, nowEpochMs);
    if (kept !== undefined) {
      kept.users += 1;
      return this.#lend(key, kept);
    }
    const flight = this.#flights.get(key) ?? this.#startFlight(key, load);
    return this.#lend(key, await this.#board(flight, signal));
  }

  /** Disposes of everything, in use or not. */
  close(): void {
    this.#isClosed = true;
    for (const [key, entry] of this.#entries) {
      entry.users = 0;
      this.#evict(key, entry);
    }
    this.#refusals.clear();
  }

  #findKept(key: string, nowEpochMs: number): Entry<Value> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.keepUntilEpochMs <= nowEpochMs) {
      this.#evict(key, entry);
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #startFlight(key: string, load: () => Promise<Loaded<Value>>): Flight<Value> {
    const flight: Flight<Value> = { promise: Promise.resolve().then(() => this.#fly(key, flight, load)), waiters: 0 };
    // Whoever waits gets the failure; without anyone it is nobody's.
    flight.promise.catch(() => undefined);
    this.#flights.set(key, flight);
    return flight;
  }

  async #fly(key: string, flight: Flight<Value>, load: () => Promise<Loaded<Value>>): Promise<Entry<Value>> {
    try {
      const loaded = await load();
      // Counted before anybody wakes up, so that the first to finish does not take it from the rest.
      const entry: Entry<Value> = { ...loaded, users: flight.waiters, isKept: false, isDisposed: false };
      flight.entry = entry;
      this.#keep(key, entry);
      this.#disposeIfUnused(entry);
      return entry;
    } catch (error) {
      this.#remember(key, error);
      throw error;
    } finally {
      this.#flights.delete(key);
    }
  }

  /** Waits with the others; who leaves early is counted off. */
  async #board(flight: Flight<Value>, signal: AbortSignal): Promise<Entry<Value>> {
    flight.waiters += 1;
    try {
      return await untilAborted(flight.promise, signal);
    } catch (error) {
      flight.waiters -= 1;
      if (flight.entry !== undefined) this.#giveBack(flight.entry);
      throw error;
    }
  }

  #lend(key: string, entry: Entry<Value>): Lease<Value> {
    let isReleased = false;
    return {
      value: entry.value,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#giveBack(entry);
      },
      discard: () => this.#evict(key, entry),
    };
  }

  #giveBack(entry: Entry<Value>): void {
    entry.users -= 1;
    this.#disposeIfUnused(entry);
  }

  #keep(key: string, entry: Entry<Value>): void {
    if (this.#isClosed || entry.keepUntilEpochMs <= this.#options.clock()) return;
    entry.isKept = true;
    this.#entries.set(key, entry);
    const [oldest] = this.#entries;
    if (this.#entries.size > this.#options.maxEntries && oldest !== undefined) this.#evict(...oldest);
  }

  #remember(key: string, error: unknown): void {
    if (this.#isClosed || !this.#options.isRefusal(error)) return;
    this.#refusals.delete(key);
    this.#refusals.set(key, { error, untilEpochMs: this.#options.clock() + this.#options.refusalMs });
    const [oldest] = this.#refusals.keys();
    if (this.#refusals.size > this.#options.maxEntries && oldest !== undefined) this.#refusals.delete(oldest);
  }

  #sweep(nowEpochMs: number): void {
    if (nowEpochMs < this.#nextSweepEpochMs) return;
    this.#nextSweepEpochMs = nowEpochMs + SWEEP_INTERVAL_MS;
    for (const [key, entry] of this.#entries) if (entry.keepUntilEpochMs <= nowEpochMs) this.#evict(key, entry);
    for (const [key, { untilEpochMs }] of this.#refusals) if (untilEpochMs <= nowEpochMs) this.#refusals.delete(key);
  }

  #evict(key: string, entry: Entry<Value>): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
    entry.isKept = false;
    this.#disposeIfUnused(entry);
  }

  #disposeIfUnused(entry: Entry<Value>): void {
    if (entry.isKept || entry.users > 0 || entry.isDisposed) return;
    entry.isDisposed = true;
    this.#options.dispose(entry.value);
  }
}
