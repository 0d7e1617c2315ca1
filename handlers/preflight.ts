/** A browser's CORS preflight: 204 for an allowed Origin, before authentication, on the paths that browsers may ask. */
import type { HostPolicy } from '../lib/http/host-policy.ts';
import { isForBrowsers } from '../lib/http/paths.ts';
import type { HttpEvent } from '../lib/http/types.ts';
import { compose } from '../lib/middleware/compose.ts';
import { hostOrigin } from '../lib/middleware/host-origin.ts';
import type { ComposedHandler } from '../lib/middleware/types.ts';

const NO_CONTENT = 204;
const HEADERS = {
  'access-control-allow-methods': 'GET, POST',
  // Those of the MCP transport in all revisions, and ours.
  'access-control-allow-headers':
    'accept, authorization, content-type, last-event-id, mcp-method, mcp-name, mcp-protocol-version, mcp-session-id, x-request-id',
  'access-control-max-age': '600',
};

/** By the Fetch standard a preflight names its Origin and the method that it asks for; any other OPTIONS is an ordinary one. */
export function isPreflight({ rawPath, headers, requestContext }: HttpEvent): boolean {
  return (
    requestContext.http.method === 'OPTIONS' &&
    isForBrowsers(rawPath) &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

export function createPreflightHandler(policy: HostPolicy): ComposedHandler {
  return compose(async () => ({ statusCode: NO_CONTENT, headers: HEADERS }), [hostOrigin(policy)]);
}
