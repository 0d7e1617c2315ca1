/** Refuses other methods with 405 and `allow`, before anything else on the route: no token, no body, no Host is looked at. */
import { HttpError } from '../http/http-error.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

export type AllowedMethod = 'GET' | 'POST';

/** Where GET is allowed, HEAD is too. */
export function method(allowed: AllowedMethod): Middleware {
  const methods = allowed === 'GET' ? ['GET', 'HEAD'] : [allowed];
  const allow = methods.join(', ');

  function before({ event }: MiddlewareRequest): void {
    if (methods.includes(event.requestContext.http.method)) return;
    throw new HttpError('method_not_allowed', `This path does not take that method: use ${allowed}.`, {
      headers: { allow },
    });
  }

  return { name: `method(${allowed})`, before };
}
