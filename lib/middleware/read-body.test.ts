import { describe, expect, it } from 'vitest';
import { createContext, createEvent, createPost } from '../../test/support/events.ts';
import { runThrough } from '../../test/support/middleware.ts';
import { AppError } from '../errors.ts';
import { createBodyBudget, MAX_STRANGER_BODIES } from '../http/body-budget.ts';
import type { HttpEvent } from '../http/types.ts';
import { MAX_STRANGER_BODY_BYTES, readBody } from './read-body.ts';
import type { RequestContext } from './types.ts';

const MAX_HELD_BYTES = 3_000_000;
const OK = { statusCode: 200, headers: {}, body: 'ok' };
const refusal = new AppError('unauthorized', 'no token');
const chunked = (headers = {}) =>
  createEvent({ method: 'POST', headers: { 'transfer-encoding': 'chunked', ...headers } });

/** An adapter that gives the body in pieces. */
function sending(pieces: readonly number[], more: Partial<RequestContext> = {}): RequestContext & { read(): number } {
  let bytes = 0;
  return {
    ...createContext(),
    ...more,
    read: () => bytes,
    async readBody(onBytes) {
      for (const piece of pieces) {
        onBytes(piece);
        bytes += piece;
      }
      return Buffer.alloc(bytes, 'x');
    },
  };
}

describe('readBody', () => {
  it('puts what it has read into the event, and leaves a body that is there', async () => {
    const budget = createBodyBudget(MAX_HELD_BYTES);
    const read = await runThrough([readBody(budget)], chunked(), OK, sending([2, 3]));
    expect(read.seen?.event).toMatchObject({ body: 'xxxxx', isBase64Encoded: false });
    const there = await runThrough([readBody(budget)], createPost('/mcp', { a: 1 }), OK);
    expect(there.seen?.event.body).toBe('{"a":1}');
    expect(budget.heldBytes()).toBe(0);
  });

  it('stops reading one byte above a mebibyte', async () => {
    const budget = createBodyBudget(MAX_HELD_BYTES);
    const whole = [1_048_576];
    expect((await runThrough([readBody(budget)], chunked(), OK, sending(whole))).seen).toBeDefined();
    const context = sending([...whole, 1, 1_000_000]);
    await expect(runThrough([readBody(budget)], chunked(), OK, context)).rejects.toMatchObject({
      code: 'body_too_large',
    });
    expect(context.read()).toBe(1_048_576);
    expect(budget.heldBytes()).toBe(0);
  });

  it('takes 16 KiB of a stranger, and refuses one byte more by the refusal that waits', async () => {
    expect(MAX_STRANGER_BODY_BYTES).toBe(16_384);
    const budget = createBodyBudget(MAX_HELD_BYTES);
    const allowed = sending([16_384], { refusal });
    expect((await runThrough([readBody(budget)], chunked(), OK, allowed)).seen).toBeDefined();
    const announced = createEvent({ method: 'POST', headers: { 'content-length': '16385' } });
    const refused: readonly (readonly [HttpEvent, RequestContext])[] = [
      [announced, sending([0], { refusal })],
      [chunked(), sending([16_384, 1], { refusal })],
      [createPost('/mcp', 'x'.repeat(16_385)), { ...createContext(), refusal }],
    ];
    for (const [event, context] of refused) {
      await expect(runThrough([readBody(budget)], event, OK, context)).rejects.toBe(refusal);
    }
    expect(budget.heldBytes()).toBe(0);
  });

  it('reads so many bodies of strangers at once, and any of those who are known', async () => {
    const budget = createBodyBudget(MAX_HELD_BYTES);
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const stalled = (more: Partial<RequestContext>): RequestContext => ({
      ...createContext(),
      ...more,
      readBody: () => finished.then(() => new Uint8Array()),
    });
    const run = (context: RequestContext) => runThrough([readBody(budget)], chunked(), OK, context);
    const waiting = Array.from({ length: MAX_STRANGER_BODIES }, () => run(stalled({ refusal })));
    await expect(run(stalled({ refusal }))).rejects.toMatchObject({ code: 'unavailable' });
    const known = run(stalled({}));
    finish();
    await Promise.all([...waiting, known]);
    expect((await run(stalled({ refusal }))).seen).toBeDefined();
  });

  it('refuses what is beyond the budget of all, and holds until a streamed answer has ended', async () => {
    const budget = createBodyBudget(1_000_000);
    const streaming = { ...OK, body: new Response('data: 1\n\n').body ?? '' };
    const { result } = await runThrough([readBody(budget)], chunked(), streaming, sending([900_000]));
    expect(budget.heldBytes()).toBe(900_000);
    const busy = runThrough([readBody(budget)], chunked(), OK, sending([200_000]));
    await expect(busy).rejects.toMatchObject({ code: 'unavailable', headers: { 'retry-after': '2' } });
    expect(await new Response(result.body).text()).toBe('data: 1\n\n');
    expect(budget.heldBytes()).toBe(0);
  });

  it.each([
    ['the handler fails', sending([10]), new AppError('invalid_request', 'no')],
    [
      'the client leaves',
      { ...createContext(), readBody: () => Promise.reject(new AppError('invalid_request', 'gone')) },
      OK,
    ],
  ])('gives its bytes back where %s', async (_what, context, answer) => {
    const budget = createBodyBudget(MAX_HELD_BYTES);
    await expect(runThrough([readBody(budget)], chunked(), answer, context)).rejects.toThrow(AppError);
    expect(budget.heldBytes()).toBe(0);
  });
});
