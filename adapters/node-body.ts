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
    const bytes = new GrowingBytes();

    function stop(): void {
      request.off('data', take);
      request.off('end', finish);
      request.off('close', abort);
    }
    function take(chunk: Buffer): void {
      try {
        onBytes(chunk.byteLength);
        bytes.add(chunk);
      } catch (error) {
        request.pause();
        stop();
        reject(error instanceof Error ? error : new Error('The body was refused.', { cause: error }));
      }
    }
    function finish(): void {
      stop();
      resolve(bytes.all());
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

const FIRST_BYTES = 16_384;

/** One buffer that doubles: a body in half a million chunks of a byte is not joined from as many pieces at its end. */
class GrowingBytes {
  #buffer = Buffer.allocUnsafeSlow(0);
  #length = 0;

  add(chunk: Buffer): void {
    const length = this.#length + chunk.byteLength;
    if (length > this.#buffer.byteLength) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, FIRST_BYTES, this.#length * 2));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
    chunk.copy(this.#buffer, this.#length);
    this.#length = length;
  }

  all(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
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
