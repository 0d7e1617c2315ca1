/** The official conformance suite: every server scenario runs; those that need what this server has not are listed, and the list cannot go stale. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const EXPECTED_FAILURES = 'test/clients/conformance-expected-failures.yaml';
/** About thirty scenarios, each a client of its own. */
const TIMEOUT_MS = 120_000;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

describe('conformance suite', () => {
  it.each(['/mcp', '/'])(
    'has no failure on %s that is not expected, and no expected one that passes',
    async (path) => {
      const args = ['server', '--url', `${server.url}${path}`, '--expected-failures', EXPECTED_FAILURES];
      const { code, stdout, stderr } = await runCommand('conformance', args);
      expect(code, `${stdout}${stderr}`).toBe(0);
      for (const scenario of ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection']) {
        expect(stdout).toMatch(new RegExp(`✓ ${scenario}: [1-9]\\d* passed, 0 failed`));
      }
    },
    TIMEOUT_MS,
  );
});
