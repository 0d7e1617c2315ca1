import { describe, expect, it } from 'vitest';
import { createCallsInFlight } from './calls-in-flight.ts';

describe('calls in flight', () => {
  it('cancels the one call of that principal with that id', () => {
    const calls = createCallsInFlight();
    const mine = calls.start('ann', 7);
    const theirs = calls.start('bob', 7);
    const text = calls.start('ann', '7');
    expect(calls.cancel('ann', 7)).toBe(true);
    expect([mine.signal.aborted, theirs.signal.aborted, text.signal.aborted]).toEqual([true, false, false]);
    expect(mine.signal.reason).toMatchObject({ code: 'cancelled' });
  });

  it('cancels nothing when two calls share the id, until one of them has ended', () => {
    const calls = createCallsInFlight();
    const first = calls.start('ann', 1);
    const second = calls.start('ann', 1);
    expect(calls.cancel('ann', 1)).toBe(false);
    expect(first.signal.aborted || second.signal.aborted).toBe(false);
    first.end();
    expect(calls.cancel('ann', 1)).toBe(true);
    expect(second.signal.aborted).toBe(true);
  });

  it('knows nothing of calls that have ended or never were', () => {
    const calls = createCallsInFlight();
    calls.start('ann', 1).end();
    expect(calls.cancel('ann', 1)).toBe(false);
    expect(calls.cancel('ann', 2)).toBe(false);
  });
});
