/**
 * The body as JSON → `context.parsedBody`. Refuses what is not declared as JSON, not UTF-8, not JSON, nested too deep, or
 * aimed at prototypes. Stands after the body limit and after authentication; only on routes that take a body.
 */
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { AppError } from '../errors.ts';
import { decodeBodyText } from '../http/event-body.ts';
import { isNestedDeeperThan } from '../http/json-depth.ts';
import type { HttpEvent } from '../http/types.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

/** Arguments of tools nest five deep at most; the rest is room for envelopes. */
export const MAX_JSON_DEPTH = 64;

interface ParserRequest {
  readonly event: { readonly headers: HttpEvent['headers']; body: unknown; readonly isBase64Encoded: false };
}

const parse = httpJsonBodyParser().before as unknown as (request: ParserRequest) => void;
const UNSUPPORTED_MEDIA_TYPE = 415;

export function jsonBody(): Middleware {
  function before(request: MiddlewareRequest): void {
    const { headers } = request.event;
    const text = decodeBodyText(request.event);
    if (text !== undefined && isNestedDeeperThan(text, MAX_JSON_DEPTH)) {
      throw new AppError(
        'invalid_request',
        `The body nests deeper than ${MAX_JSON_DEPTH} levels: flatten the arguments.`,
      );
    }
    const parserRequest: ParserRequest = { event: { headers, body: text, isBase64Encoded: false } };
    try {
      parse(parserRequest);
    } catch (error) {
      throw toAppError(error, text);
    }
    request.context = { ...request.context, parsedBody: parserRequest.event.body };
  }

  return { name: 'json-body', before };
}

function toAppError(error: unknown, text: string | undefined): AppError {
  const isTypeRefused = error instanceof Error && 'statusCode' in error && error.statusCode === UNSUPPORTED_MEDIA_TYPE;
  if (isTypeRefused) {
    return new AppError(
      'unsupported_media_type',
      'The body must be declared as JSON: send the header content-type: application/json.',
    );
  }
  return new AppError('invalid_json', `${describeFault(text)}: send one JSON object, encoded as UTF-8.`);
}

function describeFault(text: string | undefined): string {
  if (text === undefined) return 'The body is not UTF-8';
  return text.trim() === '' ? 'The body is empty' : 'The body is not valid JSON';
}
