import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthBench, ECHO_CALL, HOST, type Received, startAuthBench, TRANSPORTS, type Via } from './bench.ts';
import { EXPIRED, expectAnswer, NO_TOKEN, PLACEHOLDER, TOKEN_IN_QUERY, TWO_HEADERS } from './expected.ts';
import { expectNoLeaks } from './leaks.ts';

let bench: AuthBench;
const tokens = new Set<string>();
beforeAll(async () => {
  bench = await startAuthBench({ env: { MCP_UNAUTHENTICATED_METHODS: 'handshake', POD_NAMESPACE: 'jarvis-demo' } });
});
afterAll(() => bench.stop());

/** As LibreChat reaches the Service; the bench itself asks at the published name. */
const CLUSTER_HOST = 'cloudwatch-mcp.jarvis-demo.svc.cluster.local:3334';
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: '@librechat/api-client', version: '1' },
  },
};
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const CALL = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'echo', arguments: { text: 'hi' } } };

function post(
  via: Via,
  body: unknown,
  authorization?: string,
  { path = '/mcp', host = CLUSTER_HOST } = {},
): Promise<Received> {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const { method } = (first ?? {}) as { method?: string };
  const isModern = JSON.stringify(body).includes('2026-07-28');
  const headers: (readonly [string, string])[] = [['host', host]];
  if (authorization !== undefined) headers.push(['authorization', authorization]);
  if (isModern && method !== undefined) {
    headers.push(['mcp-protocol-version', '2026-07-28'], ['mcp-method', method]);
    if (method === 'tools/call') headers.push(['mcp-name', 'echo']);
  }
  return bench.ask(via, { method: 'POST', path, body: JSON.stringify(body), headers });
}

/** The JSON-RPC message, out of plain JSON or of the one event of a stream. */
function messageOf({ text }: Received): { result?: Record<string, unknown>; error?: unknown } {
  return JSON.parse(text.startsWith('{') ? text : (/^data: (.+)$/m.exec(text)?.[1] ?? '')) as {
    result?: Record<string, unknown>;
  };
}

async function badAuthorizations(): Promise<readonly (string | undefined)[]> {
  const old = await bench.token({ exp: 1 });
  tokens.add(old);
  return [undefined, `Bearer ${old}`, 'Bearer {{LIBRECHAT_OPENID_ID_TOKEN}}', 'Basic dXNlcjpwYXNz'];
}

