import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../config/config.ts';
import { AppError } from '../errors.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { defineTool, READ_ONLY } from '../tool/define-tool.ts';
import { createToolRunner } from './tool-runner.ts';

/** A runner with ambient credentials, where nothing but the refusal stands between a stranger and AWS. */
function createBench() {
  const calls: unknown[] = [];
  const lines: string[] = [];
  const config = loadConfig({ ENABLE_AUTH: 'false' }, 'http');
  const tool = defineTool({
    name: 'count_calls',
    title: 'Count',
    description: 'For this test.',
    toolset: 'alarms',
    annotations: READ_ONLY,
    inputSchema: z.object({ text: z.string() }),
    outputSchema: z.object({}),
    handler: async (input) => {
      calls.push(input);
      return { headline: 'called', targets: [], structured: () => ({}) };
    },
  });
  const logger = createLogger(config, (line) => lines.push(line));
  return { calls, lines, runner: createToolRunner({ config, logger, metrics: createMetrics(), tools: [tool] }) };
}

describe('a call that the way in has refused', () => {
  const refusal = new AppError('invalid_token', 'The token has expired: sign in again.', {
    details: { check: 'authorization: expired' },
  });

  it.each([[{ text: 'x' }], [{}], [undefined]])(
    'is answered with the reason and not run, with arguments %j',
    async (args) => {
      const { runner, calls, lines } = createBench();
      const result = await runner.run({ name: 'count_calls', args, requestId: 'r-1', refusal });
      expect(result).toEqual({
        isError: true,
        content: [
          {
            type: 'text',
            text: 'Error: The token has expired: sign in again. (invalid_token, trying again unchanged will not help)',
          },
        ],
      });
      expect(calls).toEqual([]);
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([
        { message: 'tool refused', code: 'invalid_token', check: 'authorization: expired' },
        { message: 'tool call', outcome: 'invalid_token' },
      ]);
    },
  );

  it('is run without a refusal', async () => {
    const { runner, calls } = createBench();
    await runner.run({ name: 'count_calls', args: { text: 'x' }, requestId: 'r-1' });
    expect(calls).toEqual([{ text: 'x' }]);
  });
});
