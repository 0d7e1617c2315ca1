/**
 * Reads the body: the first of the chain that wants more than the head, so that whatever refuses before it refuses
 * without a byte read. A caller whose token was not taken, but whose refusal waits for the method (handshake), may send
 * little. Stands after bearer-auth and before json-body.
 */
import type { BodyBudget } from '../http/body-budget.ts';
import { countBodyBytes, encodeBody, findBodyBytes } from '../http/event-body.ts';
import { watchBody } from '../http/result-body.ts';
import { bodyTooLarge, MAX_BODY_BYTES } from './body-limit.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

/** 16 KiB: `initialize` and `tools/list` are some hundred bytes. */
export const MAX_STRANGER_BODY_BYTES = 16_384;

export function readBody(budget: BodyBudget): Middleware {
  async function before(request: MiddlewareRequest): Promise<void> {
    const { event, context, internal } = request;
    const { refusal } = context;
    const maxBytes = refusal === undefined ? MAX_BODY_BYTES : MAX_STRANGER_BODY_BYTES;
    const tooLarge = refusal ?? bodyTooLarge(maxBytes);
    if ((findBodyBytes(event) ?? 0) > maxBytes) throw tooLarge;
    const hold = budget.open(refusal !== undefined);
    internal.releaseBody = () => hold.release();
    let bytes = 0;
    const count = (more: number): void => {
      bytes += more;
      if (bytes > maxBytes) throw tooLarge;
      hold.take(more);
    };
    if (context.readBody === undefined) count(countBodyBytes(event));
    else request.event = { ...event, ...encodeBody(await context.readBody(count)) };
  }

  /** What was parsed out of the body lives as long as the call does, and an answer may stream. */
  function releaseAtEnd(request: MiddlewareRequest): void {
    const { response, internal } = request;
    if (response) request.response = watchBody(response, () => internal.releaseBody?.());
  }

  return { name: 'read-body', before, after: releaseAtEnd, onError: ({ internal }) => internal.releaseBody?.() };
}
