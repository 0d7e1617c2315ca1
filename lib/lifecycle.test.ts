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

  it('says why it is not ready once it drains', () => {
    const lifecycle = createLifecycle();
    expect(lifecycle.notReadyReasons()).toEqual([]);
    lifecycle.startDraining();
    lifecycle.startDraining();
    expect(lifecycle.isDraining()).toBe(true);
    expect(lifecycle.notReadyReasons()).toEqual([expect.stringContaining('draining')]);
  });
});
