/**
 * A failure → the answer that says so: a JSON-RPC error with `id: null` on the MCP paths (the request's own id is not
 * known or not trusted there), `{error, error_description, requestId}` elsewhere and wherever a token is refused. Texts are
 * the error's public ones.
 */
import { type AppError, ERRORS, type ErrorCode } from '../errors.ts';
import { HttpError } from './http-error.ts';
import { isJsonRpcPath } from './paths.ts';
import type { HttpResult } from './types.ts';

/** JSON-RPC 2.0, section 5.1; everything else is in its range for servers. */
const JSON_RPC_CODES: Partial<Record<ErrorCode, number>> = {
  invalid_json: -32700,
  invalid_request: -32600,
  internal_error: -32603,
};
const JSON_RPC_SERVER_ERROR = -32000;

export interface RefusedRequest {
  readonly rawPath: string;
  readonly requestId: string;
}

/** Pure; an error of the tool plane, which should not come here, is answered as `internal_error`. */
export function renderRefusal(error: AppError, { rawPath, requestId }: RefusedRequest): HttpResult {
  const isOfHttpPlane = ERRORS[error.code].planes.includes('http');
  const code: ErrorCode = isOfHttpPlane ? error.code : 'internal_error';
  const text = isOfHttpPlane ? error.publicMessage : describeInternalError(requestId);
  const isOauth = error instanceof HttpError && error.isOauth;
  const body =
    isJsonRpcPath(rawPath) && !isOauth
      ? { jsonrpc: '2.0', error: { code: JSON_RPC_CODES[code] ?? JSON_RPC_SERVER_ERROR, message: text }, id: null }
      : { error: code, error_description: text, requestId };
  return {
    statusCode: ERRORS[code].status,
    headers: { 'content-type': 'application/json', ...(error instanceof HttpError ? error.headers : {}) },
    body: JSON.stringify(body),
  };
}

/** What a caller reads when the fault is ours. */
export function describeInternalError(requestId: string): string {
  return `The server failed unexpectedly: try again, and if it stays, give the request id ${requestId} to the operator.`;
}