describe.each(TRANSPORTS)('the handshake without a valid token, over %s', (via) => {
  it.each([
    ['initialize', INITIALIZE],
    ['ping', { jsonrpc: '2.0', id: 2, method: 'ping' }],
    ['tools/list', { jsonrpc: '2.0', id: 3, method: 'tools/list' }],
    ['prompts/list', { jsonrpc: '2.0', id: 3, method: 'prompts/list' }],
    ['tools/list of 2026', { jsonrpc: '2.0', id: 3, method: 'tools/list', params: { _meta: META } }],
    ['server/discover', { jsonrpc: '2.0', id: 4, method: 'server/discover', params: { _meta: META } }],
  ])('%s passes', async (_name, body) => {
    for (const authorization of await badAuthorizations()) {
      for (const path of ['/mcp', '/']) {
        const received = await post(via, body, authorization, { path });
        expect(received.status).toBe(200);
        expect(messageOf(received)).toHaveProperty('result');
      }
    }
  });

  it('notifications pass', async () => {
    const received = await post(via, { jsonrpc: '2.0', method: 'notifications/initialized' });
    expect(received.status).toBe(202);
  });

  it.each([
    ['of 2025', CALL],
    ['of 2026', { ...CALL, params: { ...CALL.params, _meta: META } }],
  ])('a tool call %s is answered in words, with HTTP 200', async (_name, body) => {
    const [none, old, placeholder] = await badAuthorizations();
    const answers = [
      [none, NO_TOKEN.description, 'unauthorized'],
      [old, EXPIRED.description, 'invalid_token'],
      [placeholder, PLACEHOLDER.description, 'invalid_token'],
    ] as const;
    for (const [authorization, description, code] of answers) {
      const received = await post(via, body, authorization);
      expect(received.status).toBe(200);
      expect(received.headers['www-authenticate']).toBeUndefined();
      expect(messageOf(received).result).toMatchObject({
        isError: true,
        content: [{ type: 'text', text: `Error: ${description} (${code})` }],
      });
    }
  });

  it('a tool call with a good token is run', async () => {
    const token = await bench.token();
    tokens.add(token);
    const { result } = messageOf(await post(via, CALL, `Bearer ${token}`));
    expect(result).toMatchObject({ content: [{ text: '{"text":"hi"}' }] });
    expect(result).not.toHaveProperty('isError');
  });

  it.each([
    ['resources/list', { jsonrpc: '2.0', id: 1, method: 'resources/list' }],
    ['prompts/get', { jsonrpc: '2.0', id: 1, method: 'prompts/get', params: { name: 'x' } }],
    [
      'completion/complete',
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'completion/complete',
        params: { ref: { type: 'ref/prompt', name: 'investigate' }, argument: { name: 'alarm', value: '' } },
      },
    ],
    ['subscriptions/listen', { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen' }],
    ['a request that calls itself a notification', { jsonrpc: '2.0', id: 1, method: 'notifications/x' }],
    ['a method of another case', { jsonrpc: '2.0', id: 1, method: 'Initialize' }],
    ['a method that is a list', { jsonrpc: '2.0', id: 1, method: ['initialize'] }],
    ['a response', { jsonrpc: '2.0', id: 1, result: {} }],
    ['an empty object', {}],
    ['an empty batch', []],
    ['a batch with something else in it', [INITIALIZE, { jsonrpc: '2.0', id: 2, method: 'resources/list' }]],
    ['a text', 'initialize'],
    ['null', null],
  ])('%s is refused', async (_name, body) => {
    expectAnswer(await post(via, body), NO_TOKEN);
  });

  it('a batch of a hundred, and a body above 16 KiB, are refused', async () => {
    const list = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/list' });
    expectAnswer(
      await post(
        via,
        Array.from({ length: 100 }, (_, id) => list(id)),
      ),
      NO_TOKEN,
    );
    const large = (bytes: number) => ({ ...CALL, params: { ...CALL.params, arguments: { text: 'x'.repeat(bytes) } } });
    expectAnswer(await post(via, large(16_384)), NO_TOKEN);
    expect((await post(via, large(16_000))).status).toBe(200);
    const token = await bench.token();
    tokens.add(token);
    expect((await post(via, large(100_000), `Bearer ${token}`)).status).toBe(200);
  });

  it.each([
    ['initialize', INITIALIZE],
    ['tools/list', { jsonrpc: '2.0', id: 3, method: 'tools/list' }],
    ['a tool call', CALL],
  ])('%s is challenged at the published name, so that OAuth clients sign in', async (_name, body) => {
    for (const host of [HOST, `${HOST}:443`, HOST.toUpperCase()]) {
      expectAnswer(await post(via, body, undefined, { host }), NO_TOKEN);
    }
    for (const host of [CLUSTER_HOST, 'cloudwatch-mcp:3334', 'cloudwatch-mcp.jarvis-demo.svc', 'localhost:3334']) {
      expect((await post(via, body, undefined, { host })).status).toBe(200);
    }
  });

  it('malformed requests are refused whatever they ask for', async () => {
    const body = JSON.stringify(INITIALIZE);
    const two = [
      ['host', CLUSTER_HOST],
      ['authorization', 'Bearer a'],
      ['authorization', 'Bearer b'],
    ] as const;
    expectAnswer(await bench.ask(via, { method: 'POST', path: '/mcp', body, headers: two }), TWO_HEADERS);
    expectAnswer(
      await bench.ask(via, { method: 'POST', path: '/mcp?access_token=x', body, headers: [['host', CLUSTER_HOST]] }),
      TOKEN_IN_QUERY,
    );
  });

  it('opens nothing but MCP', async () => {
    expectAnswer(await bench.ask(via, ECHO_CALL), NO_TOKEN);
    expectAnswer(await bench.ask(via, { path: '/mcp/tools' }), NO_TOKEN);
    expectAnswer(await bench.ask(via, { path: '/auth/whoami' }), NO_TOKEN);
  });
});

it('leaves no trace in logs and answers', () => expectNoLeaks(bench, tokens));
