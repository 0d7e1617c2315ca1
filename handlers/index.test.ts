import { describe, expect, it } from 'vitest';
import { createContext, createEvent, createPost, readBodyText } from '../test/support/events.ts';
import { createTestApp } from '../test/support/test-app.ts';
import { createHealthRoute } from './index.ts';

const { route } = createTestApp();

describe('every answer', () => {
  it.each([
    ['a found route', createEvent({ path: '/health' })],
    ['404', createEvent({ path: '/nothing' })],
    ['405', createEvent({ path: '/mcp' })],
    ['403', createPost('/mcp', {}, { host: 'evil.example' })],
    ['400', createPost('/mcp', '{')],
    [
      '204',
      createEvent({
        method: 'OPTIONS',
        path: '/mcp',
        headers: { origin: 'http://localhost:3334', 'access-control-request-method': 'POST' },
      }),
    ],
  ])('has its id and the security headers: %s', async (_what, event) => {
    const { headers } = await route(event, createContext());
    expect(headers).toMatchObject({
      'x-request-id': 'event-id',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });
});

describe('paths', () => {
  it.each([
    '',
    '//',
    '//mcp',
    '/mcp/',
    '/mcp%2f',
    '/%6dcp',
    '/MCP',
    '/health/../mcp',
    '/./mcp',
    '/mcp;a=b',
    '/mcp#x',
    '/mcp ',
    '/mcp\u0000',
    '/mcp/tools/',
    '/mcp/tools/call/',
    '/mcp/tools/call/x',
    '/health/',
    'http://localhost/mcp',
    '*',
    '__proto__',
    '/constructor',
    '/.well-known/oauth-protected-resource',
    '/.well-known/oauth-protected-resource/mcp',
    '/.well-known/oauth-authorization-server',
    '/auth/whoami',
  ])('%j is not found, by any method', async (path) => {
    for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE']) {
      const result = await route(createEvent({ method, path }), createContext());
      expect(result.statusCode).toBe(404);
    }
  });
});

describe('methods', () => {
  it.each([
    ['/', 'GET', 'POST'],
    ['/mcp', 'GET', 'POST'],
    ['/mcp', 'HEAD', 'POST'],
    ['/mcp', 'DELETE', 'POST'],
    ['/mcp', 'OPTIONS', 'POST'],
    ['/mcp', 'post', 'POST'],
    ['/mcp/tools', 'POST', 'GET, HEAD'],
    ['/mcp/tools/call', 'GET', 'POST'],
    ['/health', 'POST', 'GET, HEAD'],
    ['/ready', 'PUT', 'GET, HEAD'],
    ['/metrics', 'TRACE', 'GET, HEAD'],
  ])('%s does not take %s, and says what it takes', async (path, method, allow) => {
    // A foreign Host and no token: the method is judged before them.
    const result = await route(createEvent({ path, method, headers: { host: 'evil.example' } }), createContext());
    expect(result.statusCode).toBe(405);
    expect(result.headers.allow).toBe(allow);
    expect((await readBodyText(result.body)) === '').toBe(method === 'HEAD');
  });

  it.each(['/health', '/ready', '/metrics', '/mcp/tools'])(
    '%s answers HEAD like GET, without the body',
    async (path) => {
      const [get, head] = await Promise.all(
        ['GET', 'HEAD'].map((method) => route(createEvent({ method, path }), createContext())),
      );
      expect(get?.statusCode).toBe(200);
      expect({ ...head, body: undefined }).toEqual({ ...get, body: undefined });
      expect(head).not.toHaveProperty('body');
    },
  );
});

describe('GET /health, /ready and /metrics', () => {
  it.each(['/health', '/ready', '/metrics'])('%s does not care for Host and Origin', async (path) => {
    const event = createEvent({ path, headers: { host: '10.1.2.3:3334', origin: 'http://evil.example' } });
    const result = await route(event, createContext());
    expect(result.statusCode).toBe(200);
    expect(result.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('tells status and version', async () => {
    const result = await route(createEvent({ path: '/health' }), createContext());
    expect(JSON.parse(await readBodyText(result.body))).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it('answers /health the same before the rest is loaded', async () => {
    const app = createTestApp();
    const event = createEvent({ path: '/health' });
    expect(await createHealthRoute(app)(event, createContext())).toEqual(await app.route(event, createContext()));
  });

  it.each([
    ['http', [expect.stringContaining('draining')]],
    ['lambda', []],
  ] as const)('is not ready while draining, with reasons by transport: %s', async (transport, reasons) => {
    const app = createTestApp({ transport });
    const before = await app.route(createEvent({ path: '/ready' }), createContext());
    expect(JSON.parse(await readBodyText(before.body))).toEqual({ ready: true, reasons: [] });
    app.lifecycle.startDraining();
    const after = await app.route(createEvent({ path: '/ready' }), createContext());
    expect(after.statusCode).toBe(503);
    expect(JSON.parse(await readBodyText(after.body))).toEqual({ ready: false, reasons });
  });

  it('serves metrics, and 404 where they are switched off', async () => {
    const result = await route(createEvent({ path: '/metrics' }), createContext());
    expect(result.headers['content-type']).toMatch(/^text\/plain/);
    expect(await readBodyText(result.body)).toContain(
      'cloudwatch_mcp_http_requests_total{route="/health",status="200"}',
    );
    const off = createTestApp({ env: { CLOUDWATCH_MCP_METRICS_ENABLED: 'false' } });
    expect((await off.route(createEvent({ path: '/metrics' }), createContext())).statusCode).toBe(404);
    const lambda = createTestApp({ transport: 'lambda' });
    expect((await lambda.route(createEvent({ path: '/metrics' }), createContext())).statusCode).toBe(404);
  });
});
