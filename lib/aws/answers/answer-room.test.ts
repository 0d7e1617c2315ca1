import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { AnswerRoom, takeRoom } from './answer-room.ts';
import { ByteBudget } from './byte-budget.ts';

const MB = 1_000_000;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A handler whose answers say these lengths, in the order in which they are asked for. */
function answering(room: AnswerRoom, lengths: readonly (number | undefined)[]) {
  const bodies: Readable[] = [];
  let asked = 0;
  const handler = takeRoom(
    {
      handle: async (_request: never, _options?: object) => {
        const length = lengths[asked % lengths.length];
        asked += 1;
        const body = Readable.from([Buffer.alloc(10)]);
        bodies.push(body);
        return { response: { headers: { ...(length !== undefined && { 'content-length': String(length) }) }, body } };
      },
    },
    room,
  );
  const ask = (budget?: ByteBudget, abortSignal?: AbortSignal) =>
    handler.handle(undefined as never, { ...(budget && { budget }), ...(abortSignal && { abortSignal }) });
  return { bodies, ask };
}

describe('the room for answers', () => {
  it('keeps nobody waiting for what is small, of unknown length, or of no tool call', async () => {
    const room = new AnswerRoom(MB);
    const { ask } = answering(room, [100_000, undefined]);
    await Promise.all(Array.from({ length: 40 }, () => ask(new ByteBudget())));
    await answering(room, [50 * MB]).ask();
    expect(room.heldBytes).toBe(20 * 100_000);
  });

  it('lets in what fits, and the next when a call is over', async () => {
    const room = new AnswerRoom(24 * MB);
    const { ask } = answering(room, [10 * MB]);
    const calls = Array.from({ length: 4 }, () => new ByteBudget());
    let handedOn = 0;
    const all = calls.map((budget) =>
      ask(budget).then(() => {
        handedOn += 1;
      }),
    );
    await turn();
    expect(handedOn).toBe(2);
    calls[0]?.end();
    await expect.poll(() => handedOn).toBe(3);
    calls[1]?.end();
    await Promise.all(all);
    for (const call of calls) call.end();
    expect(room.heldBytes).toBe(0);
  });

  it('lets the call that holds longest go on, so that two never wait for each other', async () => {
    const room = new AnswerRoom(24 * MB);
    const { ask } = answering(room, [12 * MB]);
    const [first, second] = [new ByteBudget(), new ByteBudget()];
    await Promise.all([ask(first), ask(second)]);
    await ask(first);
    let isSecondIn = false;
    const more = ask(second).then(() => {
      isSecondIn = true;
    });
    await turn();
    expect([isSecondIn, room.heldBytes]).toEqual([false, 36 * MB]);
    first.end();
    await more;
    expect(room.heldBytes).toBe(24 * MB);
  });

  it('lets go of a call that leaves while it waits, and refuses one that waits too long', async () => {
    const room = new AnswerRoom(10 * MB, 20);
    const { ask, bodies } = answering(room, [10 * MB]);
    await ask(new ByteBudget());
    const client = new AbortController();
    const leaving = ask(new ByteBudget(), client.signal);
    await turn();
    client.abort();
    await expect(leaving).rejects.toMatchObject({ code: 'cancelled' });
    await expect(ask(new ByteBudget(), client.signal)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(ask(new ByteBudget())).rejects.toMatchObject({ code: 'limit_exceeded' });
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([false, true, true, true]);
    expect(room.heldBytes).toBe(10 * MB);
  });

  it('ends empty, and never holds more than its bytes and what one call and small answers may, in whatever order calls come and end', async () => {
    const steps = fc.array(
      fc.record({ call: fc.nat(5), bytes: fc.integer({ min: 1, max: 8 * MB }), ends: fc.boolean() }),
      {
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (moves) => {
        const room = new AnswerRoom(10 * MB, 60_000);
        const calls = Array.from({ length: 6 }, () => new ByteBudget());
        const waits: Promise<unknown>[] = [];
        const taken = new Map<ByteBudget, number>();
        for (const { call, bytes, ends } of moves) {
          const budget = calls[call] ?? new ByteBudget();
          waits.push(room.take(budget, bytes, undefined));
          taken.set(budget, (taken.get(budget) ?? 0) + bytes);
          await Promise.resolve();
          expect(room.heldBytes).toBeLessThanOrEqual(10 * MB + Math.max(...taken.values()) + 40 * 100_000);
          if (ends) {
            budget.end();
            taken.delete(budget);
            calls[call] = new ByteBudget();
          }
        }
        // Whoever waits still holds nothing of it: as calls end, all are let in.
        for (let round = 0; round <= moves.length; round += 1) {
          for (const call of calls) call.end();
          await Promise.resolve();
        }
        await Promise.all(waits);
        expect(room.heldBytes).toBe(0);
      }),
    );
  });
});
