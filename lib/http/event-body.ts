/** The bytes and the text of an event's body, whichever way the event carries it. */
import { isUtf8 } from 'node:buffer';
import type { HttpEvent } from './types.ts';

type EventBody = Pick<HttpEvent, 'body' | 'isBase64Encoded'>;

/** Size of the body in bytes, without decoding it. */
export function countBodyBytes({ body, isBase64Encoded }: EventBody): number {
  return body === undefined ? 0 : Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
}

/**
 * Size of the body in bytes: of the one that the event holds, else as the head announces it. Undefined where only
 * reading tells (chunks).
 */
export function findBodyBytes(event: EventBody & Pick<HttpEvent, 'headers'>): number | undefined {
  if (event.body !== undefined) return countBodyBytes(event);
  if (event.headers['transfer-encoding'] !== undefined) return undefined;
  return Number(event.headers['content-length'] ?? 0);
}

/** The bytes; undefined where there is no body or an empty one. */
export function decodeBodyBytes({ body, isBase64Encoded }: EventBody): Buffer<ArrayBuffer> | undefined {
  if (body === undefined || body === '') return undefined;
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
}

/** The text, a byte order mark dropped; undefined where the bytes are not UTF-8. An absent body is the empty text. */
export function decodeBodyText(event: EventBody): string | undefined {
  if (!event.isBase64Encoded) return dropMark(event.body ?? '');
  const bytes = decodeBodyBytes(event) ?? Buffer.alloc(0);
  return isUtf8(bytes) ? dropMark(bytes.toString('utf8')) : undefined;
}

/** Bytes → the fields of an event: text where they are UTF-8, as a Function URL gives them, else base64. */
export function encodeBody(bytes: Uint8Array): { body?: string; isBase64Encoded: boolean } {
  if (bytes.byteLength === 0) return { isBase64Encoded: false };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer)
    ? { body: buffer.toString('utf8'), isBase64Encoded: false }
    : { body: buffer.toString('base64'), isBase64Encoded: true };
}

function dropMark(text: string): string {
  return text.startsWith('\u{feff}') ? text.slice(1) : text;
}
