/**
 * One line and one count per request, when the last byte of the answer has been handed over (an MCP answer streams, and
 * the handler returns long before its end). Never logs a query, a header or a body.
 */
import { findBodyBytes } from '../http/event-body.ts';
import { isJsonRpcPath, isProbePath, toRoutePattern } from '../http/paths.ts';
import { type BodyEnd, watchBody } from '../http/result-body.ts';
import type { HttpEvent } from '../http/types.ts';
import type { HttpCounter } from '../telemetry/http-counter.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

export interface AccessLogOptions {
  readonly logger: Logger;
  readonly metrics: HttpCounter;
  readonly clock: () => number;
}

export function accessLog({ logger, metrics, clock }: AccessLogOptions): Middleware {
  function before(request: MiddlewareRequest): void {
    request.internal.startedEpochMs = clock();
  }

  function watch(request: MiddlewareRequest): void {
    const { response } = request;
    if (response) request.response = watchBody(response, (end) => report(request, response.statusCode, end));
  }

  function report({ event, internal }: MiddlewareRequest, status: number, end: BodyEnd): void {
    const route = toRoutePattern(event.rawPath);
    const durationMs = Math.round(clock() - (internal.startedEpochMs ?? clock()));
    metrics.countHttp(route, status);
    metrics.observeHttp(route, durationMs / 1_000);
    const fields = {
      requestId: event.requestContext.requestId,
      method: event.requestContext.http.method,
      route,
      status,
      durationMs,
      bytes: end.bytes,
      ...(internal.errorCode === undefined ? {} : { code: internal.errorCode }),
      ...(end.outcome === 'complete' ? {} : { body: end.outcome }),
    };
    if (isQuiet(event, status)) logger.debug('http request', fields);
    else logger.info('http request', fields);
  }

  return { name: 'access-log', before, after: watch, onError: watch };
}

const MAX_EMPTY_BODY_BYTES = 2;

/** Kubelet, scrapers, and MCP clients that probe with HEAD, GET or an empty POST before each connect: no news unless we fail. */
function isQuiet(event: HttpEvent, status: number): boolean {
  if (isProbePath(event.rawPath)) return true;
  if (status >= 500) return false;
  if (event.requestContext.http.method === 'HEAD') return true;
  const bytes = findBodyBytes(event);
  return isJsonRpcPath(event.rawPath) && bytes !== undefined && bytes <= MAX_EMPTY_BODY_BYTES;
}
