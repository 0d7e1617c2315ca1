import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { createSlices, mapInSlices, runInSlices } from './slices.ts';

const SLICE_MS = 10;

/** Work whose items take so long by a clock that only they move, and the longest that was done in one turn of the loop. */
async function work(
  itemsMs: readonly number[],
): Promise<{ readonly results: readonly number[]; readonly longestMs: number }> {
  let nowMs = 0;
  let turnMs = 0;
  let longestMs = 0;
  const state = { isDone: false };
  const slices = createSlices(() => nowMs);
  const working = mapInSlices(
    itemsMs,
    (itemMs, index) => {
      nowMs += itemMs;
      turnMs += itemMs;
      longestMs = Math.max(longestMs, turnMs);
      return index;
    },
    slices,
  ).finally(() => {
    state.isDone = true;
  });
  for (turnMs = 0; !state.isDone; turnMs = 0) await setImmediate();
  return { results: await working, longestMs };
}

describe('work in slices', () => {
  it('holds the loop for no longer than a slice and one item, and loses none', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(times, async (itemsMs) => {
        const { results, longestMs } = await work(itemsMs);
        expect(results).toEqual([...itemsMs.keys()]);
        expect(longestMs).toBeLessThan(SLICE_MS + Math.max(1, ...itemsMs));
      }),
      { numRuns: 30 },
    );
  });

  it('runs steps to their end, with a turn between any two of them that are long', async () => {
    const done: number[] = [];
    let turns = 0;
    function* steps(): Generator<void, string, undefined> {
      for (const step of [1, 2, 3]) {
        done.push(step);
        yield;
      }
      return 'end';
    }
    const next = async (): Promise<void> => {
      turns += 1;
    };
    expect(await runInSlices(steps(), { isOver: () => true, next })).toBe('end');
    expect([done, turns]).toEqual([[1, 2, 3], 3]);
    expect(await runInSlices(steps(), { isOver: () => false, next })).toBe('end');
    expect(turns).toBe(3);
  });

  it('runs one slice of many callers in a turn', async () => {
    let inTurn = 0;
    let most = 0;
    const state = { left: 8 };
    const callers = Array.from({ length: 8 }, async () => {
      const slices = createSlices();
      for (let slice = 0; slice < 5; slice += 1) {
        await slices.next();
        inTurn += 1;
        most = Math.max(most, inTurn);
      }
      state.left -= 1;
    });
    for (inTurn = 0; state.left > 0; inTurn = 0) await setImmediate();
    await Promise.all(callers);
    expect(most).toBe(1);
  });
});
