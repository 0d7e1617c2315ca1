/** Serving HTTP from start to exit: listen, say so, and on SIGTERM or SIGINT let calls in flight finish. */
import type { Config } from '../lib/config/config.ts';
import type { Logger } from '../lib/telemetry/logger.ts';
import { type Composition, composeServer } from './compose.ts';
import { type HttpServer, startHttpServer } from './node.ts';

/** Never resolves while the server runs; the process exits through a signal. */
export async function serveHttp(config: Config): Promise<void> {
  const composition = composeServer(config);
  const { logger } = composition;
  for (const warning of config.warnings) logger.warn(warning);
  let server: HttpServer;
  try {
    server = await startHttpServer(composition);
  } catch (error) {
    process.stderr.write(`${describeListenError(error, config)}\n`);
    process.exit(1);
  }
  const { address, port } = server.address;
  logger.info('serving MCP over HTTP', { address, port, path: '/mcp', region: config.region });
  exitOnSignal(server, composition);
}

function exitOnSignal(server: HttpServer, composition: Composition): void {
  const { logger, config, lifecycle } = composition;
  let hasSignal = false;

  function onSignal(signal: NodeJS.Signals): void {
    if (hasSignal) {
      logger.warn('second signal: exiting at once', { signal, inFlight: lifecycle.inFlight() });
      process.exit(1);
    }
    hasSignal = true;
    logger.info('draining', { signal, inFlight: lifecycle.inFlight(), timeoutMs: config.drainTimeoutMs });
    void drain(server, composition).then((hasDrained) => process.exit(hasDrained ? 0 : 1));
  }

  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** Whether everything in flight finished in time. */
async function drain(server: HttpServer, composition: Composition): Promise<boolean> {
  const { logger, config, lifecycle } = composition;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), config.drainTimeoutMs);
  });
  const hasDrained = await Promise.race([server.drain().then(() => true), timeout]);
  clearTimeout(timer);
  if (!hasDrained) logger.warn('drain time is over: ending calls in flight', { inFlight: lifecycle.inFlight() });
  await closeQuietly(composition, logger);
  return hasDrained;
}

async function closeQuietly(composition: Composition, logger: Logger): Promise<void> {
  try {
    await composition.close();
  } catch (error) {
    logger.debug('closing failed', { error });
  }
}

function describeListenError(error: unknown, { host, port }: Pick<Config, 'host' | 'port'>): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const where = `Cannot listen on ${host}:${port} (${code})`;
  if (code === 'EADDRINUSE') {
    return `${where}: another program uses this port. Stop it, or set CLOUDWATCH_MCP_PORT to a free one.`;
  }
  if (code === 'EACCES') return `${where}: this user may not use the port. Set CLOUDWATCH_MCP_PORT above 1023.`;
  return `${where}: set CLOUDWATCH_MCP_SERVER_HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`;
}
