/** One middleware around a trivial handler, or one that fails. */
import type { HttpEvent, HttpResult } from '../../lib/http/types.ts';
import { compose } from '../../lib/middleware/compose.ts';
import type { Middleware, RequestContext } from '../../lib/middleware/types.ts';
import { createContext } from './events.ts';

export interface Seen {
  readonly event: HttpEvent;
  readonly context: RequestContext;
}

/** Runs the chain; `seen` is what reached the handler, undefined where something before it refused. */
export async function runThrough(
  middlewares: readonly Middleware[],
  event: HttpEvent,
  answer: HttpResult | Error = { statusCode: 200, headers: {}, body: 'ok' },
  context: RequestContext = createContext(),
): Promise<{ readonly result: HttpResult; readonly seen: Seen | undefined }> {
  let seen: Seen | undefined;
  const handler = compose(async (reached, reachedContext) => {
    seen = { event: reached, context: reachedContext };
    if (answer instanceof Error) throw answer;
    return answer;
  }, middlewares);
  return { result: await handler(event, context), seen };
}
