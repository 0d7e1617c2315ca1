import { AppError } from '../errors.ts';
import type { ToolContext } from './types.ts';

/** A call that begins at the last moment still gets this long. */
const MIN_CALL_MS = 250;

export interface TimeLimit {
  /** Aborts at the limit, with a retryable AppError, or when the call itself is aborted. */
  readonly signal: AbortSignal;
  end(): void;
}

/** Bounds calls to AWS, so that repetitions of a throttled one do not outlast the answer that waits for it. */
export function startTimeLimit(context: ToolContext, untilEpochMs: number): TimeLimit {
  const controller = new AbortController();
  const timer = setTimeout(
    () => {
      controller.abort(
        new AppError('deadline_exceeded', 'CloudWatch did not answer in time → wait some seconds and ask again.'),
      );
    },
    Math.max(MIN_CALL_MS, Math.min(untilEpochMs, context.deadlineEpochMs) - context.clock()),
  );
  return { signal: AbortSignal.any([context.signal, controller.signal]), end: () => clearTimeout(timer) };
}
