/**
 * The HTTP server of the container and of a developer's machine: connections, limits, drain. One request: node-serve.ts.
 * Not here: anything that depends on path or method.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import type { Config } from '../lib/config/config.ts';
import type { Route } from '../lib/http/types.ts';
import type { Lifecycle } from '../lib/lifecycle.ts';
import type { HttpCounter } from '../lib/telemetry/http-counter.ts';
import type { Logger } from '../lib/telemetry/logger.ts';
import { createConnections } from './connections.ts';
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from './http-limits.ts';
import { toParserRefusal, writeParserRefusal } from './node-parser-error.ts';
import { REQUEST_RESERVE_MS, serve } from './node-serve.ts';
import { createPipelining } from './pipelining.ts';

export interface HttpServerOptions {
  readonly route: Route;
  readonly config: Pick<Config, 'host' | 'port' | 'toolTimeoutMs' | 'maxConnections'>;
  readonly lifecycle: Lifecycle;
  readonly logger: Logger;
  readonly metrics: HttpCounter;
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpServer {
  readonly address: AddressInfo;
  /** Takes nothing new; resolves when the last answer has left and every connection is closed. */
  drain(): Promise<void>;
  /** Cuts every connection. */
  destroy(): void;
}

/** A reader that takes nothing for this long, beyond the time that any answer may take, is gone. */
const STALLED_READER_MS = 60_000;

/** @throws the system's error (with its `code`) when the address cannot be listened on. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const { lifecycle, logger, metrics, config } = options;
  const server = createServer({
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.timeoutCheckIntervalMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    noDelay: true,
  });
  server.maxHeadersCount = limits.maxHeaders;
  server.setTimeout(config.toolTimeoutMs + REQUEST_RESERVE_MS + STALLED_READER_MS);
  const connections = createConnections({ ...limits, maxOpen: config.maxConnections });
  lifecycle.watchConnections(() => connections.count);
  const pipelining = createPipelining();
  let isClosing = false;
  server.on('connection', (socket) => connections.add(socket));

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const endInFlight = lifecycle.begin();
    const endRequest = connections.beginRequest(request.socket);
    response.once('close', () => {
      endRequest();
      endInFlight();
      if (isClosing) connections.closeIdle();
    });
    pipelining.take(request, response, () => void serve(request, response, { ...options, limits, connections }));
  }
  server.on('request', onRequest);
  // The client waits for a word before it sends its body, which is said when the body is wanted.
  server.on('checkContinue', onRequest);

  server.on('clientError', (error, socket) => {
    // Another answer is being written there, or nobody listens: words would only corrupt it.
    if (!socket.writable || connections.isAnswering(socket)) {
      socket.destroy();
      return;
    }
    const refusal = toParserRefusal(error);
    const requestId = randomUUID();
    metrics.countHttp('unknown', refusal.status);
    logger.debug('http request unreadable', { requestId, status: refusal.status, reason: error.message });
    writeParserRefusal(socket, refusal, { requestId, lingerMs: limits.discard.maxMs });
  });

  const address = await listen(server, config);
  lifecycle.setListeningPort(address.port);
  return {
    address,
    drain: async () => {
      lifecycle.startDraining();
      // Of node:net: that of node:http would close idle connections at once.
      const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
      await connections.whenEmpty(limits.drainLingerMs);
      isClosing = true;
      connections.closeIdle();
      await closed;
    },
    destroy: () => server.closeAllConnections(),
  };
}

function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host.replaceAll(/^\[|\]$/g, ''), () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server has no TCP address.'));
      else resolve(address);
    });
  });
}
