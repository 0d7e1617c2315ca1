import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { refuseSubscription, withoutSubscriptions } from './refuse-subscriptions.ts';

const LISTEN = {
  jsonrpc: '2.0' as const,
  id: 7,
  method: 'subscriptions/listen',
  params: { notifications: {}, _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } },
};
const REFUSAL = { jsonrpc: '2.0', id: 7, error: { code: -32_601, message: 'Method not found' } };

describe('refuseSubscription', () => {
  it('answers as for a method that does not exist', async () => {
    const response = refuseSubscription(LISTEN);
    expect([response?.status, await response?.json()]).toEqual([404, REFUSAL]);
  });

  it.each([
    { ...LISTEN, method: 'tools/list' },
    { ...LISTEN, params: {} },
    { ...LISTEN, id: null },
    [LISTEN],
    null,
    'x',
  ])('leaves %j to the SDK', (body) => {
    expect(refuseSubscription(body)).toBeUndefined();
  });
});

describe('withoutSubscriptions', () => {
  it('answers for itself, hands on the rest, and closes what it guards', async () => {
    const sent: unknown[] = [];
    const got: unknown[] = [];
    const inner: Transport = {
      start: async () => undefined,
      send: async (message) => {
        sent.push(message);
      },
      close: async () => inner.onclose?.(),
    };
    const guarded = withoutSubscriptions(inner);
    guarded.onmessage = (message: JSONRPCMessage) => got.push(message);
    let isClosed = false;
    guarded.onclose = () => {
      isClosed = true;
    };
    await guarded.start();
    const ping = { jsonrpc: '2.0' as const, id: 8, method: 'ping' };
    inner.onmessage?.(LISTEN);
    inner.onmessage?.(ping);
    await guarded.send({ jsonrpc: '2.0', id: 8, result: {} });
    await guarded.close();
    expect(sent).toEqual([REFUSAL, { jsonrpc: '2.0', id: 8, result: {} }]);
    expect([got, isClosed]).toEqual([[ping], true]);
  });
});
