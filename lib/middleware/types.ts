/** What a middleware of this program is: Middy's shape, narrowed so that the compiler refuses its known traps. */
import type { Caller } from '../auth/principal.ts';
import type { AppError, ErrorCode } from '../errors.ts';
import type { HandlerContext, HttpEvent, HttpResult } from '../http/types.ts';

/** The context that handlers see: the adapter's, and what the middleware before them found. */
export interface RequestContext extends HandlerContext {
  /** The body as JSON, set by json-body. */
  readonly parsedBody?: unknown;
  /** Who asks, set by bearer-auth; absent without authentication. */
  readonly caller?: Caller;
  /** Why tool calls of this request are answered with words instead of being run: set by bearer-auth or rate-limit. */
  readonly refusal?: AppError;
}

/** Notes of one request, for the middlewares among themselves. */
export interface RequestNotes {
  startedEpochMs?: number;
  errorCode?: ErrorCode;
  /** Gives back what read-body counted. */
  releaseBody?: () => void;
}

export interface MiddlewareRequest {
  event: HttpEvent;
  context: RequestContext;
  response: HttpResult | null | undefined;
  error: unknown;
  readonly internal: RequestNotes;
}

/**
 * Returns nothing: a value returned from a `before` hook would skip the handler and every `after` hook, those of outer
 * middlewares too. To refuse, throw; to answer a failure, set `request.response` in `onError`.
 */
export type Hook = (request: MiddlewareRequest) => void | Promise<void>;

export interface Middleware {
  readonly name: string;
  readonly before?: Hook;
  readonly after?: Hook;
  /** Runs for every failure, also one that was thrown before this middleware's own `before` had its turn. */
  readonly onError?: Hook;
}

/** What stands innermost in a composition. */
export type Handler = (event: HttpEvent, context: RequestContext) => Promise<HttpResult>;

/** A composition; a handler in its turn. */
export interface ComposedHandler extends Handler {
  /** The names of its middlewares, outermost first: docs/architecture.md is generated from them. */
  readonly chain: readonly string[];
}
