import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

const RATE = { perSecond: 100, burst: 3 };

/** Takes turns without waiting for each other, and gives the order in which they came. */
async function take(count: number, pace: (signal: AbortSignal) => Promise<void>, signal: AbortSignal) {
  const order: number[] = [];
  let atOnce = 0;
  const turns = Array.from({ length: count }, (_, index) => pace(signal).then(() => order.push(index)));
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  atOnce = order.length;
  await Promise.all(turns);
  return { order, atOnce };
}

describe('createPace', () => {
  it('lets a burst through at once and the rest in order', async () => {
    const { order, atOnce } = await take(
      6,
      createPace(RATE, () => 0),
      new AbortController().signal,
    );
    expect(atOnce).toBe(3);
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('has its burst again after a pause', async () => {
    let now = 0;
    const pace = createPace(RATE, () => now);
    const { signal } = new AbortController();
    await take(3, pace, signal);
    now += 1_000;
    expect((await take(3, pace, signal)).atOnce).toBe(3);
  });

  it('owes nothing to a clock that is set back', async () => {
    let now = 3_600_000;
    const pace = createPace(RATE, () => now);
    const { signal } = new AbortController();
    now = 0;
    expect((await take(3, pace, signal)).atOnce).toBe(3);
  });

  it('leaves the turn of whoever does not go to others', async () => {
    const pace = createPace({ perSecond: 0.001, burst: 1 }, () => 0);
    const { signal } = new AbortController();
    await expect(pace(AbortSignal.abort())).rejects.toThrow('cancelled');
    await pace(signal);
  });

  it('ends all waiting when the call is aborted', async () => {
    const controller = new AbortController();
    const pace = createPace({ perSecond: 0.001, burst: 1 }, () => 0);
    await pace(controller.signal);
    const waiting = pace(controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow('cancelled');
  });
});
