/** Requests that a client sends ahead, on one connection. */
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_PIPELINED } from '../../adapters/pipelining.ts';
import { createFakeRunner, type FakeTool, textResult } from '../support/fake-runner.ts';
import { openSocket } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/test-app.ts';
import { until } from '../support/until.ts';

let server: TestServer;
const begun: number[] = [];
let turn = 0;
const counting = new AbortController();
let release = (): void => undefined;
const held = new Promise<void>((resolve) => {
  release = resolve;
});
const quick: FakeTool = async () => {
  begun.push(turn);
  return textResult('quick');
};
const slow: FakeTool = async () => {
  begun.push(turn);
  await held;
  return textResult('slow');
};

beforeAll(async () => {
  server = await startTestServer({ runner: createFakeRunner({ quick, slow }) });
  void countTurns();
});
afterAll(async () => {
  counting.abort();
  await server.stop();
});

async function countTurns(): Promise<void> {
  while (!counting.signal.aborted) {
    await setImmediate();
    turn += 1;
  }
}

function callOf(name: string): string {
  const body = JSON.stringify({ name, arguments: {} });
  const head = `POST /mcp/tools/call HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json`;
  return `${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** Sends them in one piece, and counts the answers as they come. */
async function send(names: readonly string[]) {
  const socket = await openSocket(server.port);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => undefined);
  begun.length = 0;
  socket.write(names.map(callOf).join(''));
  return { socket, count: () => text.split('HTTP/1.1 200').length - 1 };
}

it('are all answered, and do not begin in one turn of the event loop', async () => {
  const { socket, count } = await send(Array.from({ length: MAX_PIPELINED }, () => 'quick'));
  await until(() => count() === MAX_PIPELINED);
  socket.destroy();
  // Those behind one that takes longer than some milliseconds, on a busy machine, may meet.
  expect(new Set(begun).size).toBeGreaterThan(MAX_PIPELINED / 2);
});

it('begin though the first one takes long, and are answered in their order', async () => {
  const { socket, count } = await send(['slow', 'slow', 'quick']);
  await until(() => begun.length === 3);
  expect(count()).toBe(0);
  release();
  await until(() => count() === 3);
  socket.destroy();
});

it('end with their connection where they are too many, and nobody else notices', async () => {
  const { socket } = await send(Array.from({ length: MAX_PIPELINED * 3 }, () => 'quick'));
  await until(() => socket.destroyed || socket.closed);
  expect(begun.length).toBeLessThanOrEqual(MAX_PIPELINED);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});
