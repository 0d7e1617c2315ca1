/** Response streaming for the Lambda Function URL. Nothing else: the event is the canonical one already. */

import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { HandlerContext, HttpEvent, Route } from '../lib/http/types.ts';
import { copyStream, toChunk } from './write-body.ts';

/** What goes ahead of the body in a streamed answer. */
export interface ResponsePrelude {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

export type StreamingHandler = (event: unknown, stream: Writable, context: HandlerContext) => Promise<void>;

/** The global `awslambda` of the Node runtime, as far as it is used here. */
export interface StreamingRuntime {
  streamifyResponse(handler: StreamingHandler): unknown;
  readonly HttpResponseStream: { from(stream: Writable, prelude: ResponsePrelude): Writable };
}

/** Powertools creates an empty `awslambda`: only the function itself proves the runtime. */
export function findStreamingRuntime(scope: { readonly awslambda?: unknown }): StreamingRuntime | undefined {
  const candidate = scope.awslambda;
  const isRuntime =
    typeof candidate === 'object' &&
    candidate !== null &&
    'streamifyResponse' in candidate &&
    typeof candidate.streamifyResponse === 'function';
  return isRuntime ? (candidate as StreamingRuntime) : undefined;
}

export function createStreamingHandler(route: Route, runtime: StreamingRuntime): unknown {
  return runtime.streamifyResponse(async (event, stream, context) => {
    if (!isHttpEvent(event)) {
      throw new TypeError('This is no Function URL event of payload format 2.0: call the function through its URL.');
    }
    const { statusCode, headers, cookies, ...rest } = await route(event, {
      awsRequestId: context.awsRequestId,
      getRemainingTimeInMillis: () => context.getRemainingTimeInMillis(),
    });
    const target = runtime.HttpResponseStream.from(stream, { statusCode, headers, ...(cookies && { cookies }) });
    if (rest.body instanceof ReadableStream) await copyStream(rest.body, target);
    // The prelude leaves with the first write only, so an empty answer needs one too.
    else target.write(toChunk({ statusCode, headers, ...rest }));
    target.end();
    await finished(target);
  });
}

/** Test events of the console and scheduled pings reach a function too. The rest of a real event is AWS's promise. */
function isHttpEvent(event: unknown): event is HttpEvent {
  if (typeof event !== 'object' || event === null) return false;
  const { rawPath, headers, requestContext } = event as Partial<HttpEvent>;
  return typeof rawPath === 'string' && typeof headers === 'object' && typeof requestContext?.http?.method === 'string';
}
