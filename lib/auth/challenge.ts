/** What a refused caller is told at the HTTP level: RFC 6750, section 3, with the pointer of RFC 9728, section 5.1. */
import type { AppError } from '../errors.ts';
import { HttpError } from '../http/http-error.ts';
import { toMetadataUrl } from './resource-metadata.ts';

export interface ChallengeOptions {
  readonly resourceUrl: string;
  /** What a client should ask for. */
  readonly scopes: readonly string[];
}

/** Keys come back within seconds, or not for minutes: either way there is no sense in asking at once. */
const RETRY_AFTER_SECONDS = '10';

/** Codes that clients read in the header. A request without a token gets none: it has done nothing wrong. */
const HEADER_CODES = new Set(['invalid_token', 'invalid_request', 'insufficient_scope']);

/** The same refusal, with the headers that belong to it. */
export function withChallenge(error: AppError, { resourceUrl, scopes }: ChallengeOptions): HttpError {
  return new HttpError(error.code, error.publicMessage, {
    details: error.details,
    isOauth: true,
    headers:
      error.code === 'temporarily_unavailable'
        ? { 'retry-after': RETRY_AFTER_SECONDS }
        : { 'www-authenticate': renderChallenge(error.code, toMetadataUrl(resourceUrl), scopes) },
  });
}

/** All parts are ours or have been checked to hold neither quotes nor backslashes. */
function renderChallenge(code: string, metadataUrl: string, scopes: readonly string[]): string {
  const parts = [
    `resource_metadata="${metadataUrl}"`,
    ...(scopes.length > 0 ? [`scope="${scopes.join(' ')}"`] : []),
    ...(HEADER_CODES.has(code) ? [`error="${code}"`] : []),
  ];
  return `Bearer ${parts.join(', ')}`;
}
