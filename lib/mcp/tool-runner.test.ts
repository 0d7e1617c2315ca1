import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Caller } from '../auth/principal.ts';
import type { ClientPool } from '../aws/credentials/client-source.ts';
import { type Environment, loadConfig } from '../config/config.ts';
import type { Toolset } from '../domain/toolsets.ts';
import { AppError } from '../errors.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { defineTool, READ_ONLY } from '../tool/define-tool.ts';
import type { ToolContext } from '../tool/types.ts';
import { createToolRunner } from './tool-runner.ts';

type Handler = (context: ToolContext) => Promise<unknown>;

/** Nobody gets credentials. */
const POOL: ClientPool = {
  forCaller: () => ({
    acquire: async () => {
      throw new AppError('access_denied', 'There are no credentials → ask for some.');
    },
  }),
  close: () => undefined,
};

function createBench(
  handler: Handler,
  toolsets: readonly Toolset[] = ['alarms'],
  pool: Partial<ClientPool> = {},
  env: Environment = {},
) {
  const lines: string[] = [];
  const config = loadConfig({ ENABLE_AUTH: 'false', ...env }, 'http');
  const metrics = createMetrics();
  const tools = toolsets.map((toolset, index) =>
    defineTool({
      name: `tool_${index}`,
      title: 'Tool',
      description: 'For this test.',
      toolset,
      annotations: READ_ONLY,
      inputSchema: z.object({}),
      outputSchema: z.object({}),
      handler: async (_input, context) => {
        await handler(context);
        return { headline: 'done', targets: [], structured: () => ({}) };
      },
    }),
  );
  const logger = createLogger(config, (line) => lines.push(line));
  const runner = createToolRunner({ config, logger, metrics, tools, clients: { ...POOL, ...pool } });
  const run = async () => {
    await runner.run({ name: 'tool_0', args: {}, requestId: 'r' });
    return lines.map((line) => JSON.parse(line)).find(({ message }) => message === 'tool call');
  };
  const text = async (caller?: Caller, signal?: AbortSignal): Promise<string> => {
    const { content } = await runner.run({ name: 'tool_0', args: {}, requestId: 'r', caller, signal });
    return content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
  };
  return { run, text, metrics };
}

const failInAws: Handler = ({ aws, signal }) =>
  aws({ account: '111122223333', region: 'eu-central-1' }).identity.getCallerIdentity(signal);

describe('createToolRunner', () => {
  it('tells each tool which toolsets there are, each once', async () => {
    let seen: readonly Toolset[] = [];
    const { run } = createBench(
      async ({ toolsets }) => {
        seen = toolsets;
      },
      ['metrics', 'alarms', 'metrics'],
    );
    await run();
    expect(seen).toEqual(['metrics', 'alarms']);
  });

  it('counts credentials, clients and calls at work, and nothing of a pool that counts none', async () => {
    let atWork = '';
    const counting = { cachedCount: () => 3, clientCount: () => 2 };
    const { run, metrics } = createBench(
      async () => {
        atWork = (await metrics.render()).text;
      },
      ['alarms'],
      counting,
    );
    await run();
    expect(atWork).toMatch(/^cloudwatch_mcp_cached_credentials 3$/m);
    expect(atWork).toMatch(/^cloudwatch_mcp_aws_clients 2$/m);
    expect(atWork).toMatch(/^cloudwatch_mcp_tool_calls_at_work 1$/m);
    const { text } = await createBench(async () => undefined).metrics.render();
    expect(text).toMatch(/^cloudwatch_mcp_cached_credentials 0$/m);
    expect(text).toMatch(/^cloudwatch_mcp_aws_clients 0$/m);
    expect(text).toMatch(/^cloudwatch_mcp_tool_calls_at_work 0$/m);
  });

  it('names what failed in a call that succeeded; of a failed one its error tells it', async () => {
    const partial = createBench(async (context) => failInAws(context).catch(() => undefined));
    expect(await partial.run()).toMatchObject({
      outcome: 'ok',
      account: '111122223333',
      region: 'eu-central-1',
      failures: [{ code: 'access_denied' }],
    });
    const failed = await createBench(failInAws).run();
    expect(failed).toMatchObject({ outcome: 'access_denied', account: '111122223333' });
    expect(failed).not.toHaveProperty('failures');
  });
});

describe('calls at work', () => {
  const LIMITS = { CLOUDWATCH_MCP_MAX_CALLS: '3', CLOUDWATCH_MCP_MAX_CALLS_PER_USER: '2' };
  const callerOf = (id: string): Caller => ({
    token: 't',
    principal: { issuer: 'i', subject: id, audiences: [], scopes: [], expiresEpochMs: 0, id },
  });

  it.each([
    [
      'of one user',
      callerOf('olivia'),
      2,
      /^Error: 2 of your calls are at work already.* → .*\(limit_exceeded, may be/,
    ],
    ['of all', undefined, 3, /^Error: This server runs 3 tool calls at once.* → .*\(limit_exceeded, may be/],
  ] as const)('are bounded, %s: some more wait, the next is refused', async (_whose, caller, atOnce, refusal) => {
    let atWork = 0;
    const hang: Handler = ({ signal }) =>
      new Promise((_resolve, reject) => {
        atWork += 1;
        signal.addEventListener('abort', () => reject(new AppError('cancelled', 'gone')), { once: true });
      });
    const { text } = createBench(hang, ['alarms'], {}, LIMITS);
    const client = new AbortController();
    const calls = Array.from({ length: atOnce * 5 }, () => text(caller, client.signal));
    await expect.poll(() => atWork).toBe(atOnce);
    expect(await text(caller)).toMatch(refusal);
    client.abort();
    expect((await Promise.all(calls)).filter((said) => !said.includes('cancelled'))).toEqual([]);
    expect(atWork).toBe(atOnce);
  });
});
