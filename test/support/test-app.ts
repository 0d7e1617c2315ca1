/** An application with a runner of the test's own, and its HTTP server on a free port. */
import type { HttpLimits } from '../../adapters/http-limits.ts';
import { type HttpServer, startHttpServer } from '../../adapters/node.ts';
import type { App } from '../../handlers/app.ts';
import { createRoute } from '../../handlers/index.ts';
import { createTokenVerifier, type TokenVerifierOptions } from '../../lib/auth/verifier.ts';
import { type Config, type Environment, loadConfig, type Transport } from '../../lib/config/config.ts';
import type { Route } from '../../lib/http/types.ts';
import { createLifecycle } from '../../lib/lifecycle.ts';
import { createMcpEndpoint } from '../../lib/mcp/endpoint.ts';
import type { ToolRunner } from '../../lib/mcp/tool-runner.ts';
import { createLogger } from '../../lib/telemetry/logger.ts';
import { createMetrics } from '../../lib/telemetry/metrics.ts';
import { createFakeRunner } from './fake-runner.ts';

export interface TestAppOptions {
  readonly runner?: ToolRunner;
  readonly env?: Environment;
  readonly transport?: Transport;
  /** Where authentication is on: a clock or limits of the test's own. */
  readonly verifierOptions?: Partial<TokenVerifierOptions>;
}

export interface TestApp extends App {
  readonly config: Config;
  readonly route: Route;
  /** Every log line so far, parsed. */
  readonly logs: () => Record<string, unknown>[];
}

const BASE_ENV = { ENABLE_AUTH: 'false', ALLOW_UNAUTHENTICATED: 'true', CLOUDWATCH_MCP_PORT: '0', LOG_LEVEL: 'DEBUG' };

export function createTestApp({
  runner = createFakeRunner(),
  env,
  transport = 'http',
  verifierOptions,
}: TestAppOptions = {}): TestApp {
  const config = loadConfig({ ...BASE_ENV, ...env }, transport);
  const lines: string[] = [];
  const logger = createLogger(config, (line) => lines.push(line));
  const app: App = {
    config,
    logger,
    metrics: createMetrics(),
    lifecycle: createLifecycle(),
    runner,
    endpoint: createMcpEndpoint(runner, logger),
    ...(config.isAuthEnabled && { verifier: createTokenVerifier({ config, logger, ...verifierOptions }) }),
  };
  return { ...app, route: createRoute(app), logs: () => lines.map((line) => JSON.parse(line)) };
}

export interface TestServer {
  readonly app: TestApp;
  readonly server: HttpServer;
  readonly port: number;
  /** Without a trailing slash. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startTestServer(
  options: TestAppOptions & { readonly limits?: Partial<HttpLimits> } = {},
): Promise<TestServer> {
  const app = createTestApp(options);
  const server = await startHttpServer({ ...app, ...(options.limits && { limits: options.limits }) });
  const { port } = server.address;
  return {
    app,
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.destroy();
      await server.drain();
    },
  };
}
