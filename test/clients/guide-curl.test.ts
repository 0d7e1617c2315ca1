/** The commands of the platform team's guide, to the letter, with the real curl. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const CALL =
  '{\n    "name": "get_active_alarms",\n    "arguments": {\n      "max_items": 5,\n      "region": "us-east-1"\n    }\n  }';

describe('curl', () => {
  it('finds the server healthy', async () => {
    const { stdout } = await runCommand('curl', ['-si', `${server.url}/health`]);
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('calls get_active_alarms over plain REST, with or without a token', async () => {
    for (const token of [[], ['-H', 'Authorization: Bearer your-oidc-token']]) {
      const args = [
        '-sX',
        'POST',
        `${server.url}/mcp/tools/call`,
        ...token,
        '-H',
        'Content-Type: application/json',
        '-d',
        CALL,
      ];
      const result = JSON.parse((await runCommand('curl', args)).stdout) as {
        content: { text: string }[];
        structuredContent: { alarms: unknown[]; firing: number };
      };
      expect(result.structuredContent.alarms).toHaveLength(5);
      expect(result.structuredContent.firing).toBeGreaterThanOrEqual(5);
      expect(result.content[0]?.text).toContain('firing');
    }
  });

  it('lists the tools over plain REST', async () => {
    const { tools } = JSON.parse((await runCommand('curl', ['-s', `${server.url}/mcp/tools`])).stdout) as {
      tools: { name: string }[];
    };
    expect(tools.map(({ name }) => name)).toContain('get_active_alarms');
  });

  it('speaks MCP without an Accept header', async () => {
    const body = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_targets","arguments":{}}}';
    const { stdout } = await runCommand('curl', [
      '-sX',
      'POST',
      `${server.url}/mcp`,
      '-H',
      'Content-Type: application/json',
      '-d',
      body,
    ]);
    expect(stdout).toContain('"result":');
  });
});
