/** The same tools for a client that starts the server as its child process. stdout belongs to the protocol: logs go to stderr. */
import { StdioServerTransport, serveStdio as serveMcpStdio } from '@modelcontextprotocol/server/stdio';
import type { Config } from '../lib/config/config.ts';
import { withoutSubscriptions } from '../lib/mcp/refuse-subscriptions.ts';
import { createServer } from '../lib/mcp/server-factory.ts';
import { createToolRunner } from '../lib/mcp/tool-runner.ts';
import { createLogger } from '../lib/telemetry/logger.ts';
import { createMetrics } from '../lib/telemetry/metrics.ts';

/** Resolves when the client closes stdin: calls in flight are then ended, since nobody reads their answers. */
export async function serveStdio(config: Config): Promise<void> {
  const logger = createLogger(config);
  for (const warning of config.warnings) logger.warn(warning);
  const runner = createToolRunner({ config, logger, metrics: createMetrics() });
  const stdinClosed = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    process.stdout.once('error', () => resolve());
  });
  const connection = serveMcpStdio(() => createServer(runner), {
    transport: withoutSubscriptions(new StdioServerTransport()),
    onerror: (error) => logger.debug('mcp', { reason: error.message }),
  });
  logger.info('serving MCP on stdio', { region: config.region });
  await stdinClosed;
  await connection.close();
  runner.close();
}
