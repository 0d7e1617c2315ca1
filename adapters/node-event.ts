/** A Node request → the canonical event, as a Function URL would build it, but for the body: that is still on the wire. */
import type { IncomingMessage } from 'node:http';
import type { HttpEvent } from '../lib/http/types.ts';

export function toEvent(request: IncomingMessage, requestId: string): HttpEvent {
  const { headers, cookies } = readHeaders(request.rawHeaders);
  const target = request.url ?? '';
  const queryStart = target.indexOf('?');
  const rawPath = queryStart === -1 ? target : target.slice(0, queryStart);
  const userAgent = headers['user-agent'];
  return {
    version: '2.0',
    rawPath,
    rawQueryString: queryStart === -1 ? '' : target.slice(queryStart + 1),
    headers,
    ...(cookies.length > 0 ? { cookies } : {}),
    requestContext: {
      requestId,
      http: {
        method: request.method ?? '',
        path: rawPath,
        sourceIp: request.socket.remoteAddress ?? '',
        ...(userAgent === undefined ? {} : { userAgent }),
      },
    },
    isBase64Encoded: false,
  };
}

/** From the raw list: Node's own object drops repeated `authorization` and `host`, and hiding them hides attacks. */
function readHeaders(rawHeaders: readonly string[]): { headers: Record<string, string>; cookies: string[] } {
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const earlier = headers.get(name);
    if (name === 'cookie') cookies.push(...value.split(/;\s*/).filter((cookie) => cookie !== ''));
    else headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return { headers: Object.fromEntries(headers), cookies };
}
