/** Fetches a JSON document from an issuer, within bounds of time and size, and never from where the issuer redirects to. */

export type Fetch = typeof globalThis.fetch;

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
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
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
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
    if (response.status !== OK) {
      void response.body?.cancel().catch(() => undefined);
      throw new FetchFault(`answered with HTTP status ${response.status}`, { status: response.status });
    }
    return parse(await readBounded(response, limits.maxBytes));
  } catch (error) {
    if (error instanceof FetchFault) throw error;
    throw new FetchFault(signal.aborted ? `did not answer within ${limits.timeoutMs} ms` : describe(error), {
      cause: error,
    });
  }
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (response.body === null) return new Uint8Array();
  const body: AsyncIterable<Uint8Array> = response.body;
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
  return `could not be reached (${code})`;
}
