import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { queueLargeAnswers } from './queue-large-answers.ts';

function answering(bytes: number | undefined) {
  const bodies: Readable[] = [];
  const handler = queueLargeAnswers({
    handle: async (_request: never, _options?: { readonly abortSignal?: unknown }) => {
      const body = Readable.from([Buffer.alloc(10)]);
      bodies.push(body);
      return { response: { headers: { ...(bytes !== undefined && { 'content-length': String(bytes) }) }, body } };
    },
  });
  return { bodies, ask: (abortSignal?: AbortSignal) => handler.handle(undefined as never, { abortSignal }) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('queueLargeAnswers', () => {
  it.each([1_000_000, undefined])('hands on at once what is not large: %s bytes', async (bytes) => {
    const { ask } = answering(bytes);
    expect(await Promise.all(Array.from({ length: 20 }, () => ask()))).toHaveLength(20);
  });

  it('lets two large ones be read at once, and the next when one is read or lost', async () => {
    const { ask, bodies } = answering(1_000_001);
    let handedOn = 0;
    const all = Array.from({ length: 4 }, () =>
      ask().then(() => {
        handedOn += 1;
      }),
    );
    await turn();
    expect(handedOn).toBe(2);
    bodies[0]?.resume();
    await expect.poll(() => handedOn).toBe(3);
    bodies[1]?.destroy();
    await Promise.all(all);
  });

  it('lets go of a call that leaves while it waits', async () => {
    const { ask, bodies } = answering(1_000_001);
    await Promise.all([ask(), ask()]);
    const client = new AbortController();
    const waiting = ask(client.signal);
    await turn();
    client.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(bodies[2]?.destroyed).toBe(true);
  });
});
