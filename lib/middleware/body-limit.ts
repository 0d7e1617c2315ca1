/**
 * Refuses bodies above a size with 413. Adapters stop reading one byte above {@link MAX_BODY_BYTES}, so what arrives here
 * is never much larger. Stands before everything that looks into the body.
 */
import { AppError } from '../errors.ts';
import { countBodyBytes } from '../http/event-body.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

/** 1 MiB: the largest sensible call is some kilobytes of arguments. */
export const MAX_BODY_BYTES = 1_048_576;

export function bodyLimit(maxBytes: number = MAX_BODY_BYTES): Middleware {
  function before({ event }: MiddlewareRequest): void {
    if (countBodyBytes(event) <= maxBytes) return;
    throw new AppError('body_too_large', `The body is larger than ${maxBytes} bytes: send fewer or shorter arguments.`);
  }

  return { name: 'body-limit', before };
}
