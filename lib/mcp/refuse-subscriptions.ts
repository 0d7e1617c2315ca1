/**
 * `subscriptions/listen` (2026-07-28) is not offered: nothing here changes that a client could be told of, and an open
 * stream would never end on Lambda. The SDK answers the method itself and knows only "limit reached", an internal
 * error; clients shall read what they read of every method that does not exist.
 */
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { z } from 'zod';

const METHOD_NOT_FOUND = -32_601;
const NOT_FOUND_STATUS = 404;
const PROTOCOL_VERSION_KEY = 'io.modelcontextprotocol/protocolVersion';

const listenSchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]),
  method: z.literal('subscriptions/listen'),
  // Without it the message is of an earlier revision, for which the SDK says the same.
  params: z.object({ _meta: z.object({ [PROTOCOL_VERSION_KEY]: z.string() }) }),
});

/** The refusal of a message that asks for a subscription; undefined for any other. */
function refusalOf(message: unknown) {
  const parsed = listenSchema.safeParse(message);
  if (!parsed.success) return undefined;
  const error = { code: METHOD_NOT_FOUND, message: 'Method not found' };
  return { jsonrpc: '2.0' as const, id: parsed.data.id, error };
}

/** Over HTTP: the whole answer. */
export function refuseSubscription(body: unknown): Response | undefined {
  const refusal = refusalOf(body);
  return refusal === undefined ? undefined : Response.json(refusal, { status: NOT_FOUND_STATUS });
}

/** Over a connection: the same transport, which never hands such a message on. */
export function withoutSubscriptions(transport: Transport): Transport {
  const guarded: Transport = {
    async start() {
      transport.onmessage = (message: JSONRPCMessage, extra) => {
        const refusal = refusalOf(message);
        if (refusal === undefined) guarded.onmessage?.(message, extra);
        else transport.send(refusal).catch((error: unknown) => guarded.onerror?.(toError(error)));
      };
      transport.onclose = () => guarded.onclose?.();
      transport.onerror = (error) => guarded.onerror?.(error);
      await transport.start();
    },
    send: (message, options) => transport.send(message, options),
    close: () => transport.close(),
  };
  return guarded;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
