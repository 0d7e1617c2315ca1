import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../config/config.ts';
import { AppError } from '../errors.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { defineTool, READ_ONLY } from '../tool/define-tool.ts';
import type { Media, ToolContext } from '../tool/types.ts';
import type { ToolCall } from './tool-call.ts';
import { createToolRunner } from './tool-runner.ts';

/** A runner with one tool whose handler is the test's. */
function runnerWith(
  handler: (input: { text: string }, context: ToolContext) => Promise<string>,
  env: Record<string, string> = {},
  media?: readonly Media[],
  clock?: () => number,
) {
  const lines: string[] = [];
  const config = loadConfig({ ENABLE_AUTH: 'false', ...env }, 'http');
  const metrics = createMetrics();
  const tool = defineTool({
    name: 'echo_text',
    title: 'Echo',
    description: 'For the tests of runTool.',
    toolset: 'alarms',
    annotations: READ_ONLY,
    inputSchema: z.object({ text: z.string().default('hello') }),
    outputSchema: z.object({ text: z.string() }),
    handler: async (input, context) => {
      const text = await handler(input, context);
      return { headline: text, targets: [], ...(media !== undefined && { media }), structured: () => ({ text }) };
    },
  });
  const runner = createToolRunner({
    config,
    metrics,
    logger: createLogger(config, (line) => lines.push(line)),
    tools: [tool],
    ...(clock !== undefined && { clock }),
  });
  return {
    lines,
    metrics,
    runner,
    run: (call: Partial<ToolCall> = {}) => runner.run({ name: 'echo_text', args: {}, requestId: 'r-1', ...call }),
  };
}

function errorText(result: { content: readonly { type: string; text?: string }[] }): string {
  return result.content.map(({ text }) => text).join('');
}

