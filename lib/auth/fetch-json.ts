/** Fetches a JSON document from an issuer, within bounds of time and size, and never from where the issuer redirects to. */

/** The part of `fetch` that is used: Node's own fits. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>;

export interface FetchInit {
  /** Ends the exchange, the reading of the body too. */
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: 'manual';
}

export interface FetchAnswer {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array> | null;
}

export interface FetchLimits {
  /** From the first byte sent to the last one read. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const DEFAULT_FETCH_LIMITS: FetchLimits = { timeoutMs: 3_000, maxBytes: 262_144 };

/** The document cannot be had. `message` is ours and holds nothing that the other side wrote. */
export class FetchFault extends Error {
  override readonly name = 'FetchFault';
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, options);
    this.status = options.status;
  }
}

const OK = 200;

/** @throws FetchFault */
export async function fetchJson(
  url: string,
  fetch: Fetch,
  limits: FetchLimits = DEFAULT_FETCH_LIMITS,
): Promise<unknown> {
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  const unwanted = new AbortController();
  const signal = AbortSignal.any([deadline, unwanted.signal]);
  try {
    const { status, body } = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
    if (status !== OK) throw new FetchFault(`answered with HTTP status ${status}`, { status });
    return parse(await readBounded(body, limits.maxBytes));
  } catch (error) {
    if (error instanceof FetchFault) throw error;
    throw new FetchFault(deadline.aborted ? `did not answer within ${limits.timeoutMs} ms` : describe(error), {
      cause: error,
    });
  } finally {
    // Of a body that is not read the connection would stay.
    unwanted.abort();
  }
}

async function readBounded(body: FetchAnswer['body'], maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (body === null) return new Uint8Array();
  // Leaving the loop cancels the body, and with it the connection.
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new FetchFault(`sent more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch {
    throw new FetchFault('did not send JSON');
  }
}

/** The system's error code, such as ECONNREFUSED; texts may quote what the other side sent. */
function describe(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  // What Node's agents add where the proxy answers CONNECT with anything but 200.
  const status = cause instanceof Error && 'statusCode' in cause ? ` ${String(cause.statusCode)}` : '';
  return `could not be reached (${code}${status})`;
}
