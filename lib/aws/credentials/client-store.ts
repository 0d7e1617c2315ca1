/**
 * The SDK clients of a process: each made when it is first used, kept while it is used now and then, and bounded by
 * their number, since users × regions × services is not. A client that goes is only forgotten: its sockets are those of
 * all (client-base.ts), so a call that still has it ends as if nothing had happened.
 */
export interface ClientStore {
  /** The client of that key, made by `create` where there is none. */
  take<Client extends object>(key: string, create: () => Client): Client;
  forget(key: string): void;
  readonly size: number;
}

export interface ClientStoreOptions {
  readonly maxClients?: number;
  /** Current time in epoch milliseconds. */
  readonly clock?: () => number;
}

/** Measured: 18 to 20 kB each, so 50 MB. */
export const MAX_CLIENTS = 2_500;
/** Making a client costs half a millisecond. */
const MAX_IDLE_MS = 10 * 60_000;

export function createClientStore({
  maxClients = MAX_CLIENTS,
  clock = Date.now,
}: ClientStoreOptions = {}): ClientStore {
  // In the order of use: the first is the one that goes.
  const kept = new Map<string, { readonly client: object; readonly usedEpochMs: number }>();

  function dropIdle(nowEpochMs: number): void {
    for (const [key, { usedEpochMs }] of kept) {
      if (kept.size <= maxClients && nowEpochMs - usedEpochMs < MAX_IDLE_MS) return;
      kept.delete(key);
    }
  }

  return {
    take<Client extends object>(key: string, create: () => Client): Client {
      // A key names the kind of its client (session-clients.ts).
      const client = (kept.get(key)?.client as Client | undefined) ?? create();
      const usedEpochMs = clock();
      kept.delete(key);
      kept.set(key, { client, usedEpochMs });
      dropIdle(usedEpochMs);
      return client;
    },
    forget: (key) => void kept.delete(key),
    get size() {
      return kept.size;
    },
  };
}
