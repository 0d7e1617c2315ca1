/**
 * A stand-in of the Lambda Node runtime's response streaming: status and headers leave with the first write, and an
 * answer without any write never had them.
 */
import { Writable } from 'node:stream';
import {
  createStreamingHandler,
  type ResponsePrelude,
  type StreamingHandler,
  type StreamingRuntime,
} from '../../adapters/lambda.ts';
import type { Route } from '../../lib/http/types.ts';
import { createContext } from './events.ts';

export interface LambdaAnswer {
  readonly prelude: ResponsePrelude | undefined;
  readonly body: Buffer;
  /** Number of writes, each one a chunk on the wire. */
  readonly writes: number;
}

class RuntimeStream extends Writable {
  readonly chunks: Buffer[] = [];
  beforeFirstWrite: (() => void) | undefined;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.beforeFirstWrite?.();
    this.beforeFirstWrite = undefined;
    this.chunks.push(chunk);
    done();
  }
}

/** What the Function URL would give back; rejects as the invocation would fail. */
export async function invokeLambda(route: Route, event: unknown): Promise<LambdaAnswer> {
  let prelude: ResponsePrelude | undefined;
  let handle: StreamingHandler | undefined;
  const runtime: StreamingRuntime = {
    streamifyResponse: (handler) => {
      handle = handler;
      return handler;
    },
    HttpResponseStream: {
      from(stream, given) {
        if (!(stream instanceof RuntimeStream)) throw new TypeError('not the stream of this runtime');
        stream.beforeFirstWrite = () => {
          prelude = given;
        };
        return stream;
      },
    },
  };
  createStreamingHandler(route, runtime);
  if (handle === undefined) throw new Error('streamifyResponse was not called');
  const stream = new RuntimeStream();
  await handle(event, stream, createContext());
  return { prelude, body: Buffer.concat(stream.chunks), writes: stream.chunks.length };
}
