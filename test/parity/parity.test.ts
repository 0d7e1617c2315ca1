import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBody } from '../../lib/http/event-body.ts';
import type { HttpEvent } from '../../lib/http/types.ts';
import { createContext, createEvent, readBodyText } from '../support/events.ts';
import { invokeLambda } from '../support/lambda-runtime.ts';
import { startTestServer, type TestServer } from '../support/test-app.ts';
import { PARITY_REQUESTS, type ParityRequest } from './requests.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** They belong to the connection, which only the HTTP server has. */
const HOP_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);
const HOST = 'localhost:3334';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ env: { MCP_ALLOWED_ORIGINS: 'https://chat.example.com' } });
});
afterAll(() => server.stop());

function withCommonHeaders({ headers }: ParityRequest): Record<string, string> {
  return { host: HOST, 'x-request-id': 'parity-1', ...headers };
}

function askNode(sent: ParityRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', path, body } = sent;
    const headers = withCommonHeaders(sent);
    const request = httpRequest({ port: server.port, host: '127.0.0.1', method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const kept = Object.entries(response.headers).filter(([name]) => !HOP_HEADERS.has(name));
        resolve({
          status: response.statusCode,
          headers: Object.fromEntries(kept),
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}

/** The head as a Function URL documents it: cookies apart. */
function headOf(sent: ParityRequest): HttpEvent {
  const { method = 'GET', path } = sent;
  const { cookie, ...headers } = withCommonHeaders(sent);
  const [rawPath = '', query = ''] = path.split('?');
  return createEvent({ method, path: rawPath, query, headers, ...(cookie && { cookies: cookie.split('; ') }) });
}

/** With the body in the event; in base64 where it is no text. */
async function askLambda(sent: ParityRequest): Promise<Answer> {
  const answer = await invokeLambda(server.app.route, { ...headOf(sent), ...encodeBody(Buffer.from(sent.body ?? '')) });
  expect(answer.writes).toBeGreaterThan(0);
  const { statusCode, headers: sentHeaders = {} } = answer.prelude ?? {};
  return { status: statusCode, headers: sentHeaders, body: answer.body.toString() };
}

/** The pure route, which is given the head and asks for the body when it wants it. */
async function askRoute(sent: ParityRequest): Promise<Answer & { readonly reads: number }> {
  const body = Buffer.from(sent.body ?? '');
  const head = headOf(sent);
  const headers = { ...head.headers, ...(body.length > 0 && { 'content-length': String(body.length) }) };
  let reads = 0;
  const readBody = async (onBytes: (bytes: number) => void): Promise<Uint8Array> => {
    reads += 1;
    onBytes(body.length);
    return body;
  };
  const result = await server.app.route({ ...head, headers }, createContext({ readBody }));
  return { status: result.statusCode, headers: result.headers, body: await readBodyText(result.body), reads };
}

/** Of a POST to a path that exists: what the head alone tells. Every other refusal is about the body. */
const STATUSES_OF_THE_HEAD = new Set([403, 405, 413]);

describe('Lambda and the HTTP server', () => {
  it.each(PARITY_REQUESTS)('answer alike: $what', async (request) => {
    const [byNode, byLambda, { reads, ...byRoute }] = await Promise.all([
      askNode(request),
      askLambda(request),
      askRoute(request),
    ]);
    expect(byNode.status).toBe(request.status);
    expect(byLambda).toEqual(byNode);
    expect(byRoute).toEqual(byNode);
    if (request.method !== 'POST' || STATUSES_OF_THE_HEAD.has(request.status)) expect(reads).toBe(0);
    else expect(reads).toBe(1);
  });

  it('give 204 and 202 no body', async () => {
    for (const request of PARITY_REQUESTS.filter(({ status }) => status === 204 || status === 202)) {
      expect((await askNode(request)).body).toBe('');
    }
  });
});
