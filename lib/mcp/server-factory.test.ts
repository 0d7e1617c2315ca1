import { InMemoryTransport } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { createFakeRunner, type FakeTool, textResult } from '../../test/support/fake-runner.ts';
import { startTestServer } from '../../test/support/test-app.ts';
import { createServer } from './server-factory.ts';

const REQUEST_ID = 7;
const CALL = {
  jsonrpc: '2.0',
  id: REQUEST_ID,
  method: 'tools/call',
  params: { name: 'work', arguments: {}, _meta: { progressToken: 'p' } },
} as const;
const CANCEL = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: REQUEST_ID } } as const;

/** Reports twice, goes back once, and once more when nobody waits any more. */
function createWork(): { readonly work: FakeTool; readonly isOver: Promise<void> } {
  const over = Promise.withResolvers<void>();
  return {
    isOver: over.promise,
    work: async ({ signal, reportProgress }) => {
      for (const progress of [1, 2, 2, 1]) reportProgress?.({ progress });
      await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
      reportProgress?.({ progress: 3 });
      over.resolve();
      return textResult('cancelled');
    },
  };
}

describe('progress of a call', () => {
  it('grows, and ends when the client cancels on its connection', async () => {
    const { work, isOver } = createWork();
    const [client, server] = InMemoryTransport.createLinkedPair();
    const received: string[] = [];
    const reached = Promise.withResolvers<void>();
    client.onmessage = (message) => {
      received.push(JSON.stringify(message));
      if (received.at(-1)?.includes('"progress":2')) reached.resolve();
    };
    await createServer(createFakeRunner({ work })).connect(server);
    await client.start();
    await client.send({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    });
    await client.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    await client.send(CALL);
    await reached.promise;
    await client.send(CANCEL);
    await isOver;
    await client.send({ jsonrpc: '2.0', id: 8, method: 'ping' });
    await expect.poll(() => received.at(-1)).toContain('"id":8');
    expect(received.flatMap((message) => /"progress":(\d)/.exec(message)?.[1] ?? [])).toEqual(['1', '2']);
  });

  it('grows, and ends when the client cancels by a request of its own', async () => {
    const { work } = createWork();
    const server = await startTestServer({ runner: createFakeRunner({ work }) });
    const send = (body: unknown) =>
      fetch(`${server.url}/mcp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        body: JSON.stringify(body),
      });
    const { body } = await send(CALL);
    let text = '';
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const isReached = text.includes('"progress":2');
      text += chunk;
      if (!isReached && text.includes('"progress":2')) await send(CANCEL);
    }
    await server.stop();
    expect(text).toContain('cancelled');
    expect([...text.matchAll(/"progress":(\d)/g)].map(([, progress]) => progress)).toEqual(['1', '2']);
  });
});
