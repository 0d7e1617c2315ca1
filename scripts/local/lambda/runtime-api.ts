/**
 * The Lambda Runtime API as far as one function needs it (AWS Lambda developer guide, "Using the Lambda runtime API"):
 * the runtime client fetches invocations here and posts their answers, streamed or whole.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the function made of an invocation. */
export interface InvocationAnswer {
  /** `error`: the body is the runtime's description of what was thrown. */
  readonly kind: 'streaming' | 'buffered' | 'error';
  readonly body: IncomingMessage;
}

export interface RuntimeApi {
  /** `host:port`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Resolves when the answer begins; its body may still be coming. */
  invoke(event: unknown): Promise<InvocationAnswer>;
  close(): void;
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly answer: (answer: InvocationAnswer) => void;
}

const PATH =
  /^\/2018-06-01\/runtime\/(?:invocation\/(?<next>next)|invocation\/(?<id>[^/]+)\/(?<end>response|error)|init\/error)$/;
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111122223333:function:cloudwatch-mcp';

/** @param timeoutMs the function's time-out, told to it as a deadline */
export async function startRuntimeApi(timeoutMs: number, report: (line: string) => void): Promise<RuntimeApi> {
  const queue: Invocation[] = [];
  const waiting: ((invocation: Invocation) => void)[] = [];
  const running = new Map<string, Invocation>();

  async function handOut(response: ServerResponse): Promise<void> {
    const invocation = queue.shift() ?? (await new Promise<Invocation>((resolve) => waiting.push(resolve)));
    running.set(invocation.id, invocation);
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
      'lambda-runtime-invoked-function-arn': FUNCTION_ARN,
    });
    response.end(JSON.stringify(invocation.event));
  }

  async function takeAnswer(id: string, end: string, request: IncomingMessage): Promise<void> {
    const invocation = running.get(id);
    running.delete(id);
    const isStreaming = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
    const kind = end === 'error' ? 'error' : isStreaming ? 'streaming' : 'buffered';
    const ended = new Promise<void>((resolve) => request.once('end', resolve));
    invocation?.answer({ kind, body: request });
    if (invocation === undefined) request.resume();
    await ended;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { next, id, end } = PATH.exec(request.url ?? '')?.groups ?? {};
    if (next !== undefined) return handOut(response);
    if (id !== undefined && end !== undefined) await takeAnswer(id, end, request);
    else report(`runtime: ${request.method} ${request.url} ${(await readText(request)).slice(0, 500)}`);
    response.writeHead(202).end('{}');
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    invoke: (event) =>
      new Promise((answer) => {
        const invocation = { id: randomUUID(), event, answer };
        const take = waiting.shift();
        if (take === undefined) queue.push(invocation);
        else take(invocation);
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export async function readText(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
