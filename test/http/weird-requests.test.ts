import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeRaw, jsonOf, statusOf } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/test-app.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

function send(line: string, headers: readonly string[] = [], body = '') {
  const head = [line, ...headers, 'connection: close', `content-length: ${Buffer.byteLength(body)}`, '', ''].join(
    '\r\n',
  );
  return exchangeRaw(server.port, head, body);
}

const JSON_TYPE = 'content-type: application/json';

describe('request targets', () => {
  it.each([
    '//mcp',
    '/mcp/',
    '/health/../mcp',
    '/mcp%2f',
    '/mcp%00',
    '/%2e%2e/mcp',
    '/mcp;x',
    '/MCP',
    'http://localhost/mcp',
    'http://evil.example/health',
    '/mcp/tools/../../health',
    '/'.repeat(8_000),
  ])('%s is not found', async (target) => {
    expect(statusOf(await send(`POST ${target} HTTP/1.1`, ['host: localhost', JSON_TYPE], '{}'))).toBe(404);
  });

  it('keeps a query out of the match', async () => {
    expect(statusOf(await send('GET /health?/mcp HTTP/1.1', ['host: localhost']))).toBe(200);
  });

  it('answers OPTIONS * and unknown methods', async () => {
    expect(statusOf(await send('OPTIONS * HTTP/1.1', ['host: localhost']))).toBe(404);
    expect(statusOf(await send('PROPFIND /mcp HTTP/1.1', ['host: localhost']))).toBe(405);
    expect(statusOf(await send('FOO /mcp HTTP/1.1', ['host: localhost']))).toBe(400);
  });

  it('takes HTTP/1.0 for probes, but not without a Host on MCP', async () => {
    expect(statusOf(await send('GET /health HTTP/1.0'))).toBe(200);
    expect(statusOf(await send('POST /mcp HTTP/1.0', [JSON_TYPE], '{}'))).toBe(403);
  });

  it('treats an upgrade as an ordinary request', async () => {
    const headers = ['host: localhost', 'upgrade: websocket', 'sec-websocket-key: x', 'sec-websocket-version: 13'];
    expect(statusOf(await send('GET /mcp HTTP/1.1', headers))).toBe(405);
  });
});

describe('Host and Origin', () => {
  it.each([
    ['localhost', undefined, 200],
    ['localhost:3334', undefined, 200],
    ['127.0.0.1', 'http://127.0.0.1', 200],
    ['[::1]:3334', 'http://[::1]:3334', 200],
    ['cloudwatch-mcp:3334', undefined, 200],
    ['evil.example', undefined, 403],
    ['evil.example', 'http://evil.example', 403],
    ['localhost', 'http://evil.example', 403],
    ['localhost', 'null', 403],
    ['localhost:3334', 'http://localhost:9999', 403],
    ['localhost.evil.example', undefined, 403],
    ['169.254.169.254', undefined, 403],
  ])('Host %s with Origin %s on MCP: %i', async (host, origin, status) => {
    const headers = [`host: ${host}`, JSON_TYPE, ...(origin === undefined ? [] : [`origin: ${origin}`])];
    for (const path of ['/mcp', '/', '/mcp/tools/call']) {
      const body = path === '/mcp/tools/call' ? '{"name":"echo"}' : '{"jsonrpc":"2.0","id":1,"method":"ping"}';
      expect(statusOf(await send(`POST ${path} HTTP/1.1`, headers, body))).toBe(status);
    }
  });

  it('does not matter to probes', async () => {
    for (const path of ['/health', '/ready', '/metrics']) {
      expect(statusOf(await send(`GET ${path} HTTP/1.1`, ['host: 10.0.0.7:3334', 'origin: http://evil.example']))).toBe(
        200,
      );
    }
  });
});

describe('bodies', () => {
  it.each([
    ['nothing', '', 400],
    ['half a value', '{"jsonrpc":', 400],
    ['a thousand brackets', '['.repeat(1_000), 400],
    ['a prototype', '{"__proto__":{"isAdmin":true}}', 400],
    ['a bare number', '7', 400],
    ['an empty batch', '[]', 400],
  ])('refuses %s', async (_what, body, status) => {
    const answer = await send('POST /mcp HTTP/1.1', ['host: localhost', JSON_TYPE], body);
    expect(statusOf(answer)).toBe(status);
    expect(jsonOf(answer)).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number) } });
  });

  it('leaves no trace on prototypes', async () => {
    await send(
      'POST /mcp/tools/call HTTP/1.1',
      ['host: localhost', JSON_TYPE],
      '{"constructor":{"prototype":{"isAdmin":1}}}',
    );
    expect({}).not.toHaveProperty('isAdmin');
  });

  it('lets no request id through that could forge a log line or a header', async () => {
    const answer = await send('GET /health HTTP/1.1', ['host: localhost', 'x-request-id: a"b\tc}']);
    expect(answer).toMatch(/x-request-id: [0-9a-f-]{36}\r\n/);
  });

  it('gives clients that connect with no words an end', async () => {
    expect(await exchangeRaw(server.port, '\r\n\r\n\r\nBYE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });
});
