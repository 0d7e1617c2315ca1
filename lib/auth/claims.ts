/** The claims of a token whose signature has been verified → the principal, or the refusal. Pure. */
import type { Config } from '../config/config.ts';
import { AppError } from '../errors.ts';
import { isMeantForUs, listClients, toList } from './audience.ts';
import type { Principal } from './principal.ts';
import { hashPrincipal } from './principal-id.ts';
import { refuseToken } from './token-refusal.ts';
import { findTokenUse } from './token-use.ts';

/** As the library hands it over: of the right types where a claim is there at all. */
export interface VerifiedClaims {
  readonly iss?: string | undefined;
  readonly sub?: string | undefined;
  readonly aud?: string | readonly string[] | undefined;
  readonly exp?: number | undefined;
  readonly nbf?: number | undefined;
  readonly iat?: number | undefined;
  readonly [claim: string]: unknown;
}

export interface ClaimRules
  extends Pick<Config, 'requiredScopes' | 'allowedClientIds' | 'tokenUse' | 'clockSkewSeconds'> {
  readonly issuer: string;
  readonly audiences: readonly string[];
}

export interface ClaimContext {
  readonly nowEpochMs: number;
  readonly isTypedAccess: boolean;
}

/** A token that lives longer is a password. */
const MAX_LIFETIME_SECONDS = 30 * 24 * 3_600;
/** OpenID Connect Core, section 2. */
const MAX_SUBJECT_CHARS = 255;
/** No control or format characters, no lone surrogates, no unassigned code points, no line separators. */
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;

/** @throws AppError `invalid_token`, or `insufficient_scope` when everything else is right. */
export function readPrincipal(claims: VerifiedClaims, rules: ClaimRules, context: ClaimContext): Principal {
  const expiresEpochMs = checkTimes(claims, rules.clockSkewSeconds, context.nowEpochMs);
  if (claims.iss !== rules.issuer) throw refuseToken('issuer');
  const { sub = '' } = claims;
  if (sub.trim() === '' || sub.length > MAX_SUBJECT_CHARS || !PRINTABLE.test(sub)) throw refuseToken('subject');
  if (!isMeantForUs(claims, rules.audiences)) throw refuseToken('audience');
  const use = findTokenUse(claims, context.isTypedAccess);
  if ((rules.tokenUse === 'access' && use !== 'access') || (rules.tokenUse === 'id' && use === 'access')) {
    throw refuseToken('token_use');
  }
  const clients = listClients(claims);
  const [clientId] = clients;
  if (rules.allowedClientIds.length > 0) {
    const areAllowed = clients.every((client) => rules.allowedClientIds.includes(client));
    if (clientId === undefined || !areAllowed) throw refuseToken('client');
  }
  const scopes = readScopes(claims);
  if (!rules.requiredScopes.every((scope) => scopes.includes(scope))) {
    throw new AppError(
      'insufficient_scope',
      `The token lacks a scope that this server requires: sign in again and grant ${rules.requiredScopes.join(' ')}.`,
    );
  }
  return {
    issuer: rules.issuer,
    subject: sub,
    audiences: toList(claims.aud),
    scopes,
    ...(clientId !== undefined && { clientId }),
    expiresEpochMs,
    id: hashPrincipal(rules.issuer, sub),
  };
}

/** Returns `exp` in epoch milliseconds. */
function checkTimes({ exp, nbf, iat }: VerifiedClaims, skewSeconds: number, nowEpochMs: number): number {
  const now = nowEpochMs / 1_000;
  if (exp === undefined || exp > now + MAX_LIFETIME_SECONDS) throw refuseToken('lifetime');
  if (exp + skewSeconds <= now) throw refuseToken('expired');
  if ((nbf ?? now) > now + skewSeconds || (iat ?? now) > now + skewSeconds) throw refuseToken('not_yet_valid');
  return exp * 1_000;
}

/** `scope` (RFC 9068) as one text; `scp` as a text (Entra) or a list (Okta). */
function readScopes({ scope, scp }: VerifiedClaims): readonly string[] {
  const words = [scope, scp].flatMap((claim) => {
    if (typeof claim === 'string') return claim.split(' ');
    return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [];
  });
  return [...new Set(words)].filter((word) => word !== '');
}
