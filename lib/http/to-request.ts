/**
 * The canonical event → a web `Request`. Pure. Not here: checking Host, size or type (middleware).
 */
import { decodeBodyBytes } from './event-body.ts';
import type { HttpEvent } from './types.ts';

/** What the streamable HTTP transport requires of a client's Accept; see {@link withUsableAccept}. */
const MCP_ACCEPT = 'application/json, text/event-stream';
/** The URL needs an authority; the real Host has been checked before and no handler reads it from here. */
const FALLBACK_HOST = 'localhost';
const METHODS_WITHOUT_BODY = new Set(['GET', 'HEAD']);

export interface ToRequestOptions {
  /** Aborts the `Request`, and with it what serves it. */
  readonly signal?: AbortSignal;
  /** Left out where the body has been parsed already and is handed on beside the `Request`. */
  readonly isBodyIncluded?: boolean;
}

/** @throws TypeError for a method or a header that HTTP does not allow. */
export function toRequest(event: HttpEvent, options: ToRequestOptions = {}): Request {
  const { method } = event.requestContext.http;
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  // Without the slash a path could become part of the authority.
  const path = event.rawPath.startsWith('/') ? event.rawPath : `/${event.rawPath}`;
  const headers = new Headers(event.headers);
  if (event.cookies !== undefined && event.cookies.length > 0 && !headers.has('cookie')) {
    headers.set('cookie', event.cookies.join('; '));
  }
  const isBodyIncluded = options.isBodyIncluded !== false && !METHODS_WITHOUT_BODY.has(method);
  const body = isBodyIncluded ? decodeBodyBytes(event) : undefined;
  return new Request(`http://${FALLBACK_HOST}${path}${query}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

/**
 * The event with an Accept header that MCP's transport takes, where the client left it out or accepts anything (as
 * plain curl does): the transport answers 406 otherwise. A client that names its types keeps them.
 */
export function withUsableAccept(event: HttpEvent): HttpEvent {
  const { accept } = event.headers;
  if (accept !== undefined && !/^\s*$|\*\/\*/.test(accept)) return event;
  return { ...event, headers: { ...event.headers, accept: MCP_ACCEPT } };
}
