/** The whole program on a real port against the embedded CloudWatch: what a client sees, in the test's own process. */
import { startHttpServer } from '../../adapters/node.ts';
import { createRoute } from '../../handlers/index.ts';
import { createAmbientClientPool } from '../../lib/aws/credentials/client-pool.ts';
import { type Environment, loadConfig } from '../../lib/config/config.ts';
import { createLifecycle } from '../../lib/lifecycle.ts';
import { createMcpEndpoint } from '../../lib/mcp/endpoint.ts';
import { createToolRunner } from '../../lib/mcp/tool-runner.ts';
import { createLogger } from '../../lib/telemetry/logger.ts';
import { createMetrics } from '../../lib/telemetry/metrics.ts';
import type { Tool } from '../../lib/tool/types.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../../local/server.ts';

export interface TestServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly local: LocalCloudWatch;
  readonly logLines: string[];
  close(): Promise<void>;
}

/** @param tools in place of the program's own */
export async function startServer(env: Environment = {}, tools?: readonly Tool[]): Promise<TestServer> {
  const local = await startLocalCloudWatch();
  const logLines: string[] = [];
  const config = loadConfig({ ENABLE_AUTH: 'false', CLOUDWATCH_MCP_PORT: '0', LOG_LEVEL: 'DEBUG', ...env }, 'http');
  const base = {
    config,
    logger: createLogger(config, (line) => logLines.push(line)),
    metrics: createMetrics(),
    lifecycle: createLifecycle(),
  };
  const clients = createAmbientClientPool({ endpoint: local.endpoint, credentials: AMBIENT_CREDENTIALS });
  const runner = createToolRunner({ ...base, clients, ...(tools !== undefined && { tools }) });
  const endpoint = createMcpEndpoint(runner, base.logger);
  const server = await startHttpServer({ ...base, route: createRoute({ ...base, runner, endpoint }) });
  return {
    url: `http://127.0.0.1:${server.address.port}`,
    local,
    logLines,
    async close() {
      await server.drain();
      await endpoint.close();
      runner.close();
      await local.close();
    },
  };
}
