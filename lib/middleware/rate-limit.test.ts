import { describe, expect, it } from 'vitest';
import { createPost } from '../../test/support/events.ts';
import { runThrough } from '../../test/support/middleware.ts';
import type { CallLimiter } from '../auth/call-limiter.ts';
import { createCallLimiter } from '../auth/call-limiter.ts';
import type { Caller } from '../auth/principal.ts';
import { type LimitedPlane, rateLimit } from './rate-limit.ts';

const caller: Caller = {
  principal: { issuer: 'i', subject: 's', audiences: [], scopes: [], expiresEpochMs: 0, id: 'hash' },
  token: 't',
};
const toolCall = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'x' } };

async function ask(limiter: CallLimiter, plane: LimitedPlane, parsedBody: unknown, isSignedIn = true) {
  const { seen } = await runThrough([rateLimit(limiter, plane)], createPost('/mcp', {}), undefined, {
    requestId: 'r',
    ...(isSignedIn && { caller }),
    parsedBody,
  } as never).catch((error: unknown) => ({ seen: undefined, error }));
  return seen === undefined ? 'refused' : (seen.context.refusal?.code ?? 'taken');
}

describe('rateLimit', () => {
  it('counts tool calls of a user on MCP, each of a batch, and nothing else', async () => {
    const limiter = createCallLimiter(3);
    expect(await ask(limiter, 'mcp', { ...toolCall, method: 'tools/list' })).toBe('taken');
    expect(await ask(limiter, 'mcp', [toolCall, toolCall])).toBe('taken');
    expect(await ask(limiter, 'mcp', toolCall)).toBe('taken');
    expect(await ask(limiter, 'mcp', toolCall)).toBe('throttled');
    expect(await ask(limiter, 'mcp', { ...toolCall, method: 'tools/list' })).toBe('taken');
  });

  it('refuses the request on REST, whatever its body', async () => {
    const limiter = createCallLimiter(1);
    expect(await ask(limiter, 'rest', undefined)).toBe('taken');
    expect(await ask(limiter, 'rest', undefined)).toBe('refused');
    expect(await ask(limiter, 'rest', undefined, false)).toBe('taken');
  });

  it('knows no limit for who is not signed in, or where there is none', async () => {
    const limiter = createCallLimiter(1);
    for (const _ of [1, 2, 3]) expect(await ask(limiter, 'mcp', toolCall, false)).toBe('taken');
    for (const _ of [1, 2, 3]) expect(await ask(createCallLimiter(0), 'mcp', toolCall)).toBe('taken');
  });

  it('says how long to wait, on REST by a header too', async () => {
    const limiter: CallLimiter = { take: async () => 17 };
    const context = { requestId: 'r', caller, parsedBody: toolCall } as never;
    const seconds = 'than this server allows one user → wait 17 s';
    const { seen } = await runThrough([rateLimit(limiter, 'mcp')], createPost('/mcp', {}), undefined, context);
    expect(seen?.context.refusal).toMatchObject({ code: 'throttled', message: expect.stringContaining(seconds) });
    const refused = runThrough([rateLimit(limiter, 'rest')], createPost('/mcp', {}), undefined, context);
    await expect(refused).rejects.toMatchObject({
      message: expect.stringContaining('wait 17 s'),
      headers: { 'retry-after': '17' },
    });
  });
});
