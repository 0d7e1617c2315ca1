import { describe, expect, it } from 'vitest';
import { startBundle } from '../test/support/bundle-process.ts';

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

function send(run: ReturnType<typeof startBundle>, ...messages: unknown[]): void {
  for (const message of messages) run.child.stdin.write(`${JSON.stringify(message)}\n`);
}

describe('--stdio', () => {
  it('speaks MCP on stdout and nothing else there, and ends with its stdin', async () => {
    const run = startBundle(['--stdio'], { LOG_LEVEL: 'DEBUG' });
    send(run, INITIALIZE);
    await run.waitFor(/"id":1/);
    send(run, { jsonrpc: '2.0', method: 'notifications/initialized' }, { jsonrpc: '2.0', id: 2, method: 'tools/list' });
    await run.waitFor(/"id":2/);
    run.child.stdin.end();
    expect(await run.exit).toBe(0);
    const messages = run
      .stdout()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(messages.map(({ id }) => id)).toEqual([1, 2]);
    expect(messages[1].result.tools.length).toBeGreaterThan(0);
    for (const line of run.stderr().trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
  });

  it('ends when its client goes away without a word', async () => {
    const run = startBundle(['--stdio']);
    await run.waitFor(/serving MCP on stdio/);
    run.child.stdin.destroy();
    expect(await run.exit).toBe(0);
  });

  it('survives lines that are no messages', async () => {
    const run = startBundle(['--stdio']);
    run.child.stdin.write('nonsense\n{"a":\n[]\n\n');
    send(run, INITIALIZE);
    await run.waitFor(/"id":1/);
    run.child.stdin.end();
    expect(await run.exit).toBe(0);
  });
});
