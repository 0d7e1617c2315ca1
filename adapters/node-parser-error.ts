/** What Node's HTTP parser refuses never reaches the core: the answer is written by hand, in the core's shape. */
import type { Duplex } from 'node:stream';

export interface ParserRefusal {
  readonly status: number;
  readonly reason: string;
  readonly description: string;
}

const REFUSALS: Readonly<Record<string, ParserRefusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    reason: 'Request Header Fields Too Large',
    description: 'The request headers are too large: send fewer or shorter ones.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    reason: 'Content Too Large',
    description: 'The chunk extensions of the body are too large: send none.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    reason: 'Request Timeout',
    description: 'The request did not arrive in time: send headers and body without pauses.',
  },
};
const MALFORMED: ParserRefusal = {
  status: 400,
  reason: 'Bad Request',
  description: 'This is not a valid HTTP/1.1 request: check the request line and the headers.',
};

export function toParserRefusal(error: Error): ParserRefusal {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return Object.hasOwn(REFUSALS, code) ? (REFUSALS[code] ?? MALFORMED) : MALFORMED;
}

/** Answers and closes: by force after `lingerMs`, since who has sent too slowly may be as slow to leave. */
export function writeParserRefusal(
  socket: Duplex,
  { status, reason, description }: ParserRefusal,
  { requestId, lingerMs }: { readonly requestId: string; readonly lingerMs: number },
): void {
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
  const body = JSON.stringify({ error: 'invalid_request', error_description: description, requestId });
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      `x-request-id: ${requestId}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
