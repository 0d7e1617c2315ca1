/** Headers that tell browsers to do nothing with our answers. On every answer, refusals included. */
import type { Middleware, MiddlewareRequest } from './types.ts';

const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export function securityHeaders(): Middleware {
  function addHeaders(request: MiddlewareRequest): void {
    const { response } = request;
    if (response) request.response = { ...response, headers: { ...response.headers, ...HEADERS } };
  }

  return { name: 'security-headers', after: addHeaders, onError: addHeaders };
}
