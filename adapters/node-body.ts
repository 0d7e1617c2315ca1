/** Reading request bodies within bounds, and not reading them. */
import type { IncomingMessage } from 'node:http';
import { AppError } from '../lib/errors.ts';

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/**
 * The whole body.
 * @param onBytes told of each piece before it is kept; what it throws ends the reading, and nothing more is read
 * @throws AppError `invalid_request` where the client went away first
 */
export function readBody(request: IncomingMessage, onBytes: (bytes: number) => void): Promise<Uint8Array> {
  if (!hasBody(request)) return Promise.resolve(new Uint8Array());
  if (request.destroyed) return Promise.reject(bodyLost());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];

    function stop(): void {
      request.off('data', take);
      request.off('end', finish);
      request.off('close', abort);
    }
    function take(chunk: Buffer): void {
      try {
        onBytes(chunk.byteLength);
        chunks.push(chunk);
      } catch (error) {
        request.pause();
        stop();
        reject(error instanceof Error ? error : new Error('The body was refused.', { cause: error }));
      }
    }
    function finish(): void {
      stop();
      resolve(Buffer.concat(chunks));
    }
    function abort(): void {
      stop();
      reject(bodyLost());
    }

    request.on('data', take);
    request.once('end', finish);
    request.once('close', abort);
  });
}

function bodyLost(): AppError {
  return new AppError('invalid_request', 'The body did not arrive whole: send the request again.');
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
