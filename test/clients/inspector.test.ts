/** The MCP Inspector's command line, as the README tells people to use it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { runCommand } from '../support/run-command.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const TIMEOUT_MS = 60_000;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const inspect = (...args: string[]) =>
  runCommand('mcp-inspector', ['--cli', `${server.url}/mcp`, '--transport', 'http', ...args]);

describe('Inspector', () => {
  it(
    'lists the tools',
    async () => {
      const { code, stdout, stderr } = await inspect('--method', 'tools/list');
      expect(code, stderr).toBe(0);
      const { tools } = JSON.parse(stdout) as { tools: { name: string }[] };
      expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
    },
    TIMEOUT_MS,
  );

  it(
    'calls one',
    async () => {
      const { code, stdout, stderr } = await inspect(
        '--method',
        'tools/call',
        '--tool-name',
        'get_active_alarms',
        '--tool-arg',
        'max_items=2',
      );
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ structuredContent: { shown: 2 } });
    },
    TIMEOUT_MS,
  );
});
