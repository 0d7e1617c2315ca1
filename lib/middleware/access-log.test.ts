import { describe, expect, it } from 'vitest';
import { createEvent, createPost, readBodyText } from '../../test/support/events.ts';
import { runThrough } from '../../test/support/middleware.ts';
import type { HttpEvent, HttpResult } from '../http/types.ts';
import { createLogger } from '../telemetry/logger.ts';
import { accessLog } from './access-log.ts';

function createLog() {
  const lines: string[] = [];
  const counts: [string, number][] = [];
  const durations: [string, number][] = [];
  const now = { epochMs: 1_000 };
  const middleware = accessLog({
    logger: createLogger({ logLevel: 'DEBUG', transport: 'http' }, (line) => lines.push(line)),
    metrics: {
      countHttp: (route, status) => counts.push([route, status]),
      observeHttp: (route, seconds) => durations.push([route, seconds]),
    },
    clock: () => now.epochMs,
  });
  return { middleware, now, counts, durations, logs: () => lines.map((line) => JSON.parse(line)) };
}

async function logOf(event: HttpEvent, answer?: HttpResult) {
  const { middleware, logs } = createLog();
  await runThrough([middleware], event, answer);
  return logs()[0];
}

describe('accessLog', () => {
  it('writes one line with route, status, duration and size', async () => {
    const { middleware, logs, counts, durations } = createLog();
    await runThrough([middleware], createPost('/mcp/tools/call', { name: 'x' }), {
      statusCode: 200,
      headers: {},
      body: 'grün',
    });
    expect(logs()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'http request',
        requestId: 'event-id',
        method: 'POST',
        route: '/mcp/tools/call',
        status: 200,
        durationMs: 0,
        bytes: 5,
      }),
    ]);
    expect(counts).toEqual([['/mcp/tools/call', 200]]);
    expect(durations).toEqual([['/mcp/tools/call', 0]]);
  });

  it('waits for the end of a stream', async () => {
    const { middleware, now, durations, logs } = createLog();
    const body = new Blob(['data: 1\n\n']).stream();
    const { result } = await runThrough([middleware], createPost('/mcp', { id: 1 }), {
      statusCode: 200,
      headers: {},
      body,
    });
    expect(logs()).toEqual([]);
    now.epochMs += 1_234;
    await readBodyText(result.body);
    expect(logs()).toEqual([expect.objectContaining({ durationMs: 1_234, bytes: 9 })]);
    expect(logs()[0]).not.toHaveProperty('body');
    expect(durations).toEqual([['/mcp', 1.234]]);
  });

  it('marks an answer that its client did not wait for', async () => {
    const { middleware, logs } = createLog();
    const body = new ReadableStream<Uint8Array>();
    const { result } = await runThrough([middleware], createPost('/mcp', { id: 1 }), {
      statusCode: 200,
      headers: {},
      body,
    });
    if (result.body instanceof ReadableStream) await result.body.cancel();
    expect(logs()).toEqual([expect.objectContaining({ body: 'cancelled', bytes: 0 })]);
  });

  it('never shows a path that it does not know, a query, a header or a body', async () => {
    const event = createEvent({
      method: 'POST',
      path: '/wp-admin/hush.php',
      query: 'access_token=hush',
      headers: { authorization: 'hush', 'x-y': 'hush' },
      body: 'hush hush',
    });
    const line = await logOf(event);
    expect(line.route).toBe('unknown');
    expect(JSON.stringify(line)).not.toContain('hush');
  });

  it.each([
    ['kubelet', createEvent({ path: '/health' })],
    ['a failing readiness probe', createEvent({ path: '/ready' }), 503],
    ['a scraper', createEvent({ path: '/metrics' })],
    ['a HEAD probe', createEvent({ method: 'HEAD', path: '/mcp' }), 405],
    ['a GET probe', createEvent({ path: '/mcp' }), 405],
    ['an empty probe', createPost('/mcp', '{}'), 400],
    ['an empty probe that we do not serve', createPost('/mcp', '{}'), 499],
  ])('is quiet about %s', async (_who, event, statusCode = 200) => {
    const { level, message } = await logOf(event, { statusCode, headers: {} });
    expect([level, message]).toEqual(['DEBUG', 'http request']);
  });

  it.each([
    ['a list by REST', createEvent({ path: '/mcp/tools' }), 200],
    ['a path that does not exist', createEvent({ path: '/.env' }), 404],
    ['a POST of three bytes', createPost('/mcp', '{ }'), 400],
    ['an empty POST elsewhere', createPost('/mcp/tools/call', '{}'), 400],
    ['a HEAD that broke us', createEvent({ method: 'HEAD', path: '/mcp' }), 500],
    ['a probe that broke us', createPost('/mcp', '{}'), 500],
  ])('is not quiet about %s', async (_who, event, statusCode) => {
    const { level, message } = await logOf(event, { statusCode, headers: {} });
    expect([level, message]).toEqual(['INFO', 'http request']);
  });
});
