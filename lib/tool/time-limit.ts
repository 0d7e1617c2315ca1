import { AppError } from '../errors.ts';
import type { ToolContext } from './types.ts';

/** A call that begins at the last moment still gets this long. */
const MIN_CALL_MS = 250;

export interface TimeLimit {
  /** Aborts at the limit, with a retryable AppError, or when the call itself is aborted. */
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/**
 * @param text of the `deadline_exceeded` with which the signal aborts
 * @param outer aborts it too
 */
export function limitTime(limitMs: number, text: string, outer: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new AppError('deadline_exceeded', text)), limitMs);
  const signal = outer === undefined ? controller.signal : AbortSignal.any([outer, controller.signal]);
  return { signal, end: () => clearTimeout(timer) };
}

/** Bounds calls to AWS, so that repetitions of a throttled one do not outlast the answer that waits for it. */
export function startTimeLimit(context: ToolContext, untilEpochMs: number): TimeLimit {
  const limitMs = Math.max(MIN_CALL_MS, Math.min(untilEpochMs, context.deadlineEpochMs) - context.clock());
  return limitTime(limitMs, 'CloudWatch did not answer in time → wait some seconds and ask again.', context.signal);
}
