/** The bundle as a child process of a client, as Claude Desktop, Cursor or VS Code start it. */
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { PROMPTS } from '../../lib/mcp/prompts/prompts.ts';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../../local/server.ts';

let local: LocalCloudWatch;
beforeAll(async () => {
  local = await startLocalCloudWatch();
});
afterAll(() => local.close());

function startTransport() {
  return new StdioClientTransport({
    command: process.execPath,
    args: [inject('bundlePath'), '--stdio'],
    env: {
      PATH: process.env.PATH ?? '',
      AWS_ENDPOINT_URL: local.endpoint,
      AWS_ACCESS_KEY_ID: AMBIENT_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: AMBIENT_CREDENTIALS.secretAccessKey,
      LOG_LEVEL: 'DEBUG',
    },
    stderr: 'pipe',
  });
}

describe.each(['auto', 'legacy'] as const)('stdio, %s', (mode) => {
  it('lists, calls, logs on stderr only, and ends when stdin does', async () => {
    const transport = startTransport();
    let log = '';
    transport.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
    });
    const client = new Client({ name: 'desktop', version: '1.0.0' }, { versionNegotiation: { mode } });
    const errors: unknown[] = [];
    client.onerror = (error) => errors.push(error);
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
    const result = await client.callTool({ name: 'get_active_alarms', arguments: { max_items: 1 } });
    expect(result).toMatchObject({ structuredContent: { shown: 1 } });
    await client.close();
    expect(errors).toEqual([]);
    expect(log).toContain('"tool":"get_active_alarms"');
  });

  it('lists prompts, writes them, and completes names that AWS knows', async () => {
    const client = new Client({ name: 'desktop', version: '1.0.0' }, { versionNegotiation: { mode } });
    await client.connect(startTransport());
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(PROMPTS.map(({ name }) => name));
    const prompt = await client.getPrompt({ name: 'investigate', arguments: { alarm: 'shop-api-5xx' } });
    expect(JSON.stringify(prompt.messages)).toContain('shop-api-5xx');
    const argument = { name: 'alarm', value: 'shop-api-5' };
    const { completion } = await client.complete({ ref: { type: 'ref/prompt', name: 'investigate' }, argument });
    expect(completion.values).toEqual(['shop-api-5xx']);
    await expect(client.getPrompt({ name: 'investigate' })).rejects.toThrow('needs alarm → send it as text');
    await expect(client.getPrompt({ name: 'nope' })).rejects.toThrow('There is no prompt "nope"');
    await client.close();
  });
});
