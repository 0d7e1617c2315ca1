/** Authentication as the routes use it: nothing at all where it is off, so that no route can forget to ask. */
import { createCallLimiter } from '../lib/auth/call-limiter.ts';
import { isPublishedHost } from '../lib/http/host-policy.ts';
import { findResourceUrl } from '../lib/http/resource-url.ts';
import type { HttpEvent } from '../lib/http/types.ts';
import { bearerAuth } from '../lib/middleware/bearer-auth.ts';
import { handshake } from '../lib/middleware/handshake.ts';
import { type LimitedPlane, rateLimit } from '../lib/middleware/rate-limit.ts';
import type { Middleware } from '../lib/middleware/types.ts';
import type { App } from './app.ts';

export interface AuthChain {
  readonly resourceUrlOf: (event: HttpEvent) => string;
  /** Before the body is parsed. */
  readonly bearer: readonly Middleware[];
  /** The same for MCP, where the verdict may wait for the method. */
  readonly bearerOfMcp: readonly Middleware[];
  /** After the body has been parsed. */
  readonly limit: (plane: LimitedPlane) => readonly Middleware[];
}

export function createAuthChain({
  config,
  verifier,
  lifecycle,
}: Pick<App, 'config' | 'verifier' | 'lifecycle'>): AuthChain {
  const resourceUrlOf = (event: HttpEvent): string =>
    findResourceUrl({ ...config, listeningPort: lifecycle.listeningPort() }, event);
  if (!config.isAuthEnabled) return { resourceUrlOf, bearer: [], bearerOfMcp: [], limit: () => [] };
  if (verifier === undefined) throw new Error('Authentication is on, but there is nothing to verify tokens with.');

  const hasHandshake = config.unauthenticatedMethods === 'handshake';
  // At the published name OAuth clients come, which begin by being challenged; LibreChat comes by the cluster's names.
  const isDeferred = (event: HttpEvent): boolean => hasHandshake && !isPublishedHost(config, event.headers.host);
  const options = {
    verifier,
    challengeOf: (event: HttpEvent) => ({ resourceUrl: resourceUrlOf(event), scopes: config.requiredScopes }),
  };
  const limiter = createCallLimiter(config.rateLimitPerMinute);
  return {
    resourceUrlOf,
    bearer: [bearerAuth(options)],
    bearerOfMcp: [bearerAuth({ ...options, isDeferred })],
    limit: (plane) => [...(plane === 'mcp' && hasHandshake ? [handshake()] : []), rateLimit(limiter, plane)],
  };
}
