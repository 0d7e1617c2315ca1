/** Where the authorization server keeps clients, codes and sessions: in this process, until it ends. */

interface Payload {
  readonly uid?: string;
  readonly userCode?: string;
  readonly grantId?: string;
  consumed?: number;
}

interface Stored {
  readonly payload: Payload;
  readonly expiresEpochMs: number;
}

/** One store per issuer, so that two of them in one process share nothing. */
export function createMemoryAdapter() {
  const store = new Map<string, Stored>();
  return (model: string) => createModelAdapter(model, store);
}

function createModelAdapter(model: string, store: Map<string, Stored>) {
  const keyOf = (id: string): string => `${model}:${id}`;
  const isAlive = ({ expiresEpochMs }: Stored): boolean => expiresEpochMs > Date.now();
  const findBy = (isMatch: (payload: Payload) => boolean): Payload | undefined =>
    [...store].find(([key, stored]) => key.startsWith(`${model}:`) && isAlive(stored) && isMatch(stored.payload))?.[1]
      .payload;
  return {
    async upsert(id: string, payload: Payload, expiresInSeconds?: number) {
      const expiresEpochMs =
        expiresInSeconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresInSeconds * 1_000;
      store.set(keyOf(id), { payload, expiresEpochMs });
    },
    async find(id: string) {
      const stored = store.get(keyOf(id));
      return stored !== undefined && isAlive(stored) ? stored.payload : undefined;
    },
    findByUid: async (uid: string) => findBy((payload) => payload.uid === uid),
    findByUserCode: async (userCode: string) => findBy((payload) => payload.userCode === userCode),
    async consume(id: string) {
      const stored = store.get(keyOf(id));
      if (stored !== undefined) stored.payload.consumed = Math.floor(Date.now() / 1_000);
    },
    async destroy(id: string) {
      store.delete(keyOf(id));
    },
    async revokeByGrantId(grantId: string) {
      for (const [key, { payload }] of store) if (payload.grantId === grantId) store.delete(key);
    },
  };
}
