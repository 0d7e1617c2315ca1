/** Why a token is refused, and the fixed text for each reason. Nothing of the token itself ever stands in a text. */
import { AppError } from '../errors.ts';

const TEXTS = {
  placeholder:
    'The chat client sent the name of a token instead of a token, because it holds none for you: sign out and in again with single sign-on. For the administrator: LibreChat needs OpenID login and OPENID_REUSE_TOKENS=true.',
  malformed:
    "This is not a signed JWT: send the configured issuer's access or ID token as Authorization: Bearer <token>.",
  too_large: 'The token is larger than this server reads: ask for a token with fewer claims.',
  header: 'The header of the token is of a kind that is not taken here: send an ordinary access or ID token.',
  algorithm: 'The token is signed with an algorithm that is not taken here: have the issuer sign with RS256 or ES256.',
  issuer: 'The token comes from an issuer that is not trusted here: sign in where this server expects it.',
  key: 'The token is signed with a key that its issuer does not publish: sign in again.',
  signature: 'The signature of the token is wrong: sign in again.',
  expired: 'The token has expired: sign in again; one that is fixed in a configuration must be replaced there.',
  lifetime: 'The token has no end, or one more than 30 days ahead: ask for one that lives shorter.',
  not_yet_valid: 'The token is not valid yet: check the clocks of this server and of the issuer.',
  subject: 'The token does not say in a usable way who you are: it needs a printable sub of at most 255 characters.',
  audience: 'The token was made for another service: ask for one whose audience is this server.',
  client: 'The token was given to a client that is not taken here: sign in with an allowed one.',
  token_use: 'The token is of the wrong kind: this server takes either access tokens or ID tokens only.',
} as const;

export type TokenFault = keyof typeof TEXTS;

/** `check` names the fault in the log; it is never the foreign text that failed. */
export function refuseToken(fault: TokenFault): AppError {
  return new AppError('invalid_token', TEXTS[fault], { details: { check: `authorization: ${fault}` } });
}
