/** HEAD is answered like GET, without the body: here and not in the adapters, so that all of them agree. */
import { withoutBody } from '../http/result-body.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

export function head(): Middleware {
  function dropBody(request: MiddlewareRequest): void {
    if (request.response && request.event.requestContext.http.method === 'HEAD') {
      request.response = withoutBody(request.response);
    }
  }

  return { name: 'head', after: dropBody, onError: dropBody };
}
