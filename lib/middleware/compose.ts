/** Handler and middlewares → one handler, by Middy. The only place that knows Middy's own types. */
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { AppError } from '../errors.ts';
import type { HttpEvent, HttpResult } from '../http/types.ts';
import type { ComposedHandler, Handler, Middleware } from './types.ts';

/** Kept back from the request's time, so that a 504 can still be sent. */
const TIMEOUT_RESERVE_MS = 250;

export interface ComposeOptions {
  /** Whether this composition ends an overdue request. One layer is enough: the outermost. */
  readonly hasTimeout?: boolean;
}

/**
 * `before` hooks run in the order of the list, `after` and `onError` in reverse.
 * @throws (the composed handler) whatever no `onError` hook answered.
 */
export function compose(
  handler: Handler,
  middlewares: readonly Middleware[],
  options: ComposeOptions = {},
): ComposedHandler {
  const composed = middy<HttpEvent, HttpResult>({
    timeoutEarlyInMillis: options.hasTimeout === true ? TIMEOUT_RESERVE_MS : 0,
    timeoutEarlyResponse: () => {
      throw new AppError(
        'request_timeout',
        'The request took longer than the server allows: ask for less at once, such as a shorter time range.',
      );
    },
  })
    .use([...middlewares])
    .handler(handler);
  // Middy's types know Lambda's own context only; it reads nothing but getRemainingTimeInMillis, which ours has.
  const run: Handler = (event, context) => composed(event, context as unknown as Context);
  return Object.assign(run, { chain: middlewares.map(({ name }) => name) });
}
