/**
 * One request of the HTTP server: head → event → route, which reads the body when it wants it; result → response. What
 * the route did not want is thrown away within bounds, and then the connection is cut.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../lib/config/config.ts';
import type { HttpResult, Route } from '../lib/http/types.ts';
import type { Lifecycle } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/telemetry/logger.ts';
import type { Connections } from './connections.ts';
import type { HttpLimits } from './http-limits.ts';
import { discardRest, hasBody, readBody } from './node-body.ts';
import { toEvent } from './node-event.ts';
import { writeResult } from './node-result.ts';

export interface ServeOptions {
  readonly route: Route;
  readonly config: Pick<Config, 'toolTimeoutMs'>;
  readonly lifecycle: Lifecycle;
  readonly logger: Logger;
  readonly limits: HttpLimits;
  readonly connections: Connections;
}

/** What a request may take beyond the time limit of its tool. */
export const REQUEST_RESERVE_MS = 5_000;
/** An unwanted body of this size is on its way as a whole: the connection stays usable once it has passed. */
const SMALL_BODY_BYTES = 65_536;

/** Never rejects. */
export async function serve(request: IncomingMessage, response: ServerResponse, options: ServeOptions): Promise<void> {
  const { route, config, logger, connections } = options;
  const { socket } = request;
  const requestId = randomUUID();
  const endEpochMs = Date.now() + config.toolTimeoutMs + REQUEST_RESERVE_MS;
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  response.on('error', (error) => logger.debug('http connection failed', { requestId, error }));
  // 'close' tells of the abort; without a listener the error would end the process.
  request.on('error', () => undefined);

  let isAnswering = false;
  const beginAnswer = (): void => {
    if (!isAnswering) response.once('close', connections.beginAnswer(socket));
    isAnswering = true;
  };
  if (!hasBody(request)) beginAnswer();
  try {
    const result = await route(toEvent(request, requestId), {
      awsRequestId: requestId,
      getRemainingTimeInMillis: () => endEpochMs - Date.now(),
      signal: gone.signal,
      async readBody(onBytes) {
        if (request.headers.expect !== undefined) response.writeContinue();
        const body = await readBody(request, onBytes);
        beginAnswer();
        return body;
      },
      ...(connections.isReserve(socket) && { isReserve: true }),
    });
    // Gone, or refused by the parser for what followed.
    if (!socket.writable) return;
    beginAnswer();
    await answer(request, response, result, options);
  } catch (error) {
    logger.error('http answer failed', { requestId, error });
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { connection: 'close', 'content-length': '0' }).end();
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  result: HttpResult,
  { lifecycle, limits, connections }: ServeOptions,
): Promise<void> {
  const { socket } = request;
  const isUnread = !request.complete;
  const isSmall = Number(request.headers['content-length']) <= SMALL_BODY_BYTES;
  await writeResult(response, result, {
    isLast: lifecycle.isDraining() || connections.isReserve(socket) || (isUnread && !isSmall),
    ...(isUnread && { beforeEnd: () => discardRest(request, limits.discard) }),
  });
  if (!request.complete) socket.destroySoon();
}
