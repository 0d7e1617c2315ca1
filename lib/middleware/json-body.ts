/**
 * The body as JSON → `context.parsedBody`. Refuses what is not declared as JSON, not UTF-8, not JSON, nested too deep,
 * larger than it can be parsed beside others, or aimed at prototypes. Stands after the body limit and after authentication; only on routes that take a body.
 */
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { AppError } from '../errors.ts';
import { decodeBodyText } from '../http/event-body.ts';
import { findExcess } from '../http/json-excess.ts';
import type { HttpEvent } from '../http/types.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

/** Arguments of tools nest five deep at most; the rest is room for envelopes. */
export const MAX_JSON_DEPTH = 64;
/** Arguments of a call hold at most 20,000. The parser, which looks for prototypes, takes two microseconds for each. */
export const MAX_JSON_VALUES = 25_000;

interface ParserRequest {
  readonly event: { readonly headers: HttpEvent['headers']; body: unknown; readonly isBase64Encoded: false };
}

const parse = httpJsonBodyParser().before as unknown as (request: ParserRequest) => void;
const UNSUPPORTED_MEDIA_TYPE = 415;

export function jsonBody(): Middleware {
  function before(request: MiddlewareRequest): void {
    const { headers } = request.event;
    const text = decodeBodyText(request.event);
    if (text !== undefined) refuseExcess(text);
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

function refuseExcess(text: string): void {
  const excess = findExcess(text, { maxDepth: MAX_JSON_DEPTH, maxValues: MAX_JSON_VALUES });
  if (excess === undefined) return;
  throw new AppError(
    'invalid_request',
    excess === 'depth'
      ? `The body nests deeper than ${MAX_JSON_DEPTH} levels: flatten the arguments.`
      : `The body holds more than ${MAX_JSON_VALUES} values: send fewer, or several requests.`,
  );
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
