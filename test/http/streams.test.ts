import { once } from 'node:events';
import { get, request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer } from '../../adapters/node.ts';
import type { ToolCall } from '../../lib/mcp/tool-call.ts';
import { createFakeRunner, type FakeTool, textResult } from '../support/fake-runner.ts';
import { openSocket, readAll, statusOf } from '../support/raw-http.ts';
import { createTestApp, startTestServer, type TestServer } from '../support/test-app.ts';

const BIG_TEXT_BYTES = 2_000_000;
const CALLS: ToolCall[] = [];

/** Runs until its caller leaves. */
const waitForAbort: FakeTool = (call) => {
  CALLS.push(call);
  return new Promise((resolve) => {
    call.signal?.addEventListener('abort', () => resolve(textResult('aborted')), { once: true });
  });
};
const big: FakeTool = async () => textResult('x'.repeat(BIG_TEXT_BYTES));

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ runner: createFakeRunner({ waitForAbort, big }) });
});
afterAll(() => server.stop());

const HEADERS = { 'content-type': 'application/json' };
function mcpCall(name: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } });
}

describe('a client that leaves', () => {
  it.each([
    ['/mcp', mcpCall('waitForAbort')],
    ['/mcp/tools/call', '{"name":"waitForAbort"}'],
  ])('aborts its call by %s, which is then no longer in flight', async (path, body) => {
    CALLS.length = 0;
    const request = httpRequest(`${server.url}${path}`, { method: 'POST', headers: HEADERS });
    request.on('error', () => undefined);
    request.end(body);
    await expect.poll(() => CALLS.length).toBe(1);
    expect(CALLS[0]?.signal?.aborted).toBe(false);
    request.destroy();
    await expect.poll(() => CALLS[0]?.signal?.aborted).toBe(true);
    await expect.poll(() => server.app.lifecycle.inFlight()).toBe(0);
  });

  it('leaves no call behind when it goes while sending its body', async () => {
    CALLS.length = 0;
    const socket = await openSocket(server.port);
    socket.write(
      'POST /mcp/tools/call HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"na',
    );
    await expect.poll(() => server.app.lifecycle.inFlight()).toBe(1);
    socket.destroy();
    await expect.poll(() => server.app.lifecycle.inFlight()).toBe(0);
    expect(CALLS).toEqual([]);
  });

  it('does not abort calls of others on the way', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(`${server.url}/mcp`, { method: 'POST', headers: HEADERS, body: mcpCall('big') }),
      ),
    );
    const lengths = await Promise.all(answers.map(async (answer) => (await answer.text()).length));
    expect(lengths.every((length) => length > BIG_TEXT_BYTES)).toBe(true);
  });
});

describe('a big answer', () => {
  it.each([
    ['/mcp', mcpCall('big')],
    ['/mcp/tools/call', '{"name":"big"}'],
  ])('reaches a slow reader whole, by %s', async (path, body) => {
    const request = httpRequest(`${server.url}${path}`, { method: 'POST', headers: HEADERS });
    request.end(body);
    const [response] = await once(request, 'response');
    let bytes = 0;
    for await (const chunk of response) {
      bytes += chunk.length;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(bytes).toBeGreaterThan(BIG_TEXT_BYTES);
  });

  it('waits for its reader instead of piling up', async () => {
    let pulled = 0;
    const body = () =>
      new ReadableStream<Uint8Array>(
        {
          pull: (controller) => {
            pulled += 1;
            if (pulled > 2_000) controller.close();
            else controller.enqueue(new Uint8Array(65_536));
          },
        },
        { highWaterMark: 0 },
      );
    const app = createTestApp();
    const http = await startHttpServer({ ...app, route: async () => ({ statusCode: 200, headers: {}, body: body() }) });
    const request = get({ port: http.address.port, host: '127.0.0.1' });
    const [response] = await once(request, 'response');
    await new Promise((resolve) => setTimeout(resolve, 300));
    // 2,000 chunks are 131 MB; sockets buffer a few.
    expect(pulled).toBeLessThan(500);
    response.destroy();
    await expect.poll(() => app.lifecycle.inFlight()).toBe(0);
    http.destroy();
    await http.drain();
  });
});

describe('a route that fails', () => {
  it.each([
    ['before the answer', () => Promise.reject(new Error('lost')), 500],
    ['in the middle of it', async () => ({ statusCode: 200, headers: {}, body: failingStream() }), 200],
  ])('ends the connection, logs and lives on: %s', async (_when, route, status) => {
    const app = createTestApp();
    const http = await startHttpServer({ ...app, route });
    const socket = await openSocket(http.address.port);
    const answer = readAll(socket);
    socket.write('GET /x HTTP/1.1\r\nhost: localhost\r\n\r\n');
    const text = await answer;
    expect(statusOf(text)).toBe(status);
    expect(text).not.toContain('lost');
    // The end of the chunks never came, so the client knows that something is missing.
    expect(text).not.toContain('\r\n0\r\n\r\n');
    expect(app.logs()).toContainEqual(expect.objectContaining({ level: 'ERROR', message: 'http answer failed' }));
    http.destroy();
    await http.drain();
  });
});

function failingStream(): ReadableStream<Uint8Array> {
  let count = 0;
  return new ReadableStream({
    pull(controller) {
      count += 1;
      if (count === 1) controller.enqueue(new TextEncoder().encode('data: 1\n\n'));
      else controller.error(new Error('lost'));
    },
  });
}
