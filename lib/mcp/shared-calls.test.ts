import { describe, expect, it } from 'vitest';
import { createSharedCalls } from './shared-calls.ts';

/** Work that ends when it is told to, and counts how often it was begun. */
function createWork() {
  const signals: AbortSignal[] = [];
  const ends: ((value: string) => void)[] = [];
  return {
    signals,
    end: (value: string) => ends.at(-1)?.(value),
    work: (signal: AbortSignal): Promise<string> => {
      signals.push(signal);
      return new Promise((resolve) => ends.push(resolve));
    },
  };
}

const signalOf = () => new AbortController();

describe('createSharedCalls', () => {
  it('does the same work once for all who ask at one time, and again later', async () => {
    const calls = createSharedCalls();
    const { work, signals, end } = createWork();
    const both = [1, 2].map(() => calls.join('a', signalOf().signal, work));
    end('one');
    expect(await Promise.all(both)).toEqual(['one', 'one']);
    const later = calls.join('a', signalOf().signal, work);
    end('two');
    expect(await later).toBe('two');
    expect(signals).toHaveLength(2);
  });

  it('keeps different questions apart', async () => {
    const calls = createSharedCalls();
    expect(await Promise.all(['a', 'b'].map((key) => calls.join(key, signalOf().signal, async () => key)))).toEqual([
      'a',
      'b',
    ]);
  });

  it('goes on for the one who stays, and is aborted when the last one goes', async () => {
    const calls = createSharedCalls();
    const { work, signals } = createWork();
    const [first, second] = [signalOf(), signalOf()];
    const waiting = [first, second].map(({ signal }) => calls.join('a', signal, work).catch((error: unknown) => error));
    first.abort(new Error('first left'));
    expect(signals[0]?.aborted).toBe(false);
    second.abort(new Error('second left'));
    expect(signals[0]?.aborted).toBe(true);
    expect(await Promise.all(waiting)).toEqual([
      expect.objectContaining({ code: 'cancelled' }),
      expect.objectContaining({ code: 'cancelled' }),
    ]);
  });

  it('begins anew after an abort, and hands a failure to all', async () => {
    const calls = createSharedCalls();
    const left = signalOf();
    const gone = calls.join('a', left.signal, () => new Promise(() => undefined)).catch(() => 'gone');
    left.abort();
    expect(await calls.join('a', signalOf().signal, async () => 'new')).toBe('new');
    expect(await gone).toBe('gone');
    const fail = () => Promise.reject(new Error('no'));
    const both = [1, 2].map(() => calls.join('b', signalOf().signal, fail).catch((error: Error) => error.message));
    expect(await Promise.all(both)).toEqual(['no', 'no']);
  });
});