describe('runTool', () => {
  it('gives text and structured content', async () => {
    const { run } = runnerWith(async ({ text }) => text);
    expect(await run({ args: { text: 'hi' } })).toEqual({
      content: [{ type: 'text', text: 'hi' }],
      structuredContent: { text: 'hi', targets: [], shown: 0 },
    });
  });

  it('puts pictures and pages after the text, and keeps to their bounds', async () => {
    const { run } = runnerWith(async () => 'A chart.', {}, [
      { kind: 'image', mimeType: 'image/png', bytes: Uint8Array.of(137, 80) },
      { kind: 'page', uri: 'ui://test/chart', mimeType: 'text/html', text: '<p>' },
      { kind: 'page', uri: 'ui://test/huge', mimeType: 'text/html', text: 'x'.repeat(400_001) },
    ]);
    expect((await run()).content).toEqual([
      { type: 'text', text: 'A chart.\n\nWarning: The page is left out: it has 401 kB, at most 400 are sent.' },
      { type: 'image', data: 'iVA=', mimeType: 'image/png' },
      { type: 'resource', resource: { uri: 'ui://test/chart', mimeType: 'text/html', text: '<p>' } },
    ]);
  });

  it('answers bad arguments with isError and the reason', async () => {
    const { run } = runnerWith(async ({ text }) => text);
    const result = await run({ args: { txt: 1 } });
    expect(result.isError).toBe(true);
    expect(errorText(result)).toBe(
      'Error: unknown argument "txt" (did you mean text?) → valid arguments of echo_text: text. (invalid_input, trying again unchanged will not help)',
    );
    expect(result.structuredContent).toBeUndefined();
  });

  it('shows no foreign message: an unexpected error becomes a sentence with the request id, its cause goes to the log', async () => {
    const { run, lines } = runnerWith(async () => {
      throw new TypeError('secret arn:aws:iam::123456789012:role/x');
    });
    const result = await run();
    expect(errorText(result)).toBe(
      'Error: The server failed unexpectedly → try again; if it stays, report request id r-1 to the administrator. (internal, may be tried again)',
    );
    expect(lines.join('')).toMatch(/"level":"ERROR".*TypeError/);
  });

  it.each([
    ['throttled', 'WARN', 'may be tried again'],
    ['access_denied', 'INFO', 'will not help'],
    ['aws_config', 'ERROR', 'will not help'],
  ] as const)('logs %s once, as %s', async (code, level, retry) => {
    const { run, lines } = runnerWith(async () => {
      throw new AppError(code, 'This → that.');
    });
    expect(errorText(await run())).toBe(
      `Error: This → that. (${code}, ${code === 'throttled' ? retry : `trying again unchanged ${retry}`})`,
    );
    const failures = lines.filter((line) => line.includes(`"code":"${code}"`));
    expect(failures).toHaveLength(1);
    const message = code === 'access_denied' ? 'tool refused' : 'tool failed';
    expect(JSON.parse(failures[0] ?? '')).toMatchObject({ level, message, reason: 'This → that.' });
  });

  it('ends at the time limit even if the handler ignores its signal', async () => {
    const { run } = runnerWith(() => new Promise<string>(() => undefined), { CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '1000' });
    const result = await run();
    expect(errorText(result)).toContain('The answer was not there within 1 s → ask for less');
    expect(errorText(result)).toContain('deadline_exceeded');
  });

  it('takes the shorter of its own limit and what the request has left, and tells the tool a little less', async () => {
    const deadlines: number[] = [];
    const { run } = runnerWith(async (_input, { deadlineEpochMs, nowEpochMs }) => {
      deadlines.push(deadlineEpochMs - nowEpochMs);
      return 'x';
    });
    await run();
    await run({ remainingMs: 3_000 });
    await run({ remainingMs: 900_000 });
    expect(deadlines).toEqual([48_500, 2_400, 48_500]);
  });

  it('ends when the client goes away, and hands the signal to the tool', async () => {
    const client = new AbortController();
    let seen: AbortSignal | undefined;
    const { run } = runnerWith((_input, { signal }) => {
      seen = signal;
      return new Promise<string>(() => undefined);
    });
    const pending = run({ signal: client.signal });
    client.abort();
    expect(errorText(await pending)).toContain('cancelled');
    expect(seen?.aborted).toBe(true);
    expect(errorText(await run({ signal: AbortSignal.abort() }))).toContain('cancelled');
  });

  it('counts calls by outcome and passes progress on', async () => {
    const updates: unknown[] = [];
    const { run, metrics } = runnerWith(async (_input, { reportProgress }) => {
      reportProgress({ progress: 1, total: 2 });
      return 'x';
    });
    await run({ reportProgress: (update) => updates.push(update) });
    await run({ args: { bogus: true } });
    const { text } = await metrics.render();
    expect(updates).toEqual([{ progress: 1, total: 2 }]);
    expect(text).toContain('cloudwatch_mcp_tool_calls_total{tool="echo_text",outcome="ok"} 1');
    expect(text).toContain('cloudwatch_mcp_tool_calls_total{tool="echo_text",outcome="invalid_input"} 1');
  });

  it('tells how long a call took, in milliseconds and in seconds, and who asked', async () => {
    let nowEpochMs = 50_000;
    const { run, metrics, lines } = runnerWith(
      async () => {
        nowEpochMs += 2_500;
        return 'x';
      },
      {},
      undefined,
      () => nowEpochMs,
    );
    const principal = { id: 'hash', subject: 'alice', issuer: 'i', audiences: [], scopes: [], expiresEpochMs: 0 };
    await run({ caller: { principal, token: 't' } });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'tool call',
        tool: 'echo_text',
        requestId: 'r-1',
        outcome: 'ok',
        durationMs: 2_500,
        principal: 'hash',
      }),
    ]);
    const { text } = await metrics.render();
    expect(text).toMatch(/tool_duration_seconds_sum\{tool="echo_text"\} 2\.5$/m);
    expect(text).toMatch(/tool_duration_seconds_count\{tool="echo_text"\} 1$/m);
  });

  it('logs what a tool threw that is no error', async () => {
    const { run, lines } = runnerWith(() => Promise.reject({ odd: true }));
    await run();
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'ERROR',
      message: 'tool failed',
      tool: 'echo_text',
      code: 'internal',
      kind: 'bug',
      reason: expect.stringContaining('request id r-1'),
      cause: '{"odd":true}',
    });
  });

  it('keeps a hundred calls at once apart', async () => {
    const { run } = runnerWith(async ({ text }) => {
      await new Promise((resolve) => setTimeout(resolve, text.length));
      return text;
    });
    const texts = Array.from({ length: 100 }, (_, index) => `call ${index}`);
    const results = await Promise.all(texts.map((text) => run({ args: { text } })));
    expect(results.map(errorText)).toEqual(texts);
  });

  it('refuses a tool that does not exist', async () => {
    const { runner } = runnerWith(async () => '');
    expect(runner.has('nope')).toBe(false);
    expect(runner.has('__proto__')).toBe(false);
    const error = await runner.run({ name: 'nope', args: {}, requestId: 'r' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unknown_tool', message: expect.stringContaining('"nope" → tools/list') });
  });
});
