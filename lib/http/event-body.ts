/** The bytes and the text of an event's body, whichever way the event carries it. */
import type { HttpEvent } from './types.ts';

type EventBody = Pick<HttpEvent, 'body' | 'isBase64Encoded'>;

/** Size of the body in bytes, without decoding it. */
export function countBodyBytes({ body, isBase64Encoded }: EventBody): number {
  return body === undefined ? 0 : Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
}

/** The bytes; undefined where there is no body or an empty one. */
export function decodeBodyBytes({ body, isBase64Encoded }: EventBody): Buffer<ArrayBuffer> | undefined {
  if (body === undefined || body === '') return undefined;
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The text, a byte order mark dropped; undefined where the bytes are not UTF-8. An absent body is the empty text. */
export function decodeBodyText(event: EventBody): string | undefined {
  if (event.body === undefined) return '';
  if (!event.isBase64Encoded) return event.body.startsWith('\u{feff}') ? event.body.slice(1) : event.body;
  try {
    return UTF8.decode(Buffer.from(event.body, 'base64'));
  } catch {
    return undefined;
  }
}

/** Bytes → the fields of an event: text where they are UTF-8, as a Function URL gives them, else base64. */
export function encodeBody(bytes: Uint8Array): { body?: string; isBase64Encoded: boolean } {
  if (bytes.byteLength === 0) return { isBase64Encoded: false };
  try {
    return { body: UTF8_EXACT.decode(bytes), isBase64Encoded: false };
  } catch {
    return {
      body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
      isBase64Encoded: true,
    };
  }
}

/** Keeps a byte order mark, so that text → bytes gives back what came in. */
const UTF8_EXACT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
