/** Who is refused by the head of a request is refused before a byte of its body is read, and is gone soon after. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext, createEvent } from '../support/events.ts';
import { exchangeRaw, openSocket, readAll, statusOf } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/test-app.ts';

const BIG_BYTES = 1_000_000;
const ISSUER = 'http://127.0.0.1:9/realm';

const env = {
  ENABLE_AUTH: 'true',
  AWS_IDENTITY_CENTER_ISSUER: ISSUER,
  AWS_IDENTITY_CENTER_CLIENT_ID: 'client',
  AWS_CLOUDWATCH_ROLE_ARN: 'arn:aws:iam::111122223333:role/CloudWatchMCPRole',
  MCP_ALLOWED_ORIGINS: 'https://chat.example.com',
};

let server: TestServer;
/** Leaves a slow machine time for what is on its way. */
let patient: TestServer;
beforeAll(async () => {
  server = await startTestServer({ env, limits: { discard: { maxBytes: 8_388_608, maxMs: 50 } } });
  patient = await startTestServer({ env, limits: { discard: { maxBytes: 8_388_608, maxMs: 60_000 } } });
});
afterAll(() => Promise.all([server.stop(), patient.stop()]));

const REFUSED = [
  { what: 'no path of ours', line: 'POST /nothing', headers: [], status: 404 },
  { what: 'another method', line: 'PUT /mcp', headers: [], status: 405 },
  { what: 'a foreign Host', line: 'POST /mcp', headers: ['host: evil.example'], status: 403 },
  { what: 'a foreign Origin', line: 'POST /mcp', headers: ['origin: https://evil.example'], status: 403 },
  { what: 'no token', line: 'POST /mcp', headers: [], status: 401 },
  { what: 'no token, on REST', line: 'POST /mcp/tools/call', headers: [], status: 401 },
  { what: 'a token that is none', line: 'POST /mcp', headers: ['authorization: Bearer x'], status: 401 },
  {
    what: 'two tokens',
    line: 'POST /mcp',
    headers: ['authorization: Bearer x', 'authorization: Bearer y'],
    status: 400,
  },
] as const;

function headOf({ line, headers }: (typeof REFUSED)[number], ...more: readonly string[]): string {
  const host = headers.some((header) => header.startsWith('host:')) ? [] : ['host: localhost'];
  return [`${line} HTTP/1.1`, ...host, ...headers, ...more, '', ''].join('\r\n');
}

describe.each(REFUSED)('$what', (refused) => {
  it('is refused by the head alone, and the stalled client is cut off', async () => {
    const framings = [`content-length: ${BIG_BYTES}`, 'transfer-encoding: chunked', 'content-length: 100'];
    const answers = await Promise.all(framings.map((framing) => exchangeRaw(server.port, headOf(refused, framing))));
    expect(answers.map(statusOf)).toEqual(framings.map(() => refused.status));
  });

  it('is told so before it sends what it announced', async () => {
    const answer = await exchangeRaw(
      server.port,
      headOf(refused, `content-length: ${BIG_BYTES}`, 'expect: 100-continue'),
    );
    expect(statusOf(answer)).toBe(refused.status);
  });

  it('reads no body in the route either', async () => {
    const [method = '', path = ''] = refused.line.split(' ');
    const headers: Record<string, string> = { 'content-length': String(BIG_BYTES) };
    for (const header of refused.headers) {
      const [name = '', value = ''] = header.split(': ');
      headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
    }
    let reads = 0;
    const readBody = async (): Promise<Uint8Array> => {
      reads += 1;
      return new Uint8Array();
    };
    const { statusCode } = await server.app.route(createEvent({ method, path, headers }), createContext({ readBody }));
    expect(statusCode).toBe(refused.status);
    expect(reads).toBe(0);
  });

  it('keeps its connection when the body is small and comes', async () => {
    const body = 'x'.repeat(100);
    const socket = await openSocket(patient.port);
    const answers = readAll(socket);
    socket.write(headOf(refused, 'content-length: 100'));
    await once(socket, 'data');
    socket.write(`${body}GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    expect((await answers).match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${refused.status}`, 'HTTP/1.1 200']);
  });
});

it('holds nothing of strangers who stall, however many come', async () => {
  const refused = REFUSED[2];
  const answers = Array.from({ length: 100 }, () =>
    exchangeRaw(server.port, headOf(refused, `content-length: ${BIG_BYTES}`), 'x'.repeat(1_000)),
  );
  expect((await Promise.all(answers)).map(statusOf)).toEqual(Array.from({ length: 100 }, () => 403));
  await expect.poll(() => server.app.lifecycle.connections()).toBe(0);
});
