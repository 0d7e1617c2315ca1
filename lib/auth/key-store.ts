/**
 * The keys of one issuer over time: loaded when first needed, anew each hour and for an unknown key id, kept for a day of
 * outage. One load at a time; nobody who holds a token of a known key waits for strangers.
 */
import { AppError } from '../errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { FetchFault } from './fetch-json.ts';
import type { KeySet } from './key-set.ts';

export interface KeyStore {
  /**
   * The keys to judge a token of this key id by; they may lack it.
   * @throws AppError `temporarily_unavailable` where the keys cannot be had
   */
  keysFor(keyId: string): Promise<KeySet>;
  /** Loads the keys if they are missing or old. Never rejects. */
  refreshIfDue(): Promise<void>;
  hasKeys(): boolean;
}

export interface KeyStoreOptions {
  readonly issuer: string;
  /** @throws FetchFault */
  readonly load: () => Promise<KeySet>;
  readonly clock: () => number;
  readonly logger: Logger;
}

/** From here on a load is started beside the request, so that usually nobody waits for the hourly one. */
const SOON_MS = 55 * 60_000;
const REFRESH_MS = 60 * 60_000;
const MAX_OUTAGE_MS = 24 * 3_600_000;
const UNKNOWN_KEY_PAUSE_MS = 10_000;
const FAILURE_PAUSE_MS = 8_000;

export function createKeyStore({ issuer, load, clock, logger }: KeyStoreOptions): KeyStore {
  let current: { readonly keys: KeySet; readonly epochMs: number } | undefined;
  let failedEpochMs: number | undefined;
  let strangerEpochMs = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  function ageMs(): number {
    return current === undefined ? Number.POSITIVE_INFINITY : clock() - current.epochMs;
  }

  function usable(): KeySet | undefined {
    const keys = ageMs() < MAX_OUTAGE_MS ? current?.keys : undefined;
    // An issuer that publishes no key has taken all of them back: then none of the earlier ones may serve.
    return keys?.ids.length === 0 ? undefined : keys;
  }

  function isPausing(): boolean {
    return failedEpochMs !== undefined && clock() - failedEpochMs < FAILURE_PAUSE_MS;
  }

  async function run(): Promise<void> {
    try {
      const keys = await load();
      const isNew = keys.ids.join() !== current?.keys.ids.join();
      current = { keys, epochMs: clock() };
      if (keys.ids.length === 0) throw new FetchFault('publishes no key that can be used');
      failedEpochMs = undefined;
      if (isNew) logger.info('auth: issuer keys loaded', { issuer, keyIds: keys.ids });
    } catch (error) {
      failedEpochMs = clock();
      const hasKeys = usable() !== undefined;
      // The reason of a fault names its cause; stacks of sockets would say nothing more, in a line that comes again and again.
      const why = error instanceof FetchFault ? { reason: error.message } : { reason: 'failed unexpectedly', error };
      logger.warn('auth: issuer keys not loaded', { issuer, ...why, hasKeys });
    }
  }

  function startLoad(): Promise<void> {
    loading ??= run().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  async function refreshIfDue(): Promise<void> {
    const age = ageMs();
    const isDue = age >= SOON_MS || usable() === undefined;
    if (!isDue || (loading === undefined && isPausing())) return;
    // During an outage requests go on with the last good keys at once.
    const canGoOn = usable() !== undefined && (age < REFRESH_MS || failedEpochMs !== undefined);
    const load = startLoad();
    if (!canGoOn) await load;
  }

  /** One request for keys per pause, however many strangers come with keys of their own. */
  async function lookForKey(): Promise<void> {
    if (loading !== undefined) {
      await loading;
    } else if (!isPausing() && clock() - strangerEpochMs >= UNKNOWN_KEY_PAUSE_MS) {
      strangerEpochMs = clock();
      await startLoad();
    }
  }

  return {
    async keysFor(keyId) {
      await refreshIfDue();
      const known = usable();
      if (known?.has(keyId) === true) return known;
      if (known !== undefined) await lookForKey();
      const keys = usable();
      // A key that may be new cannot be called wrong while the issuer does not answer.
      if (keys === undefined || (!keys.has(keyId) && failedEpochMs !== undefined)) throw unavailable();
      return keys;
    },
    refreshIfDue,
    hasKeys: () => usable() !== undefined,
  };
}

function unavailable(): AppError {
  return new AppError(
    'temporarily_unavailable',
    'The keys of the sign-in service cannot be had at the moment, so the token cannot be checked: try again in some seconds.',
  );
}
