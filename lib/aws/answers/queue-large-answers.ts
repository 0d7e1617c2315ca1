/**
 * Lets few large answers of AWS be read at once in the process; the others wait on the wire, where they cost nothing. An
 * answer is held three times while it is read and parsed, and many calls may get large ones together.
 */
import { Readable } from 'node:stream';
import { createTurns } from '../../domain/async/turns.ts';
import { AppError } from '../../errors.ts';

interface RawAnswer {
  readonly response: { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };
}

interface RequestHandler {
  handle(request: never, options?: { readonly abortSignal?: unknown }): Promise<RawAnswer>;
}

const LARGE_BYTES = 1_000_000;
export const MAX_LARGE_AT_ONCE = 2;
const MAX_WAIT_MS = 25_000;

/** The same handler. An answer that does not say its length is none of the large ones. */
export function queueLargeAnswers<Handler extends RequestHandler>(handler: Handler): Handler {
  const turns = createTurns(MAX_LARGE_AT_ONCE);
  const queued = Object.create(handler) as Handler;
  queued.handle = async (request, options) => {
    const answer = await handler.handle(request, options);
    const { headers, body } = answer.response;
    if (!(body instanceof Readable) || !(Number(headers?.['content-length']) > LARGE_BYTES)) return answer;
    const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : new AbortController().signal;
    try {
      const giveBack = await turns.take('process', { maxWaitMs: MAX_WAIT_MS, refuse: tooMany }, signal);
      body.once('close', giveBack);
      if (body.destroyed) giveBack();
    } catch (error) {
      body.destroy();
      throw error;
    }
    return answer;
  };
  return queued;
}

function tooMany(): AppError {
  return new AppError(
    'limit_exceeded',
    'Many calls get large answers of AWS at this moment → call again in some seconds, or ask for less at once.',
  );
}
