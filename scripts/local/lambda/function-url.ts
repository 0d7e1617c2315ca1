/**
 * The Function URL in front of the Runtime API: HTTP request → event (payload format 2.0), the function's answer → HTTP.
 * A streamed answer begins with a JSON prelude and eight zero bytes (Lambda developer guide, "Response streaming").
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type InvocationAnswer, type RuntimeApi, readText } from './runtime-api.ts';

const PRELUDE_END = Buffer.alloc(8);
const DOMAIN_NAME = 'local.lambda-url.us-east-1.on.aws';

const resultSchema = z.object({
  statusCode: z.int().default(200),
  headers: z.record(z.string(), z.string()).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** @param report called once per request, with the times at which parts of the answer came */
export function createFunctionUrl(api: RuntimeApi, report: (line: string) => void): Server {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = performance.now();
    const times: number[] = [];
    const mark = (): void => void times.push(Math.round(performance.now() - startedMs));
    const answer = await api.invoke(toEvent(request, await readText(request)));
    if (answer.kind === 'streaming') await passStream(answer, response, mark);
    else await passWhole(answer, response);
    const chunks = answer.kind === 'streaming' ? `, ${times.length} parts at ${times.join(', ')} ms` : '';
    report(`${request.method} ${request.url} → ${response.statusCode} ${answer.kind}${chunks}`);
  }

  return createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      report(`${request.method} ${request.url} failed: ${String(error)}`);
      response.destroy();
    });
  });
}

function toEvent(request: IncomingMessage, body: string): unknown {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: DOMAIN_NAME,
      requestId: crypto.randomUUID(),
      routeKey: '$default',
      stage: '$default',
      http: { method: request.method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
    },
    ...(body !== '' && { body }),
    isBase64Encoded: false,
  };
}

async function passWhole({ kind, body }: InvocationAnswer, response: ServerResponse): Promise<void> {
  const text = await readText(body);
  if (kind === 'error') {
    response.writeHead(502, { 'content-type': 'application/json' }).end(text);
    return;
  }
  const result = resultSchema.parse(JSON.parse(text));
  response.writeHead(result.statusCode, { ...result.headers, 'set-cookie': result.cookies });
  response.end(Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8'));
}

/** Each part is passed on the moment it arrives. */
async function passStream({ body }: InvocationAnswer, response: ServerResponse, mark: () => void): Promise<void> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const part of body) {
    mark();
    const bytes = Buffer.from(part);
    if (start === undefined) {
      response.write(bytes);
      continue;
    }
    start = Buffer.concat([start, bytes]);
    const end = start.indexOf(PRELUDE_END);
    if (end === -1) continue;
    const { statusCode, headers, cookies } = resultSchema.parse(JSON.parse(start.subarray(0, end).toString('utf8')));
    response.writeHead(statusCode, { ...headers, 'set-cookie': cookies });
    response.write(start.subarray(end + PRELUDE_END.length));
    start = undefined;
  }
  if (start !== undefined) throw new Error('the stream ended before its prelude');
  response.end();
}
