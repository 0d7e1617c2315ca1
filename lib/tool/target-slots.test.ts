import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { createInvestigationSlots, createQuerySlots, MAX_INVESTIGATIONS } from './target-slots.ts';

const HERE = { account: 'default', region: 'us-east-1' };
const THERE = { account: 'default', region: 'eu-west-1' };
const LONG_MS = 60_000;
const open = (): AbortSignal => new AbortController().signal;

describe('slots of an account and region', () => {
  it('lets so many run at once, and the next in order as soon as one ends', async () => {
    const slots = createQuerySlots(2);
    const order: string[] = [];
    const first = await slots.take(HERE, LONG_MS, open());
    await slots.take(HERE, LONG_MS, open());
    const take = async (name: string): Promise<() => void> => {
      const release = await slots.take(HERE, LONG_MS, open());
      order.push(name);
      return release;
    };
    const third = take('third');
    const fourth = take('fourth');
    first();
    first();
    (await third)();
    await fourth;
    expect(order).toEqual(['third', 'fourth']);
  });

  it('counts each account and region for itself', async () => {
    const slots = createQuerySlots(1);
    await slots.take(HERE, LONG_MS, open());
    await slots.take(THERE, LONG_MS, open());
    await expect(slots.take(HERE, 1, open())).rejects.toMatchObject({ code: 'limit_exceeded' });
  });

  it('refuses one investigation too many after a while, and says what to do', async () => {
    const slots = createInvestigationSlots();
    const taken = await Promise.all(
      Array.from({ length: MAX_INVESTIGATIONS }, () => slots.take(HERE, LONG_MS, open())),
    );
    await expect(slots.take(HERE, 1, open())).rejects.toMatchObject({
      code: 'limit_exceeded',
      publicMessage: expect.stringMatching(
        /^This server runs 3 investigations at once in account default, .* → call again/,
      ),
    });
    taken[0]?.();
    await slots.take(HERE, 1, open());
    await slots.take(THERE, 1, open());
  });

  it('lets go of a caller that leaves, and does not hand it the slot later', async () => {
    const slots = createQuerySlots(1);
    const release = await slots.take(HERE, LONG_MS, open());
    const client = new AbortController();
    const gone = slots.take(HERE, LONG_MS, client.signal);
    client.abort();
    await expect(gone).rejects.toMatchObject({ code: 'cancelled' });
    await expect(slots.take(HERE, LONG_MS, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    release();
    await slots.take(HERE, 1, open());
  });

  it('never runs more than its limit, and everybody gets a turn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.boolean(), { maxLength: 20 }),
        async (limit, callers) => {
          const slots = createQuerySlots(limit);
          let running = 0;
          let served = 0;
          const work = async (isHere: boolean): Promise<void> => {
            const release = await slots.take(isHere ? HERE : THERE, LONG_MS, open());
            if (isHere) running += 1;
            expect(running).toBeLessThanOrEqual(limit);
            await Promise.resolve();
            if (isHere) running -= 1;
            served += 1;
            release();
          };
          await Promise.all(callers.map(work));
          expect(served).toBe(callers.length);
        },
      ),
    );
  });
});
