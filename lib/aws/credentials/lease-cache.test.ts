import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { AppError } from '../../errors.ts';
import { LeaseCache, type Loaded } from './lease-cache.ts';

const KEEP_MS = 10_000;

/** A cache of values that remember whether they were disposed of, with a clock of the test's own. */
function createBench(maxEntries = 3) {
  const state = { nowEpochMs: 1_000, loads: 0, disposed: [] as string[] };
  const cache = new LeaseCache<string>({
    maxEntries,
    refusalMs: 30_000,
    isRefusal: (error) => error instanceof AppError && error.code === 'role_denied',
    dispose: (value) => void state.disposed.push(value),
    clock: () => state.nowEpochMs,
  });
  const load = async (): Promise<Loaded<string>> => {
    state.loads += 1;
    return { value: `v${state.loads}`, keepUntilEpochMs: state.nowEpochMs + KEEP_MS };
  };
  const signal = new AbortController().signal;
  return { state, cache, load, signal, get: (key: string) => cache.acquire(key, load, signal) };
}

function createGate<Value>() {
  let open: (value: Value) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

describe('the lease cache', () => {
  it('loads once and lends the same value until its time is over', async () => {
    const { state, get } = createBench();
    const first = await get('a');
    first.release();
    expect((await get('a')).value).toBe('v1');
    state.nowEpochMs += KEEP_MS - 1;
    expect((await get('a')).value).toBe('v1');
    state.nowEpochMs += 1;
    expect((await get('a')).value).toBe('v2');
    expect(state.loads).toBe(2);
  });

  it('loads once for all who ask at once, and separately for another key', async () => {
    const { state, get } = createBench();
    const leases = await Promise.all([...Array.from({ length: 20 }, () => get('a')), get('b')]);
    expect(state.loads).toBe(2);
    expect(new Set(leases.slice(0, 20).map(({ value }) => value)).size).toBe(1);
    expect(leases[20]?.value).not.toBe(leases[0]?.value);
  });

  it('disposes of an expired value only when its last user is done, and once', async () => {
    const { state, get } = createBench();
    const [one, two] = await Promise.all([get('a'), get('a')]);
    state.nowEpochMs += KEEP_MS;
    await get('a');
    expect(state.disposed).toEqual([]);
    one.release();
    one.release();
    expect(state.disposed).toEqual([]);
    two.release();
    two.release();
    expect(state.disposed).toEqual(['v1']);
  });

  it('evicts the least recently used beyond its limit, but not from under its users', async () => {
    const { state, cache, get } = createBench(2);
    const a = await get('a');
    (await get('b')).release();
    (await get('a')).release();
    (await get('c')).release();
    expect(state.disposed).toEqual(['v2']);
    (await get('d')).release();
    expect(state.disposed).toEqual(['v2']);
    a.release();
    expect(state.disposed).toEqual(['v2', 'v1']);
    expect(cache.size).toBe(2);
  });

  it('sweeps what nobody asks for any more', async () => {
    const { state, cache, get } = createBench();
    (await get('a')).release();
    state.nowEpochMs += 60_001;
    (await get('b')).release();
    expect([cache.size, state.disposed]).toEqual([1, ['v1']]);
  });

  it('gives a new value after one was discarded', async () => {
    const { state, get } = createBench();
    const first = await get('a');
    const second = await get('a');
    first.discard();
    expect((await get('a')).value).toBe('v2');
    first.discard();
    expect((await get('a')).value).toBe('v2');
    first.release();
    second.release();
    expect(state.disposed).toEqual(['v1']);
  });

  it('lends a value that expires at once to those who wait for it, then disposes of it', async () => {
    const { state, cache, signal } = createBench();
    const load = async () => ({ value: 'short', keepUntilEpochMs: 0 });
    const leases = await Promise.all([cache.acquire('a', load, signal), cache.acquire('a', load, signal)]);
    expect(leases.map(({ value }) => value)).toEqual(['short', 'short']);
    leases[0]?.release();
    expect(state.disposed).toEqual([]);
    leases[1]?.release();
    expect([state.disposed, cache.size]).toEqual([['short'], 0]);
  });

  it('remembers a refusal for its time, and asks again after it', async () => {
    const { state, cache, signal, get } = createBench();
    let asked = 0;
    const refuse = async (): Promise<never> => {
      asked += 1;
      throw new AppError('role_denied', 'No → stop.');
    };
    for (let call = 0; call < 3; call += 1)
      await expect(cache.acquire('a', refuse, signal)).rejects.toMatchObject({ code: 'role_denied' });
    expect(asked).toBe(1);
    expect((await get('b')).value).toBe('v1');
    state.nowEpochMs += 29_999;
    await expect(get('a')).rejects.toMatchObject({ code: 'role_denied' });
    state.nowEpochMs += 1;
    expect((await get('a')).value).toBe('v2');
  });

  it('does not remember any other failure, a synchronous one neither', async () => {
    const { cache, signal, get } = createBench();
    const throwing = (): never => {
      throw new AppError('throttled', 'Slow → wait.');
    };
    await expect(cache.acquire('a', throwing, signal)).rejects.toMatchObject({ code: 'throttled' });
    expect((await get('a')).value).toBe('v1');
  });

  it('bounds the refusals that it remembers', async () => {
    const { cache, signal } = createBench(2);
    let asked = 0;
    const refuse = async (): Promise<never> => {
      asked += 1;
      throw new AppError('role_denied', 'No → stop.');
    };
    for (const key of ['a', 'b', 'c', 'a']) await expect(cache.acquire(key, refuse, signal)).rejects.toThrow('No');
    expect(asked).toBe(4);
  });

  it('lets one who waits leave without spoiling it for the rest', async () => {
    const { state, cache, signal } = createBench();
    const gate = createGate<Loaded<string>>();
    const impatient = new AbortController();
    const left = cache.acquire('a', () => gate.promise, impatient.signal);
    const stayed = cache.acquire('a', () => gate.promise, signal);
    impatient.abort();
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    gate.open({ value: 'late', keepUntilEpochMs: 0 });
    const lease = await stayed;
    expect([lease.value, state.disposed]).toEqual(['late', []]);
    lease.release();
    expect(state.disposed).toEqual(['late']);
  });

  it('keeps what arrives when nobody waits any more, or disposes of it if it cannot be kept', async () => {
    const { state, cache, get } = createBench();
    for (const [key, keepUntilEpochMs] of [
      ['a', 5_000],
      ['b', 0],
    ] as const) {
      const gate = createGate<Loaded<string>>();
      const impatient = new AbortController();
      const left = cache.acquire(key, () => gate.promise, impatient.signal);
      impatient.abort();
      await expect(left).rejects.toMatchObject({ code: 'cancelled' });
      gate.open({ value: `late ${key}`, keepUntilEpochMs });
      await new Promise(setImmediate);
    }
    expect(state.disposed).toEqual(['late b']);
    expect((await get('a')).value).toBe('late a');
  });

  it('is not asked by a signal that was aborted before, and leaves no failure unhandled', async () => {
    const { state, cache, load } = createBench();
    await expect(cache.acquire('a', load, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(state.loads).toBe(0);
    const gate = createGate<Loaded<string>>();
    const impatient = new AbortController();
    const left = cache.acquire('a', () => gate.promise, impatient.signal);
    impatient.abort();
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    gate.fail(new Error('too late for anybody'));
    await new Promise(setImmediate);
  });

  it('disposes of everything when it is closed, also of what arrives later', async () => {
    const { state, cache, signal, get } = createBench();
    const lent = await get('a');
    const gate = createGate<Loaded<string>>();
    const waiting = cache.acquire('b', () => gate.promise, signal);
    cache.close();
    expect(state.disposed).toEqual(['v1']);
    lent.release();
    gate.open({ value: 'late', keepUntilEpochMs: 99_999_999 });
    (await waiting).release();
    expect([state.disposed, cache.size]).toEqual([['v1', 'late'], 0]);
  });

  it('never lends what is disposed of, and disposes of all exactly once, whatever the order', async () => {
    const steps = fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c', 'd'),
        act: fc.constantFrom('get', 'release', 'discard', 'wait'),
      }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const { state, cache, get } = createBench(2);
        const held: Awaited<ReturnType<typeof get>>[] = [];
        for (const { key, act } of sequence) {
          if (act === 'get') {
            const lease = await get(key);
            expect(state.disposed).not.toContain(lease.value);
            held.push(lease);
          }
          if (act === 'release') held.shift()?.release();
          if (act === 'discard') held[0]?.discard();
          if (act === 'wait') state.nowEpochMs += KEEP_MS / 2;
          for (const { value } of held) expect(state.disposed).not.toContain(value);
        }
        for (const lease of held) lease.release();
        cache.close();
        expect(state.disposed.toSorted()).toEqual(
          Array.from({ length: state.loads }, (_, i) => `v${i + 1}`).toSorted(),
        );
      }),
    );
  });
});
