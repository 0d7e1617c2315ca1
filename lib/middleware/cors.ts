/**
 * Lets the pages of an allowed Origin read our answers, refusals included. Not here: refusing foreign origins
 * (host-origin), and answering the preflight (handlers/preflight.ts). No credentials: tokens travel in a header.
 */
import type { HostPolicy } from '../http/host-policy.ts';
import { isForBrowsers } from '../http/paths.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

const EXPOSED_HEADERS = 'www-authenticate, mcp-session-id, x-request-id';

export function cors(policy: HostPolicy): Middleware {
  function addHeaders(request: MiddlewareRequest): void {
    const { event, response } = request;
    const { origin, host } = event.headers;
    if (!response || origin === undefined || !isForBrowsers(event.rawPath)) return;
    const granted = policy.isOriginAllowed(origin, host)
      ? { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED_HEADERS }
      : {};
    request.response = { ...response, headers: { ...response.headers, ...granted, vary: 'origin' } };
  }

  return { name: 'cors', after: addHeaders, onError: addHeaders };
}
