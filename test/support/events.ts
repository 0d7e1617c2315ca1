/** Canonical events and contexts for handlers called directly. */
import type { HandlerContext, HttpEvent } from '../../lib/http/types.ts';

export interface EventParts {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly cookies?: readonly string[];
  readonly domainName?: string;
}

export function createEvent(parts: EventParts = {}): HttpEvent {
  const { method = 'GET', path = '/', query = '', headers = {}, body, isBase64Encoded = false, cookies } = parts;
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: query,
    headers: { host: 'localhost:3334', ...headers },
    ...(cookies && { cookies }),
    requestContext: {
      requestId: 'event-id',
      ...(parts.domainName !== undefined && { domainName: parts.domainName }),
      http: { method, path, sourceIp: '127.0.0.1' },
    },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

export function createPost(path: string, value: unknown, headers: Readonly<Record<string, string>> = {}): HttpEvent {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return createEvent({ method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body });
}

export function createContext(overrides: Partial<HandlerContext> = {}): HandlerContext {
  return { awsRequestId: 'event-id', getRemainingTimeInMillis: () => 60_000, ...overrides };
}

export async function readBodyText(body: string | ReadableStream<Uint8Array> | undefined): Promise<string> {
  return body instanceof ReadableStream ? new Response(body).text() : (body ?? '');
}
