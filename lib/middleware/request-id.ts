/**
 * One id per request: the caller's `x-request-id` where it is harmless, else the adapter's. It becomes
 * `event.requestContext.requestId` for everything after, and a header of every answer. Stands first.
 */
import type { Middleware, MiddlewareRequest } from './types.ts';

const HEADER = 'x-request-id';
/** Goes into logs and answers as it is, so it holds nothing that could break either. */
const HARMLESS_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

export function requestId(): Middleware {
  function before(request: MiddlewareRequest): void {
    const { event } = request;
    const given = event.headers[HEADER];
    const id = given !== undefined && HARMLESS_ID.test(given) ? given : event.requestContext.requestId;
    request.event = { ...event, requestContext: { ...event.requestContext, requestId: id } };
  }

  function addHeader(request: MiddlewareRequest): void {
    const { response, event } = request;
    if (!response) return;
    request.response = {
      ...response,
      headers: { ...response.headers, [HEADER]: event.requestContext.requestId },
    };
  }

  return { name: 'request-id', before, after: addHeader, onError: addHeader };
}
