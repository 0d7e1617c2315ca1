import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBody } from '../../lib/http/event-body.ts';
import { createEvent } from '../support/events.ts';
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

/** The event as a Function URL documents it: cookies apart, a body that is no text in base64. */
async function askLambda(sent: ParityRequest): Promise<Answer> {
  const { method = 'GET', path, body = '' } = sent;
  const { cookie, ...headers } = withCommonHeaders(sent);
  const [rawPath = '', query = ''] = path.split('?');
  const event = createEvent({ method, path: rawPath, query, headers, ...(cookie && { cookies: cookie.split('; ') }) });
  const answer = await invokeLambda(server.app.route, { ...event, ...encodeBody(Buffer.from(body)) });
  expect(answer.writes).toBeGreaterThan(0);
  const { statusCode, headers: sentHeaders = {} } = answer.prelude ?? {};
  return { status: statusCode, headers: sentHeaders, body: answer.body.toString() };
}

describe('Lambda and the HTTP server', () => {
  it.each(PARITY_REQUESTS)('answer alike: $what', async (request) => {
    const [byNode, byLambda] = await Promise.all([askNode(request), askLambda(request)]);
    expect(byNode.status).toBe(request.status);
    expect(byLambda).toEqual(byNode);
  });

  it('give 204 and 202 no body', async () => {
    for (const request of PARITY_REQUESTS.filter(({ status }) => status === 204 || status === 202)) {
      expect((await askNode(request)).body).toBe('');
    }
  });
});
