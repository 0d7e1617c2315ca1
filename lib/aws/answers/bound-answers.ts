/** Counts the bytes of each answer while they come, and ends the reading of one that is too large. */
import { pipeline, Readable, Transform } from 'node:stream';
import type { ByteBudget } from './byte-budget.ts';
import { UnreadableAnswer } from './unreadable-answer.ts';

/** Options of the SDK's `send`, which it hands on to its request handler as they are. */
export interface CountedOptions {
  readonly abortSignal?: AbortSignal;
  readonly budget?: ByteBudget;
}

interface RawAnswer {
  readonly response: { readonly statusCode: number; body?: unknown };
}

interface RequestHandler {
  handle(request: never, options?: CountedOptions): Promise<RawAnswer>;
}

/** A name and a sentence, or a page of something on the way. The SDK parses it whole, and its text is cleaned for callers. */
const MAX_ERROR_BYTES = 100_000;
const FIRST_ERROR_STATUS = 300;

/**
 * The same handler, with bodies that fail where they become too large: with AppError by the budget of the call, with
 * UnreadableAnswer by the bound of the client.
 * @param maxBytes of one answer, for a service whose answers are small
 */
export function boundAnswers<Handler extends RequestHandler>(
  handler: Handler,
  maxBytes = Number.POSITIVE_INFINITY,
): Handler {
  // All else of the handler, its ending too, stays what it is.
  const bounded = Object.create(handler) as Handler;
  bounded.handle = async (request, options) => {
    const answer = await handler.handle(request, options);
    const { response } = answer;
    const bound = response.statusCode < FIRST_ERROR_STATUS ? maxBytes : Math.min(maxBytes, MAX_ERROR_BYTES);
    if (response.body instanceof Readable) response.body = count(response.body, counterOf(options?.budget, bound));
    return answer;
  };
  return bounded;
}

function counterOf(budget: ByteBudget | undefined, maxBytes: number): (bytes: number) => void {
  const take = budget?.startAnswer();
  let readBytes = 0;
  return (bytes) => {
    readBytes += bytes;
    if (readBytes > maxBytes) throw new UnreadableAnswer(`The answer is larger than ${maxBytes} bytes.`);
    take?.(bytes);
  };
}

function count(body: Readable, take: (bytes: number) => void): Readable {
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      try {
        take(chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error('The answer could not be counted.'));
      }
    },
  });
  // Whoever reads the copy is told; the body itself ends with its socket.
  return pipeline(body, counted, () => undefined);
}
