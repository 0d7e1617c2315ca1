/** The composition root: a configuration → everything that serves it. The only place that chooses implementations. */
import type { App, BaseApp } from '../handlers/app.ts';
import { createHealthRoute, createRoute } from '../handlers/index.ts';
import type { Config } from '../lib/config/config.ts';
import { PATHS } from '../lib/http/paths.ts';
import type { Route } from '../lib/http/types.ts';
import { createLifecycle } from '../lib/lifecycle.ts';
import { createBufferedHttpCounter } from '../lib/telemetry/http-counter.ts';
import { createLogger } from '../lib/telemetry/logger.ts';

export interface Composition extends BaseApp {
  readonly route: Route;
  /** Loads what the first request would load otherwise: tools, MCP, the AWS clients and the keys of the issuers. */
  warmUp(): Promise<void>;
  /** Ends calls in flight and connections to AWS; only after the drain. */
  close(): Promise<void>;
}

interface Core {
  readonly app: App;
  readonly route: Route;
}

/** Cheap: a process that has only been asked for `/health` never loads the rest. */
export function composeServer(config: Config): Composition {
  const metrics = createBufferedHttpCounter();
  const base: BaseApp = { config, logger: createLogger(config), metrics, lifecycle: createLifecycle() };
  const healthRoute = createHealthRoute(base);
  let core: Promise<Core> | undefined;

  async function loadCore(): Promise<Core> {
    const { composeCore } = await import('./core.ts');
    const app = composeCore(base);
    metrics.pourInto(app.metrics);
    return { app, route: createRoute(app) };
  }

  function getCore(): Promise<Core> {
    core ??= loadCore();
    return core;
  }

  return {
    ...base,
    route: async (event, context) => {
      if (event.rawPath === PATHS.health) return healthRoute(event, context);
      const { route } = await getCore();
      return route(event, context);
    },
    warmUp: async () => {
      const { app } = await getCore();
      await app.verifier?.loadKeys();
    },
    close: async () => {
      if (core === undefined) return;
      const { app } = await core;
      await app.endpoint.close();
      app.runner.close();
    },
  };
}
