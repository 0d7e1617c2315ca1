/** The taxonomy: every failure of this program is an {@link AppError} with one of the codes of the table below. */

import { cleanText, clip } from './domain/text/clean-text.ts';

/** Who can do something about it; decides the level at which a failure is logged. */
export type ErrorKind = 'caller' | 'denied' | 'busy' | 'upstream' | 'timeout' | 'config' | 'bug';

type Plane = 'http' | 'tool';

interface ErrorSpec {
  /** Where the code appears: as a status of HTTP, as the result of a tool (HTTP 200, `isError`), or as both. */
  readonly planes: readonly Plane[];
  /** HTTP status; 200 for what is the result of a tool only. */
  readonly status: number;
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  /** One sentence for `docs/errors.md`. */
  readonly meaning: string;
}

const http = (status: number, kind: ErrorKind, retryable: boolean, meaning: string): ErrorSpec => ({
  planes: ['http'],
  status,
  kind,
  retryable,
  meaning,
});
const tool = (kind: ErrorKind, retryable: boolean, meaning: string): ErrorSpec => ({
  planes: ['tool'],
  status: 200,
  kind,
  retryable,
  meaning,
});

/**
 * Why the caller's token is not taken: a status, or with MCP_UNAUTHENTICATED_METHODS=handshake the result of a tool call,
 * because chat clients show their user the one and not the other.
 */
const refusedToken = (status: number, kind: ErrorKind, retryable: boolean, meaning: string): ErrorSpec => ({
  ...http(status, kind, retryable, meaning),
  planes: ['http', 'tool'],
});

/** The one table of codes; `docs/errors.md` is generated from it. */
export const ERRORS = {
  invalid_request: http(400, 'caller', false, 'The HTTP request cannot be understood.'),
  invalid_json: http(400, 'caller', false, 'The body is not valid JSON.'),
  unauthorized: refusedToken(401, 'caller', false, 'The request carries no token.'),
  invalid_token: refusedToken(
    401,
    'denied',
    false,
    'The token is malformed, expired, forged, or not made for this server.',
  ),
  insufficient_scope: refusedToken(
    403,
    'denied',
    false,
    'The token is valid, but lacks a scope that this server requires.',
  ),
  forbidden_host: http(403, 'caller', false, 'The Host header is not one that this server answers to.'),
  forbidden_origin: http(403, 'caller', false, 'The Origin header is not allowed.'),
  route_not_found: http(404, 'caller', false, 'There is nothing at this path.'),
  unknown_tool: http(404, 'caller', false, 'No tool has this name (plain REST; over MCP a JSON-RPC error −32602).'),
  method_not_allowed: http(405, 'caller', false, 'The path exists, but not for this HTTP method.'),
  body_too_large: http(413, 'caller', false, 'The body is larger than the server reads.'),
  unsupported_media_type: http(415, 'caller', false, 'The body is not declared as JSON.'),
  rate_limited: http(
    429,
    'busy',
    true,
    'The user has made too many calls within a minute (plain REST; over MCP `throttled`).',
  ),
  internal_error: http(500, 'bug', true, 'The server failed in a way nobody foresaw.'),
  temporarily_unavailable: refusedToken(
    503,
    'upstream',
    true,
    "The issuer's keys cannot be had, so no token can be verified.",
  ),
  unavailable: http(
    503,
    'busy',
    true,
    'The server has as much to do as it takes; `Retry-After` says when to come back.',
  ),
  request_timeout: http(504, 'timeout', true, 'The request took longer than the server allows.'),

  invalid_input: tool('caller', false, 'An argument is missing, misspelt, of the wrong type or out of bounds.'),
  not_found: tool('caller', false, 'What an argument names does not exist in that account and region.'),
  access_denied: tool('denied', false, 'IAM refuses the action; the text names it.'),
  throttled: tool('busy', true, 'AWS asks to slow down, or over MCP the user has made too many calls within a minute.'),
  limit_exceeded: tool('busy', true, 'A quota of AWS or of this server is used up for the moment.'),
  query_too_broad: tool('caller', false, 'The query would read or return too much; the text says how to narrow it.'),
  query_failed: tool('caller', false, 'CloudWatch refuses the query; the text gives its reason and position.'),
  auth_token_expired: tool('denied', false, 'The credentials of the caller have expired.'),
  role_denied: tool('denied', false, 'STS refuses to let the caller assume the role.'),
  role_rejected: tool('config', false, 'STS does not accept the identity provider or its token.'),
  aws_config: tool('config', false, 'The AWS side of the server is configured wrongly.'),
  upstream_unavailable: tool('upstream', true, 'AWS cannot be reached or fails.'),
  upstream_refused: tool(
    'upstream',
    false,
    'AWS refuses the call for a reason that no argument changes; the text names its error.',
  ),
  unreadable_answer: tool(
    'upstream',
    true,
    'What came back is no answer of AWS: cut, without what AWS always sends, or made by something on the way.',
  ),
  not_offered: tool('upstream', false, 'The region, or the back end in place of AWS, has no such operation.'),
  deadline_exceeded: tool('timeout', true, 'The tool ran out of time.'),
  cancelled: tool('caller', false, 'The client went away or cancelled the call.'),
  internal: tool('bug', true, 'The tool failed in a way nobody foresaw; the text names the request id.'),
} satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;

/** Names of others stand in some texts, so there is a bound to all of them. */
const MAX_PUBLIC_CHARS = 8_000;

export interface AppErrorOptions {
  /** For the log only: names, counts, foreign messages. Never shown to a caller. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * A failure with a public text. The text is ours, says *what was wrong → what to do next*, and holds
 * no ARN, account id, token or foreign message. Names in it are made harmless to look at here, whoever wrote the text.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly publicMessage: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, publicMessage: string, options: AppErrorOptions = {}) {
    const shown = clip(cleanText(publicMessage), MAX_PUBLIC_CHARS);
    super(shown, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.publicMessage = shown;
    this.details = options.details ?? {};
  }

  get kind(): ErrorKind {
    return ERRORS[this.code].kind;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get isRetryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

export function isAppError(value: unknown): value is AppError {
  return value instanceof AppError;
}

/** Why a signal was aborted: the AppError that it was aborted with, else that the caller went away. */
export function abortReason(signal: AbortSignal): AppError {
  if (isAppError(signal.reason)) return signal.reason;
  return new AppError('cancelled', 'The call was cancelled → call again if the answer is still wanted.');
}
