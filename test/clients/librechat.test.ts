/** LibreChat's wire sequence, replayed with the very package that it uses (`@modelcontextprotocol/sdk`, v1). */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

describe.each(['/mcp', '/'])('LibreChat on %s', (path) => {
  const url = (): URL => new URL(path, server.url);

  it('probes without headers and does not come to believe in OAuth', async () => {
    const head = await fetch(url(), { method: 'HEAD' });
    expect([head.status, head.headers.get('allow'), head.headers.get('www-authenticate')]).toEqual([405, 'POST', null]);
    const post = await fetch(url(), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    expect(post.status).toBe(400);
    expect(await post.json()).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number) } });
    for (const known of [
      '/.well-known/oauth-protected-resource',
      '/.well-known/oauth-protected-resource/mcp',
      '/.well-known/oauth-authorization-server',
    ]) {
      expect((await fetch(new URL(known, server.url))).status).toBe(404);
    }
    expect((await fetch(url(), { headers: { accept: 'text/event-stream' } })).status).toBe(405);
  });

  it('connects, pings, lists and calls over one client', async () => {
    const client = new Client({ name: '@librechat/api-client', version: '1.0.0' }, { capabilities: {} });
    const errors: unknown[] = [];
    client.onerror = (error) => errors.push(error);
    await client.connect(new StreamableHTTPClientTransport(url()));
    await client.ping();
    const { tools } = await client.listTools();
    expect(tools.length).toBeGreaterThanOrEqual(8);
    for (const tool of tools) expect(`${tool.name}_mcp_cloudwatch`.length).toBeLessThanOrEqual(64);
    const result = await client.callTool({
      name: 'get_active_alarms',
      arguments: { max_items: 5, region: 'us-east-1' },
    });
    expect(result.content).toEqual([{ type: 'text', text: expect.stringMatching(/alarms? .*firing|firing/) }]);
    const failed = await client.callTool({ name: 'get_alarm_history', arguments: { alarm_name: 'no-such-alarm' } });
    expect(failed).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/^Error: /) }] });
    await client.close();
    expect(errors).toEqual([]);
  });

  it('sends ten calls of one connection at once', async () => {
    const client = new Client({ name: '@librechat/api-client', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(url()));
    const results = await Promise.all(
      Array.from({ length: 10 }, () => client.callTool({ name: 'get_active_alarms', arguments: { max_items: 1 } })),
    );
    expect(results.every(({ isError }) => isError === undefined)).toBe(true);
    await client.close();
  });

  it('cancels by a notification of its own, and the query in AWS is stopped', async () => {
    const client = new Client({ name: '@librechat/api-client', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(url()));
    server.local.requests.clear();
    const abort = new AbortController();
    const slow = {
      log_group_names: ['/aws/lambda/shop-checkout'],
      query_string: 'stats count(*) # slow=60000',
      start_time: '-1h',
      end_time: 'now',
    };
    const call = client.callTool({ name: 'execute_log_insights_query', arguments: slow }, undefined, {
      signal: abort.signal,
    });
    await until(() => server.local.requests.of('GetQueryResults').length > 0);
    abort.abort('enough');
    await expect(call).rejects.toThrow();
    await until(() => server.local.requests.of('StopQuery').length === 1);
    await client.close();
  });
});
