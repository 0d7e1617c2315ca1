/**
 * Limits the tool calls of one user. Nothing else is ever counted: a chat client that is refused its handshake or its list
 * of tools gives up for good. Without authentication there is no user, and no limit.
 */
import type { CallLimiter } from '../auth/call-limiter.ts';
import { countToolCalls } from '../auth/handshake.ts';
import { AppError } from '../errors.ts';
import { HttpError } from '../http/http-error.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

/** On MCP the call is answered as a tool answers; on REST the request is refused with 429. */
export type LimitedPlane = 'mcp' | 'rest';

export function rateLimit(limiter: CallLimiter, plane: LimitedPlane): Middleware {
  async function before(request: MiddlewareRequest): Promise<void> {
    const { caller, parsedBody } = request.context;
    if (caller === undefined) return;
    const calls = plane === 'rest' ? 1 : countToolCalls(parsedBody);
    const waitSeconds = await limiter.take(caller.principal, calls);
    if (waitSeconds === undefined) return;
    if (plane === 'mcp') {
      const text = `You have made more calls within a minute than this server allows one user → wait ${waitSeconds} s, and ask for more at once.`;
      request.context = { ...request.context, refusal: new AppError('throttled', text) };
      return;
    }
    throw new HttpError(
      'rate_limited',
      `You have made more calls within a minute than this server allows one user: wait ${waitSeconds} s.`,
      { headers: { 'retry-after': String(waitSeconds) } },
    );
  }

  return { name: 'rate-limit', before };
}
