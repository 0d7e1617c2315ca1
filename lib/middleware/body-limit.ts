/**
 * Refuses bodies above a size with 413: by what the head announces, before a byte is read, or by the body that the event
 * holds. What comes in chunks is counted while it is read (read-body). Stands before everything that looks into the body.
 */
import { AppError } from '../errors.ts';
import { findBodyBytes } from '../http/event-body.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

/** 1 MiB: the largest sensible call is some kilobytes of arguments. */
export const MAX_BODY_BYTES = 1_048_576;

export function bodyLimit(maxBytes: number = MAX_BODY_BYTES): Middleware {
  function before({ event }: MiddlewareRequest): void {
    if ((findBodyBytes(event) ?? 0) > maxBytes) throw bodyTooLarge(maxBytes);
  }

  return { name: 'body-limit', before };
}

export function bodyTooLarge(maxBytes: number): AppError {
  return new AppError('body_too_large', `The body is larger than ${maxBytes} bytes: send fewer or shorter arguments.`);
}
