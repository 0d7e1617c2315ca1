/** A server that has as many connections as it takes: probes are answered, the rest is told to come back. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeRunner, type FakeTool, textResult } from '../support/fake-runner.ts';
import { exchangeRaw, openSocket, readAll, statusOf } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/test-app.ts';

const MAX = 4;
const RESERVE = 3;
const PROBES = ['/health', '/ready', '/metrics'];
const BODY = '{"name":"slow"}';
const CALL = `POST /mcp/tools/call HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

/** Runs until its caller leaves. */
const slow: FakeTool = ({ signal }) =>
  new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(textResult('late')), { once: true });
  });

let server: TestServer;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.stop();
});

async function start(reserveHeadMs = 60_000): Promise<void> {
  server = await startTestServer({
    runner: createFakeRunner({ slow }),
    env: { CLOUDWATCH_MCP_MAX_CONNECTIONS: String(MAX) },
    limits: { maxReserve: RESERVE, reserveHeadMs, discard: { maxBytes: 1_000, maxMs: 50 } },
  });
}

async function open(): Promise<Socket> {
  const socket = await openSocket(server.port);
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

async function fill(): Promise<void> {
  for (let count = 0; count < MAX; count += 1) (await open()).write(CALL);
  await expect.poll(() => server.app.lifecycle.inFlight()).toBe(MAX);
}

describe('with every connection at work', () => {
  it('serves probes, one connection each, and refuses the rest with a time to come back', async () => {
    await start();
    await fill();
    for (const path of PROBES) {
      const answer = await exchangeRaw(server.port, get(path));
      expect(statusOf(answer)).toBe(200);
      expect(answer).toMatch(/connection: close/i);
    }
    for (const request of [CALL, get('/mcp/tools'), get('/nothing'), get('/.well-known/oauth-protected-resource')]) {
      const answer = await exchangeRaw(server.port, request);
      expect(statusOf(answer)).toBe(503);
      expect(answer).toMatch(/retry-after: 5\r\n/i);
      expect(answer).toContain('as many connections as it takes');
    }
    expect(server.app.lifecycle.inFlight()).toBe(MAX);
  });

  it('answers probes while strangers crowd the reserve', async () => {
    await start();
    await fill();
    for (let round = 0; round < 5; round += 1) {
      for (let count = 0; count < RESERVE * 2; count += 1) await open();
      for (const path of PROBES) expect(statusOf(await exchangeRaw(server.port, get(path)))).toBe(200);
    }
    expect(server.app.lifecycle.connections()).toBeLessThanOrEqual(MAX + RESERVE);
    expect(server.app.lifecycle.inFlight()).toBe(MAX);
  });

  it('lets go of a stranger in the reserve who sends nothing', async () => {
    await start(20);
    await fill();
    await readAll(await open());
    await expect.poll(() => server.app.lifecycle.connections()).toBe(MAX);
  });

  it('takes callers again as soon as one is done', async () => {
    await start();
    await fill();
    expect(statusOf(await exchangeRaw(server.port, get('/mcp/tools')))).toBe(503);
    sockets[0]?.destroy();
    await expect.poll(() => server.app.lifecycle.inFlight()).toBe(MAX - 1);
    const socket = await open();
    socket.write(get('/mcp/tools'));
    const [chunk] = await once(socket, 'data');
    expect(statusOf(String(chunk))).toBe(200);
  });
});

it('makes room by the connection that is idle longest, not by one at work', async () => {
  await start();
  const busy = await open();
  busy.write(CALL);
  await expect.poll(() => server.app.lifecycle.inFlight()).toBe(1);
  const idle = [];
  for (let count = 1; count < MAX; count += 1) idle.push(await open());
  await expect.poll(() => server.app.lifecycle.connections()).toBe(MAX);
  const [first, ...others] = idle.map((socket) => ({ socket, closed: readAll(socket) }));
  // The first has been heard of last now.
  first?.socket.write(get('/health'));
  await once(first?.socket ?? busy, 'data');
  const newcomer = await open();
  newcomer.write(get('/mcp/tools'));
  expect(statusOf(String((await once(newcomer, 'data'))[0]))).toBe(200);
  await others[0]?.closed;
  expect(server.app.lifecycle.inFlight()).toBe(1);
  expect(first?.socket.destroyed).toBe(false);
  expect(busy.destroyed).toBe(false);
});
