/** The Authorization header → the token in it, or the refusal. Pure; the token itself is judged elsewhere. */
import { AppError } from '../errors.ts';
import { refuseToken } from './token-refusal.ts';

/** LibreChat sends a placeholder that it cannot resolve literally. */
const PLACEHOLDER = '{{LIBRECHAT_';
/** The scheme in any case, then one or more spaces: RFC 7235, section 2.1. */
const BEARER = /^bearer(?: (.*))?$/is;
const BEARER_LIKE = /^bearer(?![\w!#$%&'*+.^`|~-])/i;
/** token68: RFC 7235, section 2.1. */
const TOKEN = /^[\w.~+/-]+=*$/;

export interface AuthorizedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawQueryString: string;
}

/**
 * Undefined where there is no token, or another scheme than Bearer.
 * @throws AppError `invalid_request` for two headers or a token in the query, `invalid_token` for a header that holds no token.
 */
export function readBearer({ headers, rawQueryString }: AuthorizedRequest): string | undefined {
  if (hasTokenInQuery(rawQueryString)) {
    throw new AppError(
      'invalid_request',
      'A token in the URL ends in logs: send it in the header Authorization: Bearer <token>, and nowhere else.',
    );
  }
  const value = headers.authorization?.trim();
  if (value === undefined || value === '') return undefined;
  if (isRepeated(value)) {
    throw new AppError('invalid_request', 'There is more than one Authorization header: send exactly one.');
  }
  if (!BEARER_LIKE.test(value)) return undefined;
  const rest = BEARER.exec(value)?.[1]?.trim();
  if (rest === undefined) {
    if (value.length === 'bearer'.length) return undefined;
    throw refuseToken('malformed');
  }
  if (rest.includes(PLACEHOLDER)) throw refuseToken('placeholder');
  if (!TOKEN.test(rest)) throw refuseToken('malformed');
  return rest;
}

/** The parameter of RFC 6750, section 2.3, however it is escaped. */
function hasTokenInQuery(rawQueryString: string): boolean {
  return [...new URLSearchParams(rawQueryString).keys()].some((name) => name.toLowerCase() === 'access_token');
}

/**
 * Both adapters join repeated headers by a comma. A Bearer or Basic header has none; in the parameters of other schemes
 * (`Digest a=b, c=d`) a part that is a scheme and its first word shows the second header.
 */
function isRepeated(value: string): boolean {
  const [first = '', ...others] = value.replaceAll(/"[^"]*"/g, '""').split(',');
  const isWhole = /^\s*(?:(?:bearer|basic)\b|$)/i.test(first);
  return others.some((part) => isWhole || /^\s*[^\s=]+\s+[^\s=]/.test(part));
}
