import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthBench, ECHO_CALL, startAuthBench, TRANSPORTS } from './bench.ts';
import { expectAnswer, expectRpcError, GRANTED } from './expected.ts';
import { AUTHORIZATION_CASES, HOST_CASES, REQUEST_CASES, withToken } from './header-cases.ts';
import { expectNoLeaks } from './leaks.ts';

let bench: AuthBench;
const tokens = new Set<string>();

beforeAll(async () => {
  bench = await startAuthBench();
});
afterAll(() => bench.stop());

async function goodToken(): Promise<string> {
  const token = await bench.token();
  tokens.add(token);
  return token;
}

describe.each(TRANSPORTS)('over %s', (via) => {
  it.each(AUTHORIZATION_CASES)('Authorization: $what', async ({ authorization, expected }) => {
    const texts = await Promise.all(authorization.map((text) => withToken(bench, text)));
    const headers = texts.map((text) => ['authorization', text] as const);
    expectAnswer(await bench.ask(via, { ...ECHO_CALL, headers }), expected);
  });

  it.each(REQUEST_CASES)('$what', async ({ send, expected }) => {
    expectAnswer(await bench.ask(via, send(await goodToken())), expected);
  });

  it.each(HOST_CASES)('$what', async ({ headers, isAllowed, message = '' }) => {
    const token = await goodToken();
    const all = [...headers, ['authorization', `Bearer ${token}`] as const];
    const rest = await bench.ask(via, { ...ECHO_CALL, headers: all });
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
    const mcp = await bench.ask(via, { method: 'POST', path: '/mcp', body, headers: all });
    const whoami = await bench.ask(via, { path: '/auth/whoami', headers: all });
    if (isAllowed) {
      for (const received of [rest, mcp, whoami]) expect(received.status).toBe(200);
      expectAnswer(rest, GRANTED);
      return;
    }
    expectRpcError(mcp, 403, message);
    for (const received of [rest, whoami]) {
      expect(received.status).toBe(403);
      expect(JSON.parse(received.text)).toMatchObject({
        error: expect.stringMatching(/^forbidden_/),
        error_description: message,
      });
      expect(received.headers['www-authenticate']).toBeUndefined();
    }
  });

  it('a foreign Host is refused before the token is looked at, with and without one', async () => {
    const sent = { ...ECHO_CALL, headers: [['host', 'evil.example.org']] } as const;
    expect((await bench.ask(via, sent)).status).toBe(403);
  });

  it.each(['/health', '/ready', '/metrics', '/.well-known/oauth-protected-resource'])(
    '%s is open under any Host, with a bad token and with none',
    async (path) => {
      const anyHost = [['host', '10.1.2.3:3334']] as const;
      const bad = [...anyHost, ['authorization', 'Bearer x.y.z']] as const;
      for (const headers of [anyHost, bad]) {
        expect((await bench.ask(via, { path, headers })).status).toBe(200);
        expect((await bench.ask(via, { method: 'HEAD', path, headers })).text).toBe('');
        expect((await bench.ask(via, { method: 'POST', path, headers, body: '{}' })).status).toBe(405);
      }
    },
  );

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s on MCP is 405 without a token', async (method) => {
    for (const path of ['/mcp', '/']) {
      const received = await bench.ask(via, { method, path });
      expect(received.status).toBe(405);
      expect(received.headers.allow).toBe('POST');
      expect(received.headers['www-authenticate']).toBeUndefined();
    }
  });
});

it('leaves no trace in logs and answers', () => expectNoLeaks(bench, tokens));
