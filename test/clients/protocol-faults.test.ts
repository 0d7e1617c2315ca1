/** Requests that are not quite right: every refusal is in words of ours, with the code that the protocol has for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_TOOLS } from '../support/fixture-tools.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer({}, FIXTURE_TOOLS);
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly message: { readonly error?: { code: number; message: string }; readonly result?: { content: unknown } };
}

/** The same request in the form of either era. */
async function post(method: string, params: Readonly<Record<string, unknown>>, isModern: boolean): Promise<Answer> {
  const named = typeof params.name === 'string' ? { 'Mcp-Name': params.name } : {};
  const headers = isModern ? { 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': method, ...named } : {};
  const response = await fetch(`${server.url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, ...(isModern && { _meta: META }) } }),
  });
  const text = await response.text();
  return { status: response.status, message: JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) };
}

describe.each([
  ['2025', false],
  ['2026', true],
])('in the form of %s', (_era, isModern) => {
  it('takes null arguments for none', async () => {
    const { message } = await post('tools/call', { name: 'test_simple_text', arguments: null }, isModern);
    expect(message.result?.content).toEqual([{ type: 'text', text: expect.stringContaining('simple text') }]);
  });

  it.each([
    ['tools/call', { name: 'test_simple_text', arguments: [1] }, /^The arguments of tools\/call must be an object → /],
    ['tools/call', { name: 'test_simple_text', arguments: 'x' }, /^The arguments of tools\/call must be an object → /],
    ['tools/call', { name: 'test_simple_text_mcp_aws' }, /→ did you mean test_simple_text\? tools\/list names them\.$/],
    ['tools/call', { name: 'zzz' }, /^There is no tool "zzz" → tools\/list names them\.$/],
    ['tools/list', { cursor: 5 }, /^The params of tools\/list are not what the protocol defines → /],
  ])('refuses %s with %j as the fault of the caller', async (method, params, words) => {
    const { message } = await post(method, params, isModern);
    expect(message.error).toEqual({ code: -32_602, message: expect.stringMatching(words) });
  });

  it('offers no subscriptions', async () => {
    const { status, message } = await post('subscriptions/listen', { notifications: {} }, isModern);
    expect([status, message.error]).toEqual([isModern ? 404 : 200, { code: -32_601, message: 'Method not found' }]);
    const other = await post('no/such/method', {}, isModern);
    expect([other.status, other.message.error?.code]).toEqual([status, -32_601]);
  });
});

describe('initialize', () => {
  it.each([{}, { protocolVersion: 5 }, { protocolVersion: '2025-11-25', capabilities: {} }])(
    'with %j is refused as the fault of the caller',
    async (params) => {
      const { message } = await post('initialize', params, false);
      expect(message.error).toEqual({
        code: -32_602,
        message: expect.stringMatching(/^The params of initialize are not complete → send protocolVersion, /),
      });
    },
  );
});
