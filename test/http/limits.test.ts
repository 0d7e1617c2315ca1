import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeRunner, type FakeTool, textResult } from '../support/fake-runner.ts';
import { exchangeRaw, jsonOf, openSocket, readAll, statusOf } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/test-app.ts';

const MAX_BODY_BYTES = 1_048_576;
const POST = 'POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';

/** Runs until its caller leaves. */
const untilAborted: FakeTool = ({ signal }) =>
  new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(textResult('late')), { once: true });
  });

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ runner: createFakeRunner({ slow: untilAborted }) });
});
afterAll(() => server.stop());

function padded(bytes: number): string {
  const [head, tail] = ['{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"x":"', '"}}}'];
  return head + 'x'.repeat(bytes - head.length - tail.length) + tail;
}

describe('body size', () => {
  it('takes exactly one mebibyte', async () => {
    const body = padded(MAX_BODY_BYTES);
    const answer = await fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('"result":{}');
  });

  it('refuses one byte more, announced by content-length', async () => {
    const answer = await exchangeRaw(
      server.port,
      `${POST}content-length: ${MAX_BODY_BYTES + 1}\r\n\r\n`,
      padded(MAX_BODY_BYTES + 1),
    );
    expect(statusOf(answer)).toBe(413);
    expect(answer).toMatch(/connection: close/i);
    expect(jsonOf(answer)).toMatchObject({ jsonrpc: '2.0', id: null });
  });

  it('refuses one byte more in chunks', async () => {
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const answer = await exchangeRaw(
      server.port,
      `${POST}transfer-encoding: chunked\r\n\r\n`,
      chunk.repeat(16),
      '1\r\nx\r\n0\r\n\r\n',
    );
    expect(statusOf(answer)).toBe(413);
  });

  it('answers before an endless body ends, reads a bounded part of it and hangs up', async () => {
    const socket = await openSocket(server.port);
    let sentBytes = 0;
    const answer = readAll(socket);
    socket.write(`${POST}transfer-encoding: chunked\r\n\r\n`);
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`);
    while (!socket.destroyed && sentBytes < 1_000_000_000) {
      sentBytes += chunk.byteLength;
      await new Promise((resolve) => socket.write(chunk, resolve));
    }
    expect(statusOf(await answer)).toBe(413);
    expect(sentBytes).toBeLessThan(100_000_000);
  });

  it('does not let a body on a route without one in either', async () => {
    const answer = await exchangeRaw(
      server.port,
      `GET /health HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${MAX_BODY_BYTES + 10}\r\n\r\n`,
      'x'.repeat(MAX_BODY_BYTES + 10),
    );
    expect(statusOf(answer)).toBe(200);
    expect(answer).toMatch(/connection: close/i);
  });
});

describe('headers', () => {
  it('refuses huge ones with 431 and says why', async () => {
    const answer = await exchangeRaw(
      server.port,
      `GET /health HTTP/1.1\r\nhost: localhost\r\nx-big: ${'x'.repeat(20_000)}\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(431);
    expect(jsonOf(answer)).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining('headers'),
    });
  });

  it('takes 15 KB of them', async () => {
    const answer = await fetch(`${server.url}/health`, { headers: { 'x-big': 'x'.repeat(15_000) } });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['no Host', 'GET /health HTTP/1.1\r\n\r\n'],
    ['a line that is no header', 'GET /health HTTP/1.1\r\nhost: localhost\r\nnonsense\r\n\r\n'],
    ['another protocol', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001'],
    ['two lengths', 'POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello'],
    [
      'a length and chunks',
      'POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a folded header', 'GET /health HTTP/1.1\r\nhost: localhost\r\nx-a: b\r\n c\r\n\r\n'],
    ['a NUL in a header', 'GET /health HTTP/1.1\r\nhost: localhost\r\nx-a: b\u0000c\r\n\r\n'],
    ['a bad chunk', `${POST}transfer-encoding: chunked\r\n\r\nzz\r\n`],
  ])('refuses %s with 400', async (_what, text) => {
    expect(statusOf(await exchangeRaw(server.port, text))).toBe(400);
  });

  it('sees both of two Host headers, and refuses them on MCP', async () => {
    const answer = await exchangeRaw(
      server.port,
      `${POST}host: evil.example\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}`,
    );
    expect([400, 403]).toContain(statusOf(answer));
  });
});

describe('pipelining', () => {
  const body = '{"name":"slow"}';
  const call = `POST /mcp/tools/call HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

  it('answers in order, the refused ones too', async () => {
    const get = (path: string, extra = '') => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${extra}\r\n`;
    const answer = await exchangeRaw(
      server.port,
      get('/health') + get('/nothing') + get('/mcp') + get('/ready', 'connection: close\r\n'),
    );
    expect(answer.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 405', 'HTTP/1.1 200']);
  });

  it('never mixes a refusal of the parser into an answer under way', async () => {
    const socket = await openSocket(server.port);
    const answer = readAll(socket);
    socket.write(call);
    await expect.poll(() => server.app.lifecycle.inFlight()).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.write('GARBAGE\r\n\r\n');
    expect(await answer).toBe('');
  });

  it('answers garbage that comes with the request once, and only once', async () => {
    const answer = await exchangeRaw(server.port, `${call}GARBAGE\r\n\r\n`);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
  });
});
