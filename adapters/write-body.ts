/** A result's body → a Node stream, no faster than its reader takes it. Used by the HTTP server and by Lambda. */
import type { Writable } from 'node:stream';
import type { HttpResult } from '../lib/http/types.ts';

/** The body as bytes or text; the empty text where there is none. */
export function toChunk({ body, isBase64Encoded }: HttpResult): string | Buffer {
  if (typeof body !== 'string') return '';
  return isBase64Encoded === true ? Buffer.from(body, 'base64') : body;
}

/**
 * Copies the stream and leaves `target` open. Ends early, and cancels `source`, when `target` closes.
 * @throws what `source` fails with.
 */
export async function copyStream(source: ReadableStream<Uint8Array>, target: Writable): Promise<void> {
  const reader = source.getReader();
  // A cancelled read resolves as done, so the loop ends by itself; the producer's complaint about it helps nobody.
  const stop = () => void reader.cancel().catch(() => undefined);
  target.once('close', stop);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || target.destroyed) break;
      if (!target.write(value)) await waitForRoom(target);
    }
  } finally {
    target.off('close', stop);
    if (target.destroyed) stop();
  }
}

function waitForRoom(target: Writable): Promise<void> {
  return new Promise((resolve) => {
    function finish(): void {
      target.off('drain', finish);
      target.off('close', finish);
      resolve();
    }
    target.once('drain', finish);
    target.once('close', finish);
    if (target.destroyed) finish();
  });
}
