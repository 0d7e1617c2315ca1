/** The canonical result → a Node response. */
import type { ServerResponse } from 'node:http';
import type { HttpResult } from '../lib/http/types.ts';
import { copyStream, toChunk } from './write-body.ts';

export interface WriteOptions {
  /** Announces that the connection ends with this answer. */
  readonly isLast: boolean;
  /** Awaited between the last byte and the end of the answer. */
  readonly beforeEnd?: () => Promise<void>;
}

/** @throws what the body's stream fails with; the answer is then incomplete. */
export async function writeResult(response: ServerResponse, result: HttpResult, options: WriteOptions): Promise<void> {
  const headers: Record<string, string | string[]> = { ...result.headers };
  if (result.cookies !== undefined) headers['set-cookie'] = [...result.cookies];
  if (options.isLast) headers.connection = 'close';
  if (result.body instanceof ReadableStream) {
    response.writeHead(result.statusCode, headers);
    // The client of a slow tool sees at once that its call was taken.
    response.flushHeaders();
    await copyStream(result.body, response);
    response.end();
    return;
  }
  const chunk = toChunk(result);
  if (result.body !== undefined) headers['content-length'] = String(Buffer.byteLength(chunk));
  response.writeHead(result.statusCode, headers);
  if (options.beforeEnd !== undefined) {
    response.write(chunk);
    await options.beforeEnd();
    response.end();
  } else response.end(chunk);
}
