/**
 * The HTTP server of the container and of a developer's machine: request → event, result → response, limits, drain.
 * Not here: anything that depends on path or method.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import type { Config } from '../lib/config/config.ts';
import type { Route } from '../lib/http/types.ts';
import type { Lifecycle } from '../lib/lifecycle.ts';
import { MAX_BODY_BYTES } from '../lib/middleware/body-limit.ts';
import type { HttpCounter } from '../lib/telemetry/http-counter.ts';
import type { Logger } from '../lib/telemetry/logger.ts';
import { type Connections, createConnections } from './connections.ts';
import { type DiscardLimits, discardRest, readBody } from './node-body.ts';
import { toEvent } from './node-event.ts';
import { toParserRefusal, writeParserRefusal } from './node-parser-error.ts';
import { writeResult } from './node-result.ts';

export interface HttpLimits {
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  readonly headersTimeoutMs: number;
  /** For the whole request, body included; not for the answer. */
  readonly requestTimeoutMs: number;
  readonly timeoutCheckIntervalMs: number;
  /** Above the 60 s after which AWS load balancers drop idle connections, so that they, not we, close first. */
  readonly keepAliveTimeoutMs: number;
  /**
   * How long a drain leaves idle connections open: a request may be on its way already, and closing would lose it. Each
   * answer says `connection: close` meanwhile.
   */
  readonly drainLingerMs: number;
  /** How a body that is too large is thrown away while the client reads the refusal. */
  readonly discard: DiscardLimits;
}

const DEFAULT_HTTP_LIMITS: HttpLimits = {
  maxHeaderBytes: 16_384,
  maxHeaders: 100,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 30_000,
  timeoutCheckIntervalMs: 5_000,
  keepAliveTimeoutMs: 75_000,
  drainLingerMs: 1_000,
  discard: { maxBytes: 8_388_608, maxMs: 2_000 },
};

export interface HttpServerOptions {
  readonly route: Route;
  readonly config: Pick<Config, 'host' | 'port' | 'toolTimeoutMs'>;
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

/** What a request may take beyond the time limit of its tool. */
const REQUEST_RESERVE_MS = 5_000;
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
  const connections = createConnections();
  let isClosing = false;
  server.on('connection', (socket) => connections.add(socket));

  server.on('request', (request, response) => {
    const endInFlight = lifecycle.begin();
    const endRequest = connections.beginRequest(request.socket);
    response.once('close', () => {
      endRequest();
      endInFlight();
      if (isClosing) connections.closeIdle();
    });
    void serve(request, response, { ...options, limits, connections });
  });

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
    writeParserRefusal(socket, refusal, requestId);
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

interface ServeOptions extends HttpServerOptions {
  readonly limits: HttpLimits;
  readonly connections: Connections;
}

async function serve(request: IncomingMessage, response: ServerResponse, options: ServeOptions): Promise<void> {
  const { route, config, lifecycle, logger, limits, connections } = options;
  const requestId = randomUUID();
  const endEpochMs = Date.now() + config.toolTimeoutMs + REQUEST_RESERVE_MS;
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  response.on('error', (error) => logger.debug('http connection failed', { requestId, error }));
  try {
    const body = await readBody(request, MAX_BODY_BYTES);
    const { socket } = request;
    // Gone, or refused by the parser for what followed.
    if (body === undefined || !socket.writable) return;
    response.once('close', connections.beginAnswer(socket));
    const isTooLarge = body.byteLength > MAX_BODY_BYTES;
    const result = await route(toEvent(request, body, requestId), {
      awsRequestId: requestId,
      getRemainingTimeInMillis: () => endEpochMs - Date.now(),
      signal: gone.signal,
    });
    await writeResult(response, result, {
      isLast: isTooLarge || lifecycle.isDraining(),
      ...(isTooLarge && { beforeEnd: () => discardRest(request, limits.discard) }),
    });
  } catch (error) {
    logger.error('http answer failed', { requestId, error });
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { connection: 'close', 'content-length': '0' }).end();
  }
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
