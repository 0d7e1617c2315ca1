import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/support/check-of.ts';
import { createLogger } from '../telemetry/logger.ts';
import { FetchFault } from './fetch-json.ts';
import type { KeySet } from './key-set.ts';
import { createKeyStore } from './key-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function keySet(...ids: readonly string[]): KeySet {
  return { ids, has: (id) => ids.includes(id), verify: () => ({}) };
}

/** A store whose issuer the test plays: each load waits until it is answered. */
function bench() {
  let now = 1_000_000;
  const lines: string[] = [];
  const loads: { resolve: (keys: KeySet) => void; reject: (error: unknown) => void }[] = [];
  let answer: 'manual' | KeySet | Error = keySet('a');
  let count = 0;
  const store = createKeyStore({
    issuer: 'https://login.example.com',
    clock: () => now,
    logger: createLogger({ logLevel: 'DEBUG', transport: 'http' }, (line) => lines.push(line)),
    load: () => {
      count += 1;
      if (answer === 'manual') return new Promise((resolve, reject) => loads.push({ resolve, reject }));
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return {
    store,
    lines,
    loads,
    loadCount: () => count,
    setAnswer: (next: typeof answer) => {
      answer = next;
    },
    wait: (ms: number) => {
      now += ms;
    },
    ask: (kid: string) => refusalOf(async () => expect((await store.keysFor(kid)).has(kid)).toBe(true)),
    isKnown: async (kid: string) => (await store.keysFor(kid)).has(kid),
  };
}

const DOWN = new FetchFault('could not be reached (ECONNREFUSED)');

describe('loading', () => {
  it('happens at the first request, once for all who wait', async () => {
    const { store, setAnswer, loads, loadCount } = bench();
    setAnswer('manual');
    expect(loadCount()).toBe(0);
    const waiting = Array.from({ length: 50 }, () => store.keysFor('a'));
    expect(loadCount()).toBe(1);
    loads[0]?.resolve(keySet('a'));
    expect((await Promise.all(waiting)).every((keys) => keys.has('a'))).toBe(true);
    await store.keysFor('a');
    expect(loadCount()).toBe(1);
    expect(store.hasKeys()).toBe(true);
  });

  it('happens again each hour: beside the request from 55 minutes on, before it from 60 on', async () => {
    const { ask, isKnown, wait, setAnswer, loads, loadCount } = bench();
    await ask('a');
    wait(55 * MINUTE - 1);
    await ask('a');
    expect(loadCount()).toBe(1);
    wait(1);
    setAnswer('manual');
    expect(await ask('a')).toBe('none');
    expect(loadCount()).toBe(2);
    wait(5 * MINUTE);
    const waiting = isKnown('b');
    loads[0]?.resolve(keySet('b'));
    expect(await waiting).toBe(true);
    expect(loadCount()).toBe(2);
  });

  it('replaces the keys: one that is gone is gone', async () => {
    const { ask, isKnown, wait, setAnswer } = bench();
    await ask('a');
    setAnswer(keySet('b'));
    wait(HOUR);
    expect(await isKnown('b')).toBe(true);
    expect(await isKnown('a')).toBe(false);
  });

  it('says 503 when an issuer takes all its keys back, and asks again soon', async () => {
    const { ask, store, wait, setAnswer } = bench();
    await ask('a');
    setAnswer(keySet());
    wait(HOUR);
    expect(await ask('a')).toBe('temporarily_unavailable');
    expect(store.hasKeys()).toBe(false);
    setAnswer(keySet('a'));
    wait(8_000);
    expect(await ask('a')).toBe('none');
  });
});

describe('an outage', () => {
  it('that is there from the start is asked about every 8 s only', async () => {
    const { ask, store, wait, setAnswer, loadCount, lines } = bench();
    setAnswer(DOWN);
    for (let count = 0; count < 20; count += 1) expect(await ask('a')).toBe('temporarily_unavailable');
    expect(loadCount()).toBe(1);
    wait(7_999);
    await ask('a');
    expect(loadCount()).toBe(1);
    wait(1);
    setAnswer(keySet('a'));
    expect(await ask('a')).toBe('none');
    expect(store.hasKeys()).toBe(true);
    expect(lines[0]).toContain('could not be reached (ECONNREFUSED)');
    expect(lines[0]?.length).toBeLessThan(300);
  });

  it('is bridged for a day by the last good keys, without anybody waiting', async () => {
    const { ask, wait, setAnswer, loads, loadCount } = bench();
    await ask('a');
    setAnswer(DOWN);
    wait(HOUR);
    expect(await ask('a')).toBe('none');
    wait(9_000);
    setAnswer('manual');
    expect(await ask('a')).toBe('none');
    expect(loadCount()).toBe(3);
    loads[0]?.reject(DOWN);
    setAnswer(DOWN);
    wait(22 * HOUR);
    expect(await ask('a')).toBe('none');
    wait(HOUR);
    expect(await ask('a')).toBe('temporarily_unavailable');
  });

  it('makes an unknown key a 503, not a 401: it may be new', async () => {
    const { ask, wait, setAnswer } = bench();
    await ask('a');
    setAnswer(DOWN);
    expect(await ask('b')).toBe('temporarily_unavailable');
    expect(await ask('a')).toBe('none');
    setAnswer(keySet('a', 'b'));
    wait(10_000);
    expect(await ask('b')).toBe('none');
  });

  it('of an unforeseen kind is an outage too', async () => {
    const { ask, setAnswer, lines } = bench();
    setAnswer(new TypeError('boom'));
    expect(await ask('a')).toBe('temporarily_unavailable');
    expect(lines[0]).toContain('failed unexpectedly');
  });
});

describe('an unknown key', () => {
  it('is looked for at once, then every 10 s at most', async () => {
    const { ask, isKnown, wait, setAnswer, loadCount } = bench();
    await ask('a');
    setAnswer(keySet('a', 'b'));
    expect(await ask('b')).toBe('none');
    expect(loadCount()).toBe(2);
    for (let count = 0; count < 100; count += 1) expect(await isKnown(`x-${count}`)).toBe(false);
    expect(loadCount()).toBe(2);
    wait(9_999);
    expect(await isKnown('c')).toBe(false);
    expect(loadCount()).toBe(2);
    wait(1);
    setAnswer(keySet('c'));
    expect(await isKnown('c')).toBe(true);
  });

  it('keeps nobody waiting who has a known one', async () => {
    const { store, ask, setAnswer, loads, loadCount } = bench();
    await ask('a');
    setAnswer('manual');
    const strangers = Array.from({ length: 1_000 }, (_, index) => store.keysFor(`x-${index}`));
    expect(await ask('a')).toBe('none');
    expect(loadCount()).toBe(2);
    loads[0]?.resolve(keySet('a'));
    expect((await Promise.all(strangers)).every((keys) => keys.has('a'))).toBe(true);
    expect(loadCount()).toBe(2);
  });
});
