/** What may pass without a token where MCP_UNAUTHENTICATED_METHODS=handshake. Pure. */

/** They tell nothing but what this program is. `tools/call` passes too, to be answered with a sentence. */
const HANDSHAKE_METHODS = new Set([
  'initialize',
  'server/discover',
  'ping',
  'tools/list',
  'prompts/list',
  'tools/call',
]);

const COUNTED_METHODS: ReadonlySet<string | undefined> = new Set(['tools/call', 'completion/complete']);

/** Each `tools/list` is answered with 70 kB; no client is known to put more than two messages into one body. */
const MAX_MESSAGES = 4;

/** @param body a parsed JSON-RPC body: one message or a small batch, of which every message must pass */
export function isHandshake(body: unknown): boolean {
  const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
  return messages.length > 0 && messages.length <= MAX_MESSAGES && messages.every(isHandshakeMessage);
}

/** How many tools a body calls; a completion asks AWS as one does. */
export function countToolCalls(body: unknown): number {
  const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
  return messages.filter((message) => COUNTED_METHODS.has(methodOf(message))).length;
}

function isHandshakeMessage(message: unknown): boolean {
  const method = methodOf(message);
  if (method === undefined) return false;
  const isNotification = typeof message === 'object' && message !== null && !('id' in message);
  return HANDSHAKE_METHODS.has(method) || (isNotification && method.startsWith('notifications/'));
}

function methodOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('method' in message)) return undefined;
  return typeof message.method === 'string' ? message.method : undefined;
}
