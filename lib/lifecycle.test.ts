import { describe, expect, it } from 'vitest';
import { createLifecycle } from './lifecycle.ts';

describe('createLifecycle', () => {
  it('counts requests, each end once', () => {
    const lifecycle = createLifecycle();
    const endFirst = lifecycle.begin();
    lifecycle.begin();
    endFirst();
    endFirst();
    expect(lifecycle.inFlight()).toBe(1);
  });

  it('is idle at once when nothing runs', async () => {
    await expect(createLifecycle().whenIdle()).resolves.toBeUndefined();
  });

  it('becomes idle with the last of many requests, for every waiter', async () => {
    const lifecycle = createLifecycle();
    const ends = Array.from({ length: 50 }, () => lifecycle.begin());
    let idleCount = 0;
    const waits = [1, 2].map(() => lifecycle.whenIdle().then(() => (idleCount += 1)));
    for (const end of ends.slice(1)) end();
    await Promise.resolve();
    expect(idleCount).toBe(0);
    ends[0]?.();
    await Promise.all(waits);
    expect(idleCount).toBe(2);
  });

  it('says why it is not ready once it drains', () => {
    const lifecycle = createLifecycle();
    expect(lifecycle.notReadyReasons()).toEqual([]);
    lifecycle.startDraining();
    lifecycle.startDraining();
    expect(lifecycle.isDraining()).toBe(true);
    expect(lifecycle.notReadyReasons()).toEqual([expect.stringContaining('draining')]);
  });
});
