/** Reading request bodies within bounds. */
import type { IncomingMessage } from 'node:http';

/**
 * The body, cut one byte above `maxBytes` (the core then refuses it); nothing more is read.
 * Undefined where the client went away first.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  if (!hasBody) return Promise.resolve(new Uint8Array());
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;

    function finish(body: Uint8Array | undefined): void {
      request.off('data', take);
      request.off('end', finishWhole);
      request.off('close', finishAborted);
      resolve(body);
    }
    function take(chunk: Buffer): void {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes <= maxBytes) return;
      request.pause();
      finish(Buffer.concat(chunks).subarray(0, maxBytes + 1));
    }
    function finishWhole(): void {
      finish(Buffer.concat(chunks));
    }
    function finishAborted(): void {
      finish(undefined);
    }

    request.on('data', take);
    request.once('end', finishWhole);
    request.once('close', finishAborted);
    // 'close' tells of the abort; without a listener the error would end the process.
    request.on('error', () => undefined);
  });
}

export interface DiscardLimits {
  readonly maxBytes: number;
  readonly maxMs: number;
}

/**
 * Throws away what is still coming, within bounds. Closing a socket with unread input resets it, and then the client may
 * never see the answer that says why.
 */
export function discardRest(request: IncomingMessage, { maxBytes, maxMs }: DiscardLimits): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;

    function finish(): void {
      clearTimeout(timer);
      request.pause();
      request.off('data', drop);
      request.off('end', finish);
      request.off('close', finish);
      resolve();
    }
    function drop(chunk: Buffer): void {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) finish();
    }

    const timer = setTimeout(finish, maxMs);
    request.on('data', drop);
    request.once('end', finish);
    request.once('close', finish);
    request.resume();
  });
}
