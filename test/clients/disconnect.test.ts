/** A client that goes away in the middle of a query: the query in AWS is stopped, whatever way the call came. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(() => server.local.requests.clear());
afterAll(() => server.close());

const SLOW_QUERY = {
  name: 'execute_log_insights_query',
  arguments: {
    log_group_names: ['/aws/lambda/shop-checkout'],
    query_string: 'stats count(*) # slow=60000',
    start_time: '-1h',
    end_time: 'now',
  },
};
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'gone', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const WAYS = [
  ['plain REST', '/mcp/tools/call', SLOW_QUERY, {}],
  ['MCP of 2025', '/mcp', { jsonrpc: '2.0', id: 7, method: 'tools/call', params: SLOW_QUERY }, {}],
  [
    'MCP of 2026',
    '/mcp',
    { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { ...SLOW_QUERY, _meta: META } },
    { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': SLOW_QUERY.name },
  ],
] as const;

describe('a client that disconnects', () => {
  it.each(WAYS)('over %s stops its query', async (_way, path, body, headers) => {
    const client = new AbortController();
    const call = (async () => {
      const response = await fetch(new URL(path, server.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
        body: JSON.stringify(body),
        signal: client.signal,
      });
      return response.text();
    })();
    await until(() => server.local.requests.of('GetQueryResults').length > 0);
    client.abort();
    await expect(call).rejects.toThrow();
    await until(() => server.local.requests.of('StopQuery').length === 1);
    const polls = server.local.requests.of('GetQueryResults').length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.local.requests.of('GetQueryResults').length).toBeLessThanOrEqual(polls + 1);
  });
});
