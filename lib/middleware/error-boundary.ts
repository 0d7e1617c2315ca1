/**
 * Where a failure of the HTTP plane becomes an answer and one log line. Stands innermost of the shared base: what is
 * outside of it decorates refusals like any other answer.
 */
import { AppError, type ErrorKind, isAppError } from '../errors.ts';
import { describeInternalError, renderRefusal } from '../http/refusal.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

/** The access log tells of the callers' mistakes already; at debug the reason can be seen. */
const LEVELS: Readonly<Record<ErrorKind, keyof Logger>> = {
  caller: 'debug',
  denied: 'info',
  busy: 'warn',
  upstream: 'warn',
  timeout: 'warn',
  config: 'error',
  bug: 'error',
};

export function errorBoundary(logger: Logger): Middleware {
  function onError(request: MiddlewareRequest): void {
    const { event, context } = request;
    const { requestId } = event.requestContext;
    const error = toAppError(request.error, requestId);
    const level = context.signal?.aborted === true ? 'debug' : LEVELS[error.kind];
    // The stack of a refusal is always the same; that of a failure is what one looks for.
    const isRefusal = error.kind === 'caller' || error.kind === 'denied';
    const cause = isRefusal ? { reason: error.publicMessage } : { error };
    logger[level]('http request refused', { requestId, code: error.code, details: error.details, ...cause });
    request.internal.errorCode = error.code;
    request.response = renderRefusal(error, { rawPath: event.rawPath, requestId });
  }

  return { name: 'error-boundary', onError };
}

function toAppError(thrown: unknown, requestId: string): AppError {
  if (isAppError(thrown)) return thrown;
  return new AppError('internal_error', describeInternalError(requestId), { cause: thrown });
}
