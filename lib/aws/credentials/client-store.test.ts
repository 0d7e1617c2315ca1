import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { createClientStore } from './client-store.ts';

const MINUTE_MS = 60_000;

describe('createClientStore', () => {
  it('makes a client when it is first used, and once', () => {
    const store = createClientStore();
    const first = store.take('a', () => ({}));
    expect(store.take('a', () => ({}))).toBe(first);
    store.forget('a');
    expect(store.take('a', () => ({}))).not.toBe(first);
  });

  it('lets those go that have been idle for ten minutes', () => {
    let now = 0;
    const store = createClientStore({ clock: () => now });
    store.take('idle', () => ({}));
    const used = store.take('used', () => ({}));
    now = 9 * MINUTE_MS;
    expect(store.take('used', () => ({}))).toBe(used);
    now = 11 * MINUTE_MS;
    store.take('new', () => ({}));
    expect(store.size).toBe(2);
    expect(store.take('used', () => ({}))).toBe(used);
  });

  it('never keeps more than its bound, and always those used last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(9), { maxLength: 60 }), (maxClients, keys) => {
        const store = createClientStore({ maxClients });
        const taken = new Map<string, object>();
        const recent: string[] = [];
        for (const key of keys.map(String)) {
          const isKept = recent.slice(-maxClients).includes(key);
          const client = store.take(key, () => ({}));
          if (isKept) expect(client).toBe(taken.get(key));
          else expect(client).not.toBe(taken.get(key));
          taken.set(key, client);
          if (recent.includes(key)) recent.splice(recent.indexOf(key), 1);
          recent.push(key);
          expect(store.size).toBe(Math.min(maxClients, recent.length));
        }
      }),
    );
  });
});
