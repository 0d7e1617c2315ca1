import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeRaw, jsonOf, openSocket, readAll, statusOf } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/test-app.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    limits: { headersTimeoutMs: 300, requestTimeoutMs: 600, timeoutCheckIntervalMs: 50, keepAliveTimeoutMs: 5_000 },
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
