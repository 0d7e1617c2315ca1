/** The heavy half of the composition, in a module of its own so that it can be loaded late. */
import type { App, BaseApp } from '../handlers/app.ts';
import { createTokenVerifier } from '../lib/auth/verifier.ts';
import { toProxyEnv } from '../lib/config/proxy.ts';
import { createMcpEndpoint } from '../lib/mcp/endpoint.ts';
import { createToolRunner } from '../lib/mcp/tool-runner.ts';
import { createMetrics } from '../lib/telemetry/metrics.ts';
import { createOutbound } from './outbound.ts';

export function composeCore(base: BaseApp): App {
  const { config, lifecycle, logger } = base;
  const metrics = createMetrics({ ...lifecycle, hasProcess: config.isMetricsEnabled });
  const runner = createToolRunner({ config, logger, metrics });
  const { fetch } = createOutbound(toProxyEnv(config));
  return {
    ...base,
    metrics,
    runner,
    endpoint: createMcpEndpoint(runner, logger),
    ...(config.isAuthEnabled && { verifier: createTokenVerifier({ config, logger, fetch }) }),
  };
}
