/** The current SDK's client, negotiating by itself and pinned to the stateless protocol. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const MODES = [
  ['auto', 'auto', '2026-07-28'],
  ['pinned to 2026-07-28', { pin: '2026-07-28' }, '2026-07-28'],
  ['legacy', 'legacy', '2025-11-25'],
] as const;

describe.each(MODES)('client v2, %s', (_name, mode, version) => {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ name: 'contract', version: '1.0.0' }, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', server.url)));
  });
  afterAll(() => client.close());

  it('agrees on the version and learns who serves', () => {
    expect(client.getNegotiatedProtocolVersion()).toBe(version);
    expect(client.getServerVersion()).toMatchObject({ name: 'cloudwatch-mcp' });
    expect(client.getInstructions()).toContain('get_active_alarms');
  });

  it('claims no more than it can', () => {
    expect(client.getServerCapabilities()).toEqual({
      tools: { listChanged: false },
      prompts: { listChanged: false },
      completions: {},
    });
  });

  it('is refused a subscription at once: it would never end, and there is nothing to tell', async () => {
    await expect(client.listen({ toolsListChanged: true })).rejects.toThrow(
      version === '2026-07-28' ? /Method not found/ : /subscriptions\/listen/,
    );
  });

  it('lists every tool', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
  });

  it('gets an answer whose structured content the client itself has checked', async () => {
    const result = await client.callTool({
      name: 'get_active_alarms',
      arguments: { max_items: 2, region: 'us-east-1' },
    });
    expect(result.isError).toBeUndefined();
    expect(result.content).toEqual([{ type: 'text', text: expect.stringContaining('shop-') }]);
    expect(result.structuredContent).toMatchObject({ shown: 2 });
  });

  it('gets a tool error as a result and an unknown tool as a protocol error', async () => {
    const refused = await client.callTool({ name: 'get_active_alarms', arguments: { max_items: -1 } });
    expect(refused).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/^Error: max_items/) }] });
    await expect(client.callTool({ name: 'no_such_tool', arguments: {} })).rejects.toMatchObject({ code: -32_602 });
  });

  it('gets progress when it asks for it', async () => {
    server.local.requests.clear();
    const enough = new AbortController();
    const first = Promise.withResolvers<unknown>();
    const call = client.callTool(
      {
        name: 'execute_log_insights_query',
        arguments: {
          log_group_names: ['/aws/lambda/shop-checkout'],
          query_string: 'stats count(*) by bin(5m) # slow=60000',
          start_time: '-1h',
          end_time: 'now',
        },
      },
      { onprogress: first.resolve, signal: enough.signal },
    );
    expect(await first.promise).toMatchObject({ progress: 1 });
    enough.abort('enough');
    await expect(call).rejects.toThrow();
    await until(() => server.local.requests.of('StopQuery').length === 1);
  });

  it('stops the query in AWS when it cancels', async () => {
    server.local.requests.clear();
    const abort = new AbortController();
    const call = client.callTool(
      {
        name: 'execute_log_insights_query',
        arguments: {
          log_group_names: ['/aws/lambda/shop-checkout'],
          query_string: 'stats count(*) # slow=60000',
          start_time: '-1h',
          end_time: 'now',
        },
      },
      { signal: abort.signal },
    );
    await until(() => server.local.requests.of('GetQueryResults').length > 0);
    abort.abort('enough');
    await expect(call).rejects.toThrow();
    await until(() => server.local.requests.of('StopQuery').length === 1);
  });
});
