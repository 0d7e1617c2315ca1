import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeRaw, jsonOf, openSocket, readAll, statusOf } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/test-app.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    limits: {
      headersTimeoutMs: 300,
      requestTimeoutMs: 600,
      timeoutCheckIntervalMs: 50,
      keepAliveTimeoutMs: 5_000,
      discard: { maxBytes: 8_388_608, maxMs: 50 },
    },
  });
});
afterAll(() => server.stop());

describe('slowness', () => {
  it('gives up on headers that never end', async () => {
    const answer = await exchangeRaw(server.port, 'GET /health HTTP/1.1\r\nhost: localhost\r\nx-slow: ');
    expect(statusOf(answer)).toBe(408);
    expect(jsonOf(answer)).toMatchObject({ error_description: expect.stringContaining('in time') });
  });

  it('gives up on a body that never ends', async () => {
    const answer = await exchangeRaw(
      server.port,
      `POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"a":`,
    );
    expect(statusOf(answer)).toBe(408);
  });

  it('lets a connection wait between requests for longer than headers may take', async () => {
    const socket = await openSocket(server.port);
    const answer = readAll(socket);
    const request = 'GET /health HTTP/1.1\r\nhost: localhost\r\n';
    socket.write(`${request}\r\n`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    socket.write(`${request}connection: close\r\n\r\n`);
    expect((await answer).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });
});

describe('a slow client that does not leave by itself', () => {
  const PAUSE_MS = 20;

  it.each([
    ['in its headers', 'GET /health HTTP/1.1\r\nhost: localhost\r\nx-slow: '],
    ['in its body', 'POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n{"a":'],
    ['in a chunk', 'POST /mcp HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nfffff\r\n{"a":'],
  ])('is cut off though it drips on: %s', async (_where, head) => {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    const answer = readAll(socket);
    socket.write(head);
    const dripping = setInterval(() => socket.write('x'), PAUSE_MS);
    expect(statusOf(await answer)).toBe(408);
    clearInterval(dripping);
    await expect.poll(() => server.app.lifecycle.connections(), { timeout: 10_000 }).toBe(0);
  });

  it('is cut off though it keeps its side open and says nothing more', async () => {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    const answer = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(String(chunk))));
    socket.write('GET /health HTTP/1.1\r\nhost: localhost\r\nx-slow: ');
    expect(statusOf(await answer)).toBe(408);
    await expect.poll(() => server.app.lifecycle.connections(), { timeout: 10_000 }).toBe(0);
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });
});
