/** Prompts and completions over both protocol eras, with the current SDK's client. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROMPTS } from '../../lib/mcp/prompts/prompts.ts';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

async function connect(server: TestServer, mode: 'auto' | 'legacy'): Promise<Client> {
  const client = new Client({ name: 'prompts', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', server.url)));
  return client;
}

describe.each(['auto', 'legacy'] as const)('prompts, client v2 %s', (mode) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startServer();
    client = await connect(server, mode);
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  const complete = async (name: string, argument: string, value: string): Promise<readonly string[]> =>
    (await client.complete({ ref: { type: 'ref/prompt', name }, argument: { name: argument, value } })).completion
      .values;

  it('are listed, and each is written with its arguments', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(PROMPTS.map(({ name }) => name));
    for (const { name, arguments: args = [] } of prompts) {
      const values = Object.fromEntries(args.map((argument) => [argument.name, `the-${argument.name}`]));
      const text = JSON.stringify((await client.getPrompt({ name, arguments: values })).messages);
      for (const value of Object.values(values)) expect(text).toContain(value);
      expect(text).toContain('the tool that told it');
    }
  });

  it('complete alarms, log groups and namespaces, and nothing else', async () => {
    expect(await complete('investigate', 'alarm', 'shop-api-5')).toEqual(['shop-api-5xx']);
    expect(await complete('cost_of_logs', 'log_group', '/aws/lambda/shop-ch')).toEqual(['/aws/lambda/shop-checkout']);
    expect(await complete('compare', 'namespace', 'aws/la')).toEqual(['AWS/Lambda']);
    expect(await complete('compare', 'start', '-')).toEqual([]);
    expect(await complete('investigate', 'alarm', 'no-such-alarm')).toEqual([]);
  });

  it('refuse what is missing or unknown in plain words', async () => {
    await expect(client.getPrompt({ name: 'investigate' })).rejects.toThrow('needs alarm → send it as text');
    await expect(client.getPrompt({ name: 'nope' })).rejects.toThrow('There is no prompt "nope"');
    await expect(complete('nope', 'alarm', 'x')).rejects.toThrow('There is no prompt "nope"');
  });
});

it('hide what needs a toolset that is switched off', async () => {
  const server = await startServer({ CLOUDWATCH_MCP_TOOLSETS: 'logs' });
  const client = await connect(server, 'auto');
  expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(['cost_of_logs']);
  await client.close();
  await server.close();
});

it('name only tools that there are', () => {
  const names = new Set(TOOLS.map(({ name }) => name));
  for (const { tools } of PROMPTS) expect(tools.filter((tool) => !names.has(tool))).toEqual([]);
});
