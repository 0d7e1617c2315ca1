/**
 * The official conformance suites against the program's own tools and the suites' fixtures, made with the same frame.
 * Every server scenario runs; those that need what this server does not offer are listed, and the lists cannot go stale.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { FIXTURE_TOOLS } from '../support/fixture-tools.ts';
import { type CommandResult, runCommand } from '../support/run-command.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const NOT_OFFERED = 'test/clients/conformance-expected-failures.yaml';
const NOT_OFFERED_2026 = 'test/clients/conformance-2026-07-28-expected-failures.yaml';
const PINNED = 'node_modules/@modelcontextprotocol/conformance/dist/index.js';
const NEWEST = 'node_modules/conformance-next/dist/index.js';
/** About thirty scenarios, each a client of its own. */
const TIMEOUT_MS = 120_000;
/** What the fixtures prove of the frame. */
const CALLS = ['simple-text', 'image', 'embedded-resource', 'mixed-content', 'error', 'with-progress'].map(
  (name) => `tools-call-${name}`,
);

let server: TestServer;
beforeAll(async () => {
  server = await startServer({}, [...TOOLS, ...FIXTURE_TOOLS]);
});
afterAll(() => server.close());

function expectPassed({ code, stdout, stderr }: CommandResult, scenarios: readonly string[]): void {
  expect(code, `${stdout}${stderr}`).toBe(0);
  for (const scenario of [...scenarios, ...CALLS])
    expect(stdout).toMatch(new RegExp(`✓ ${scenario}: [1-9]\\d* passed, 0 failed`));
}

describe('conformance suite', () => {
  it.each(['/mcp', '/'])(
    'has no failure on %s that is not expected, and no expected one that passes',
    async (path) => {
      const args = [PINNED, 'server', '--url', `${server.url}${path}`, '--expected-failures', NOT_OFFERED];
      const scenarios = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'];
      expectPassed(await runCommand(process.execPath, args), scenarios);
    },
    TIMEOUT_MS,
  );

  it(
    'has none in what the revision 2026-07-28 requires',
    async () => {
      const args = [NEWEST, 'server', '--url', `${server.url}/mcp`, '--requirements', '2026-07-28'];
      const result = await runCommand(process.execPath, [...args, '--expected-failures', NOT_OFFERED_2026]);
      expectPassed(result, ['tools-list', 'dns-rebinding-protection', 'http-header-validation']);
    },
    TIMEOUT_MS,
  );
});
