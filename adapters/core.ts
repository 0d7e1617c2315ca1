/** The heavy half of the composition, in a module of its own so that it can be loaded late. */
import type { App, BaseApp } from '../handlers/app.ts';
import { createTokenVerifier } from '../lib/auth/verifier.ts';
import { createMcpEndpoint } from '../lib/mcp/endpoint.ts';
import { createToolRunner } from '../lib/mcp/tool-runner.ts';
import { createMetrics } from '../lib/telemetry/metrics.ts';

export function composeCore(base: BaseApp): App {
  const { config, lifecycle, logger } = base;
  const metrics = createMetrics({ inFlight: lifecycle.inFlight, hasProcess: config.isMetricsEnabled });
  const runner = createToolRunner({ config, logger, metrics });
  return {
    ...base,
    metrics,
    runner,
    endpoint: createMcpEndpoint(runner, logger),
    ...(config.isAuthEnabled && { verifier: createTokenVerifier({ config, logger }) }),
  };
}
