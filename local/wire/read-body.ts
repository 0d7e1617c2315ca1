import type { IncomingMessage } from 'node:http';

/** Reads a request body up to a limit; undefined = larger than `maxBytes` (the rest is thrown away unread). */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of request) {
    const bytes: Buffer = chunk;
    byteCount += bytes.length;
    if (byteCount <= maxBytes) chunks.push(bytes);
  }
  return byteCount > maxBytes ? undefined : Buffer.concat(chunks);
}
