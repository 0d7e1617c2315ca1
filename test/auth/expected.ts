/** The exact answers of the HTTP plane. Texts stand here once more on purpose: a change of wording is a change of behaviour. */
import { expect } from 'vitest';
import type { Received } from './bench.ts';

export interface Expected {
  readonly status: number;
  readonly error?: string;
  readonly description?: string;
  /** The whole header; null where there must be none. */
  readonly challenge?: string | null;
  readonly retryAfter?: string;
}

const POINTER =
  'Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp", scope="logs:read"';

export const GRANTED: Expected = { status: 200, challenge: null };

export const NO_TOKEN: Expected = {
  status: 401,
  error: 'unauthorized',
  description: 'This server takes signed-in users only: send their token as Authorization: Bearer <token>.',
  challenge: POINTER,
};

function badToken(description: string): Expected {
  return { status: 401, error: 'invalid_token', description, challenge: `${POINTER}, error="invalid_token"` };
}

export const MALFORMED = badToken(
  "This is not a signed JWT: send the configured issuer's access or ID token as Authorization: Bearer <token>.",
);
export const TOO_LARGE = badToken('The token is larger than this server reads: ask for a token with fewer claims.');
export const BAD_HEADER = badToken(
  'The header of the token is of a kind that is not taken here: send an ordinary access or ID token.',
);
export const BAD_ALGORITHM = badToken(
  'The token is signed with an algorithm that is not taken here: have the issuer sign with RS256 or ES256.',
);
export const BAD_ISSUER = badToken(
  'The token comes from an issuer that is not trusted here: sign in where this server expects it.',
);
export const UNKNOWN_KEY = badToken('The token is signed with a key that its issuer does not publish: sign in again.');
export const BAD_SIGNATURE = badToken('The signature of the token is wrong: sign in again.');
export const EXPIRED = badToken(
  'The token has expired: sign in again; one that is fixed in a configuration must be replaced there.',
);
export const BAD_LIFETIME = badToken(
  'The token has no end, or one more than 30 days ahead: ask for one that lives shorter.',
);
export const TOO_EARLY = badToken('The token is not valid yet: check the clocks of this server and of the issuer.');
export const BAD_SUBJECT = badToken(
  'The token does not say in a usable way who you are: it needs a printable sub of at most 255 characters.',
);
export const BAD_AUDIENCE = badToken(
  'The token was made for another service: ask for one whose audience is this server.',
);
export const PLACEHOLDER = badToken(
  'The chat client sent the name of a token instead of a token, because it holds none for you: sign out and in again with single sign-on. For the administrator: LibreChat needs OpenID login and OPENID_REUSE_TOKENS=true.',
);

export const NO_SCOPE: Expected = {
  status: 403,
  error: 'insufficient_scope',
  description: 'The token lacks a scope that this server requires: sign in again and grant logs:read.',
  challenge: `${POINTER}, error="insufficient_scope"`,
};

const invalidRequest = (description: string): Expected => ({
  status: 400,
  error: 'invalid_request',
  description,
  challenge: `${POINTER}, error="invalid_request"`,
});
export const TWO_HEADERS = invalidRequest('There is more than one Authorization header: send exactly one.');
export const TOKEN_IN_QUERY = invalidRequest(
  'A token in the URL ends in logs: send it in the header Authorization: Bearer <token>, and nowhere else.',
);

export const UNAVAILABLE: Expected = {
  status: 503,
  error: 'temporarily_unavailable',
  description:
    'The keys of the sign-in service cannot be had at the moment, so the token cannot be checked: try again in some seconds.',
  challenge: null,
  retryAfter: '10',
};

export const NOT_FOUND: Expected = {
  status: 404,
  error: 'route_not_found',
  description: 'There is nothing at this path: MCP is at /mcp, plain calls at /mcp/tools.',
  challenge: null,
};

export function expectAnswer(received: Received, expected: Expected): void {
  expect(received.status).toBe(expected.status);
  if (expected.error !== undefined) {
    expect(JSON.parse(received.text)).toEqual({
      error: expected.error,
      error_description: expected.description,
      requestId: expect.any(String),
    });
  }
  if (expected.challenge !== undefined) {
    expect(received.headers['www-authenticate']).toBe(expected.challenge ?? undefined);
  }
  expect(received.headers['retry-after']).toBe(expected.retryAfter);
  expect(received.headers['cache-control']).toBe('no-store');
}

/** A refusal of the JSON-RPC paths. */
export function expectRpcError(received: Received, status: number, message: string): void {
  expect(received.status).toBe(status);
  expect(JSON.parse(received.text)).toEqual({ jsonrpc: '2.0', error: { code: -32000, message }, id: null });
}
