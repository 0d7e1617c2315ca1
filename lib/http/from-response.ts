/** A web `Response` → the canonical result. Pure but for reading the body of a finished, textual answer. */
import type { HttpResult } from './types.ts';

/** RFC 9110, section 7.6.1, and the framing of the body: both belong to the connection, so to the adapter. */
const CONNECTION_HEADERS = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** JSON is complete when it comes: as text it needs no streaming and gets a length. Everything else stays a stream. */
export async function fromResponse(response: Response): Promise<HttpResult> {
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie' && !CONNECTION_HEADERS.has(name)) headers[name] = value;
  }
  const cookies = response.headers.getSetCookie();
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '');
  const body = isJson ? await response.text() : (response.body ?? undefined);
  return {
    statusCode: response.status,
    headers,
    ...(cookies.length > 0 ? { cookies } : {}),
    ...(body === undefined ? {} : { body }),
  };
}
