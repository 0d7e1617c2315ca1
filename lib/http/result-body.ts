/** Helpers for the body of a result, which is a text or a stream. */
import type { HttpResult } from './types.ts';

export interface BodyEnd {
  readonly bytes: number;
  /** `cancelled`: the client went away first. */
  readonly outcome: 'complete' | 'cancelled' | 'failed';
}

/** Calls `onEnd` once when the last byte has been handed over: now for a text, at its end for a stream. */
export function watchBody(result: HttpResult, onEnd: (end: BodyEnd) => void): HttpResult {
  const { body } = result;
  if (body instanceof ReadableStream) return { ...result, body: watchStream(body, onEnd) };
  onEnd({ bytes: countBytes(body, result.isBase64Encoded), outcome: 'complete' });
  return result;
}

/** The same answer without its body, as HEAD wants it. */
export function withoutBody(result: HttpResult): HttpResult {
  const { body, isBase64Encoded: _encoding, ...rest } = result;
  // The producer must learn that nobody will read; that it fails on this is nobody's concern any more.
  if (body instanceof ReadableStream) body.cancel().catch(() => undefined);
  return rest;
}

function countBytes(body: string | undefined, isBase64Encoded: boolean | undefined): number {
  return body === undefined ? 0 : Buffer.byteLength(body, isBase64Encoded === true ? 'base64' : 'utf8');
}

function watchStream(source: ReadableStream<Uint8Array>, onEnd: (end: BodyEnd) => void): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            onEnd({ bytes, outcome: 'complete' });
            return;
          }
          bytes += value.byteLength;
          controller.enqueue(value);
        } catch (error) {
          controller.error(error);
          onEnd({ bytes, outcome: 'failed' });
        }
      },
      async cancel(reason) {
        onEnd({ bytes, outcome: 'cancelled' });
        await reader.cancel(reason);
      },
    },
    // Nothing is read ahead: the slow reader's back-pressure reaches the producer.
    { highWaterMark: 0 },
  );
}
