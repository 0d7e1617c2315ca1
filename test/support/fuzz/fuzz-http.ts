/** The HTTP server: raw bytes on its socket, JSON-RPC of every shape, and events as a gateway makes them. */
import { createContext, createEvent } from '../events.ts';
import { exchangeRaw, statusOf } from '../raw-http.ts';
import { createTestApp, startTestServer } from '../test-app.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { anyJson } from './fuzz-tools.ts';

const PIECES = [
  'GET /health HTTP/1.1\r\n',
  'POST /mcp HTTP/1.1\r\n',
  'Host: localhost\r\n',
  'Content-Length: 5\r\n',
  'Content-Length: -1\r\n',
  'Content-Length: 99999999999\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Content-Type: application/json\r\n',
  'Expect: 100-continue\r\n',
  'Authorization: Bearer a.b.c\r\n',
  '\r\n',
  '\r\n\r\n',
  '5\r\nhello\r\n0\r\n\r\n',
  'zz\r\n',
  '\0\0\0',
  '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
];
/** A server error is one of the program. */
const SERVER_FAULT = 500;

export async function fuzzBytes(): Promise<FuzzTarget> {
  const server = await startTestServer();
  return {
    name: 'raw bytes',
    async run(random) {
      const parts = Array.from({ length: 1 + Math.floor(random() * 8) }, () => {
        if (random() < 0.8) return Buffer.from(PIECES[Math.floor(random() * PIECES.length)] ?? '');
        return Buffer.from(Array.from({ length: Math.floor(random() * 64) }, () => Math.floor(random() * 256)));
      });
      const sent = Buffer.concat([...parts, Buffer.from('\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n')]);
      const status = statusOf(await Promise.race([exchangeRaw(server.port, sent), untilQuiet()]));
      if (status === SERVER_FAULT) return `HTTP 500 for ${JSON.stringify(sent.toString('latin1'))}`;
      const health = await fetch(`${server.url}/health`);
      return health.ok ? undefined : `/health says ${health.status} after ${JSON.stringify(sent.toString('latin1'))}`;
    },
    close: () => server.stop(),
  };
}

/** A body that never comes is waited for by the server's own clock; that is not what is tried here. */
async function untilQuiet(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return '';
}

const METHODS = [
  'initialize',
  'tools/list',
  'tools/call',
  'ping',
  'notifications/initialized',
  'resources/list',
  '',
  '__proto__',
];
const PATHS = [
  '/mcp',
  '/',
  '/mcp/tools/call',
  '/mcp/tools',
  '/health',
  '/%',
  '/mcp/../mcp',
  '/.well-known/oauth-protected-resource',
];

export async function fuzzEvents(): Promise<FuzzTarget> {
  const { route } = createTestApp();
  return {
    name: 'events and JSON-RPC',
    async run(random) {
      const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
      const message = {
        jsonrpc: pick(['2.0', '1.0', 2]),
        id: anyJson(random, 1),
        method: pick(METHODS),
        params: anyJson(random, 3),
      };
      const body = random() < 0.7 ? message : random() < 0.5 ? [message, message] : anyJson(random, 3);
      const text = random() < 0.9 ? JSON.stringify(body) : JSON.stringify(body).slice(1);
      const isBase64 = random() < 0.2;
      const event = createEvent({
        method: pick(['POST', 'POST', 'GET', 'PUT', 'OPTIONS', 'DELETE']) ?? 'POST',
        path: pick(PATHS) ?? '/mcp',
        query: random() < 0.1 ? '%%%' : '',
        headers: {
          'content-type':
            pick(['application/json', 'application/json', 'text/plain', '', 'application/json; charset=utf-16']) ?? '',
          accept: pick(['application/json, text/event-stream', '*/*', '']) ?? '',
          'mcp-protocol-version': pick(['2025-06-18', '2026-07-28', '1', '']) ?? '',
        },
        body: isBase64 ? Buffer.from(text).toString('base64') : text,
        isBase64Encoded: isBase64,
      });
      const { statusCode } = await route(event, createContext());
      return statusCode === SERVER_FAULT ? `HTTP 500 for ${JSON.stringify(event).slice(0, 1_000)}` : undefined;
    },
    close: async () => undefined,
  };
}
