import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createFakeRunner, type FakeTool, textResult } from '../support/fake-runner.ts';
import { openSocket, readAll } from '../support/raw-http.ts';
import { startTestServer } from '../support/test-app.ts';

function createGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const tool: FakeTool = async () => {
    await opened;
    return textResult('done');
  };
  return { open: () => open(), tool };
}

describe('drain', () => {
  it('lets a call in flight finish, takes nothing new, and closes idle connections', async () => {
    const gate = createGate();
    const { server, app, url, port } = await startTestServer({ runner: createFakeRunner({ gate: gate.tool }) });
    const idle = readAll(await openSocket(port));
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'gate', arguments: {} } };
    const headers = { 'content-type': 'application/json' };
    const calls = [
      fetch(`${url}/mcp`, { method: 'POST', headers, body: JSON.stringify(message) }),
      fetch(`${url}/mcp/tools/call`, { method: 'POST', headers, body: '{"name":"gate"}' }),
    ];
    await expect.poll(() => app.lifecycle.inFlight()).toBe(2);
    let hasDrained = false;
    const drained = server.drain().then(() => {
      hasDrained = true;
    });
    expect(app.lifecycle.notReadyReasons()).not.toEqual([]);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    await idle;
    expect(hasDrained).toBe(false);
    gate.open();
    for (const call of calls) expect(await (await call).text()).toContain('done');
    await drained;
    expect(app.lifecycle.inFlight()).toBe(0);
  });

  it('tells a client on an old connection that it is the last answer', async () => {
    const gate = createGate();
    const { server, app, port } = await startTestServer({ runner: createFakeRunner({ gate: gate.tool }) });
    const body = '{"name":"gate"}';
    const socket = await openSocket(port);
    const answer = readAll(socket);
    socket.write(
      `POST /mcp/tools/call HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => app.lifecycle.inFlight()).toBe(1);
    const drained = server.drain();
    gate.open();
    expect(await answer).toMatch(/connection: close/i);
    await drained;
  });

  it('answers a request that was on its way on an idle connection', async () => {
    const { server, port } = await startTestServer();
    const request = 'GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n';
    const socket = await openSocket(port);
    const answers = readAll(socket);
    socket.write(request);
    await once(socket, 'data');
    const drained = server.drain();
    socket.write(request);
    expect(await answers).toMatch(/connection: keep-alive[\s\S]*HTTP\/1\.1 200 OK[\s\S]*connection: close/i);
    await drained;
  });

  it('is over at once when nothing runs', async () => {
    const { server } = await startTestServer();
    await expect(server.drain()).resolves.toBeUndefined();
  });
});
