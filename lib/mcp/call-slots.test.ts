import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { createCallSlots } from './call-slots.ts';

const LIMITS = { maxCalls: 3, maxCallsPerUser: 2 };
const LONG_MS = 60_000;
const open = (): AbortSignal => new AbortController().signal;
const REFUSED = { code: 'limit_exceeded' };

describe('createCallSlots', () => {
  it('keeps one user to a share, and lets others in', async () => {
    const slots = createCallSlots(LIMITS, LONG_MS);
    const first = await slots.take('olivia', open());
    await slots.take('olivia', open());
    const client = new AbortController();
    const waiting = Array.from({ length: 8 }, () => slots.take('olivia', client.signal));
    await expect(slots.take('olivia', open())).rejects.toMatchObject(REFUSED);
    await slots.take('dev', open());
    expect(slots.atWork()).toBe(3);
    first();
    first();
    await waiting[0];
    expect(slots.atWork()).toBe(3);
    client.abort();
    const ends = await Promise.allSettled(waiting);
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(7);
  });

  it('knows no users where nobody is authenticated, and bounds those who wait', async () => {
    const slots = createCallSlots(LIMITS, LONG_MS);
    for (let count = 0; count < 3; count += 1) await slots.take(undefined, open());
    const client = new AbortController();
    const waiting = Array.from({ length: 12 }, () => slots.take(undefined, client.signal));
    await expect(slots.take(undefined, open())).rejects.toMatchObject(REFUSED);
    client.abort();
    const ends = await Promise.allSettled(waiting);
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
    expect(slots.atWork()).toBe(3);
  });

  it('refuses whoever has waited too long', async () => {
    const slots = createCallSlots({ maxCalls: 1, maxCallsPerUser: 2 }, 1);
    const giveBack = await slots.take('olivia', open());
    await expect(slots.take('dev', open())).rejects.toMatchObject(REFUSED);
    giveBack();
    await slots.take('dev', open());
    await expect(slots.take('olivia', open())).rejects.toMatchObject(REFUSED);
  });

  it('gets every slot back, in whatever order calls come, end, fail, wait and are cancelled', async () => {
    const step = fc.record({
      kind: fc.constantFrom('start', 'start', 'end', 'cancel'),
      user: fc.nat(3),
      at: fc.nat(30),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const slots = createCallSlots(LIMITS, LONG_MS);
        const calls: { client: AbortController; ended: Promise<unknown>; end: () => void }[] = [];
        const atWork = new Map<string, number>();
        for (const { kind, user, at } of steps) {
          const call = calls[at % Math.max(1, calls.length)];
          if (kind === 'end') call?.end();
          else if (kind === 'cancel') call?.client.abort();
          else calls.push(start(`user-${user}`));
          await new Promise((resolve) => setImmediate(resolve));
          expect(slots.atWork()).toBeLessThanOrEqual(LIMITS.maxCalls);
          for (const own of atWork.values()) expect(own).toBeLessThanOrEqual(LIMITS.maxCallsPerUser);
        }
        for (const call of calls) {
          call.end();
          call.client.abort();
        }
        await Promise.all(calls.map(({ ended }) => ended));
        expect(slots.atWork()).toBe(0);
        for (let count = 0; count < LIMITS.maxCalls; count += 1) await slots.take(`user-${count}`, open());

        /** As run-tool works: takes, works until it ends, fails or is cancelled, gives back. */
        function start(user: string) {
          const client = new AbortController();
          let end = (): void => undefined;
          const done = new Promise<void>((resolve) => {
            end = resolve;
            client.signal.addEventListener('abort', () => resolve());
          });
          const run = async (): Promise<void> => {
            const giveBack = await slots.take(user, client.signal);
            atWork.set(user, (atWork.get(user) ?? 0) + 1);
            await done;
            atWork.set(user, (atWork.get(user) ?? 0) - 1);
            giveBack();
          };
          return { client, end: () => end(), ended: run().catch(() => undefined) };
        }
      }),
      { numRuns: 50 },
    );
  });
});
