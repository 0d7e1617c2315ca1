import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { limitTime, startTimeLimit } from './time-limit.ts';
import type { ToolContext } from './types.ts';

const NOW = 1_000_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Milliseconds until the limit of a call ends it. */
function limitOf(deadlineEpochMs: number, untilEpochMs: number): number {
  const context = { clock: () => NOW, deadlineEpochMs, signal: undefined } as unknown as ToolContext;
  const { signal } = startTimeLimit(context, untilEpochMs);
  for (let ms = 0; ; ms += 50) {
    if (signal.aborted) return ms;
    vi.advanceTimersByTime(50);
  }
}

it('ends at the earlier of both times, but not before a quarter of a second', () => {
  expect(limitOf(NOW + 1_000, NOW + 5_000)).toBe(1_000);
  expect(limitOf(NOW + 5_000, NOW + 1_000)).toBe(1_000);
  expect(limitOf(NOW - 5_000, NOW + 1_000)).toBe(250);
});

it('says what was waited for, and that it may be asked again', () => {
  const { signal } = limitTime(100, 'Nothing came → ask again.', undefined);
  vi.advanceTimersByTime(100);
  expect(signal.reason).toMatchObject({ code: 'deadline_exceeded', publicMessage: 'Nothing came → ask again.' });
});

it('ends with the call, for its reason', () => {
  const outer = new AbortController();
  const { signal } = limitTime(100, 'Nothing came.', outer.signal);
  outer.abort('gone');
  expect(signal.reason).toBe('gone');
});

it('leaves no timer behind when it is over', () => {
  const { signal, end } = limitTime(100, 'Nothing came.', undefined);
  end();
  expect(vi.getTimerCount()).toBe(0);
  expect(signal.aborted).toBe(false);
});
