/** What STS makes of a web identity token: provider, keys, signature, times, audience. Not here: the role's trust policy. */
import { createLocalJWKSet, decodeJwt, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { awsError } from '../types.ts';
import type { IdentityProvider } from './role.ts';

/** STS takes RSA and ECDSA signatures only. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];
/** More than anybody waits for STS: on a busy machine the issuer, which runs in the same process, takes seconds. */
const FETCH_TIMEOUT_MS = 60_000;
const MIN_TOKEN_CHARS = 4;
const MAX_TOKEN_CHARS = 20_000;

export interface WebIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** `azp` where the token has it, else `aud`: what AWS compares with the provider's client ids. */
  readonly audience: string;
}

/** @throws ValidationError, InvalidIdentityToken, ExpiredTokenException, IDPCommunicationError */
export async function verifyWebIdentity(
  token: string,
  providers: readonly IdentityProvider[],
  nowEpochMs: number,
): Promise<WebIdentity> {
  if (token.length < MIN_TOKEN_CHARS || token.length > MAX_TOKEN_CHARS)
    throw awsError('ValidationError', "1 validation error detected: Value at 'webIdentityToken' has a wrong length");
  const { iss: issuer } = readClaims(token);
  if (issuer === undefined) throw invalid('Missing a required claim: iss');
  const provider = providers.find((candidate) => candidate.issuer === issuer);
  if (provider === undefined) throw invalid(`No OpenIDConnect provider found in your account for ${issuer}`);
  const claims = await verifySignature(token, await fetchKeys(provider.issuer), nowEpochMs);
  const { sub: subject, aud } = claims;
  if (subject === undefined || subject === '') throw invalid('Missing a required claim: sub');
  const audiences = typeof claims.azp === 'string' ? [claims.azp] : [aud ?? []].flat();
  if (audiences.length === 0) throw invalid('Missing a required claim: aud');
  const audience = audiences.find((name) => provider.audiences.includes(name));
  if (audience === undefined) throw invalid('Incorrect token audience');
  return { issuer, subject, audience };
}

function readClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)');
  }
}

async function verifySignature(token: string, keys: JSONWebKeySet, nowEpochMs: number): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      algorithms: ALGORITHMS,
      requiredClaims: ['exp', 'iat'],
      currentDate: new Date(nowEpochMs),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw awsError(
        'ExpiredTokenException',
        `Token expired: current date/time ${Math.floor(nowEpochMs / 1_000)} must be before the expiration date/time ${error.payload.exp}`,
      );
    }
    if (error instanceof errors.JWTClaimValidationFailed && error.reason === 'missing')
      throw invalid(`Missing a required claim: ${error.claim}`);
    throw invalid("Couldn't retrieve verification key from your identity provider or the signature is not valid");
  }
}

/** Asked anew each time: what a test changes at the issuer holds at once. */
async function fetchKeys(issuer: string): Promise<JSONWebKeySet> {
  try {
    const discovery = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const keys = await fetchJson(String(discovery.jwks_uri));
    return { keys: Array.isArray(keys.keys) ? keys.keys : [] };
  } catch {
    throw awsError('IDPCommunicationErrorException', 'Could not reach the identity provider to verify the token');
  }
}

async function fetchJson(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const document: unknown = await response.json();
  if (typeof document !== 'object' || document === null) throw new Error(`${url} is no JSON object`);
  return { ...document };
}

function invalid(message: string): Error {
  return awsError('InvalidIdentityTokenException', message);
}
