import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { inParallel } from './in-parallel.ts';

describe('inParallel', () => {
  it('begins in order, keeps the limit and gives the results in the order of the items', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (turns, limit) => {
        const begun: number[] = [];
        let running = 0;
        let widest = 0;
        const results = await inParallel(turns, limit, async (count, index) => {
          begun.push(index);
          running += 1;
          widest = Math.max(widest, running);
          for (let turn = 0; turn <= count; turn += 1) await setImmediate();
          running -= 1;
          return `${index}:${count}`;
        });
        expect(begun).toEqual([...turns.keys()]);
        expect(results).toEqual(turns.map((count, index) => `${index}:${count}`));
        expect(widest).toBe(Math.min(limit, turns.length));
      }),
    );
  });

  it('throws the first failure and begins nothing after it', async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await setImmediate();
      if (item >= 2) throw new Error(`item ${item}`);
      await setImmediate();
    };
    await expect(inParallel([1, 2, 3, 4, 5, 6], 3, work)).rejects.toThrow('item 2');
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    expect(begun).toEqual([1, 2, 3]);
  });

  it('ends with the call when its work lets the abort through', async () => {
    const controller = new AbortController();
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      if (item === 3) controller.abort(new Error('gone'));
      await setImmediate();
      controller.signal.throwIfAborted();
    };
    await expect(inParallel([1, 2, 3, 4, 5], 2, work)).rejects.toThrow('gone');
    await setImmediate();
    expect(begun.length).toBeLessThan(5);
  });

  it('has nothing to do for no items', async () => {
    expect(await inParallel([], 5, async () => 1)).toEqual([]);
  });
});
