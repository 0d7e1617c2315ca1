/** The pure handler: every path of the server, by exact match, inside the shared base. */
import { AppError } from '../lib/errors.ts';
import { createBodyBudget } from '../lib/http/body-budget.ts';
import { createHostPolicy, type HostPolicy } from '../lib/http/host-policy.ts';
import { PATHS } from '../lib/http/paths.ts';
import type { Route } from '../lib/http/types.ts';
import type { ComposedHandler } from '../lib/middleware/types.ts';
import type { App, BaseApp } from './app.ts';
import { createMetadataRoute, createWhoamiRoute } from './auth.ts';
import { type AuthChain, createAuthChain } from './auth-chain.ts';
import { withBase } from './base.ts';
import { createHealthHandler, createMetricsHandler, createReadyHandler } from './health.ts';
import { createPreflightHandler, isPreflight } from './preflight.ts';
import { createMcpRoute, createToolsCallRoute, createToolsListRoute } from './tools.ts';

export interface Routes {
  /** By exact path. */
  readonly byPath: ReadonlyMap<string, ComposedHandler>;
  readonly preflight: ComposedHandler;
}

export function createRoutes(app: App): Routes {
  const policy = createHostPolicy(app.config);
  const auth = createAuthChain(app);
  const bodies = createBodyBudget(app.config.maxBodyBytes);
  const mcp = createMcpRoute(app, policy, auth, bodies);
  return {
    byPath: new Map([
      [PATHS.root, mcp],
      [PATHS.mcp, mcp],
      [PATHS.toolsCall, createToolsCallRoute(app, policy, auth, bodies)],
      [PATHS.toolsList, createToolsListRoute(app, policy, auth)],
      [PATHS.health, createHealthHandler()],
      [PATHS.ready, createReadyHandler(app)],
      [PATHS.metrics, createMetricsHandler(app)],
      // Without authentication a client that finds them would believe that it needs a token.
      ...(app.config.isAuthEnabled ? createAuthRoutes(app, policy, auth) : []),
    ]),
    preflight: createPreflightHandler(policy),
  };
}

export function createRoute(app: App): ComposedHandler {
  const { byPath, preflight } = createRoutes(app);
  return withBase(app, async (event, context) => {
    const route = isPreflight(event) ? preflight : byPath.get(event.rawPath);
    if (route === undefined) {
      throw new AppError(
        'route_not_found',
        'There is nothing at this path: MCP is at /mcp, plain calls at /mcp/tools.',
      );
    }
    return route(event, context);
  });
}

function createAuthRoutes(
  app: App,
  policy: HostPolicy,
  auth: AuthChain,
): readonly (readonly [string, ComposedHandler])[] {
  const metadata = createMetadataRoute(app, auth);
  return [
    [PATHS.metadata, metadata],
    [PATHS.metadataOfMcp, metadata],
    [PATHS.whoami, createWhoamiRoute(app, policy, auth)],
  ];
}

/** `/health` alone, with the same base: answers while everything else is still being loaded. */
export function createHealthRoute(app: BaseApp): Route {
  return withBase(app, createHealthHandler());
}
