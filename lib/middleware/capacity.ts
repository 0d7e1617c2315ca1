/** On a connection above the cap nothing but the probes is served: a full server must look full, not dead. */
import { HttpError } from '../http/http-error.ts';
import { isProbePath } from '../http/paths.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

/** Connections without a request make room at once; those with one end within seconds. */
const RETRY_AFTER_SECONDS = '5';

export function capacity(): Middleware {
  function before({ event, context }: MiddlewareRequest): void {
    if (context.isReserve !== true || isProbePath(event.rawPath)) return;
    throw new HttpError(
      'unavailable',
      `This server has as many connections as it takes: try again in ${RETRY_AFTER_SECONDS} s.`,
      { headers: { 'retry-after': RETRY_AFTER_SECONDS } },
    );
  }

  return { name: 'capacity', before };
}
