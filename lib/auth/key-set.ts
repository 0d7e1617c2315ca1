/** A published key set → the keys that may prove a token, behind the verifying library. Immutable: a new set replaces it whole. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { JwtVerifier } from 'aws-jwt-verify';
import {
  JwkInvalidKtyError,
  JwkInvalidUseError,
  JwtBaseError,
  JwtExpiredError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureAlgorithmError,
  JwtInvalidSignatureError,
  JwtNotBeforeError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  ParameterValidationError,
} from 'aws-jwt-verify/error';
import { type Jwk, SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { VerifiedClaims } from './claims.ts';
import { FetchFault } from './fetch-json.ts';
import { refuseToken, type TokenFault } from './token-refusal.ts';

export interface KeySet {
  /** Key ids; for the log. */
  readonly ids: readonly string[];
  has(keyId: string): boolean;
  /**
   * The claims of a token that one of these keys has signed and that has not expired.
   * @throws AppError `invalid_token`
   */
  verify(token: string, head: { readonly keyId: string; readonly algorithm: string }): VerifiedClaims;
}

export interface KeySetOptions {
  readonly issuer: string;
  readonly clockSkewSeconds: number;
}

/** More keys than any issuer publishes; the rest is not looked at. */
const MAX_KEYS = 100;

/** @throws FetchFault where the document is no key set at all; keys that cannot be used are left out. */
export function createKeySet(document: unknown, { issuer, clockSkewSeconds }: KeySetOptions): KeySet {
  const listed = typeof document === 'object' && document !== null && 'keys' in document ? document.keys : undefined;
  if (!Array.isArray(listed)) throw new FetchFault('did not send a key set');
  const usable = new Map<string, { readonly jwk: Jwk; readonly algorithms: readonly string[] }>();
  for (const candidate of listed.slice(0, MAX_KEYS)) {
    const key = readKey(candidate);
    // Of two keys with one id the first counts, as in the library.
    if (key !== undefined && !usable.has(key.kid)) usable.set(key.kid, key);
  }
  const library = JwtVerifier.create(
    // Audience and everything else that is not the signature is judged by claims.ts.
    { issuer, audience: null, graceSeconds: clockSkewSeconds },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: refuseToFetch } }) },
  );
  library.cacheJwks({ keys: [...usable.values()].map(({ jwk }) => jwk) });
  return {
    ids: [...usable.keys()],
    has: (keyId) => usable.has(keyId),
    verify(token, { keyId, algorithm }) {
      const key = usable.get(keyId);
      if (key === undefined) throw refuseToken('key');
      if (!key.algorithms.includes(algorithm)) throw refuseToken('algorithm');
      try {
        return library.verifySync(token);
      } catch (error) {
        // Its texts quote the token, so nothing of the error goes further.
        if (error instanceof JwtBaseError) throw refuseToken(toFault(error));
        throw error;
      }
    },
  };
}

function refuseToFetch(): Promise<never> {
  return Promise.reject(new Error('Keys are fetched by the key source only.'));
}

/** The library's errors all bear the name "Error". */
function toFault(error: JwtBaseError): TokenFault {
  if (error instanceof JwtExpiredError) return 'expired';
  if (error instanceof JwtNotBeforeError) return 'not_yet_valid';
  if (error instanceof JwtInvalidSignatureError) return 'signature';
  if (error instanceof JwtInvalidIssuerError || error instanceof ParameterValidationError) return 'issuer';
  if (error instanceof KidNotFoundInJwksError || error instanceof JwtWithoutValidKidError) return 'key';
  const isAboutKey = error instanceof JwkInvalidUseError || error instanceof JwkInvalidKtyError;
  return isAboutKey || error instanceof JwtInvalidSignatureAlgorithmError ? 'algorithm' : 'malformed';
}

/** NIST SP 800-131A allows RSA from 2048 bits on; above 8192 one signature costs milliseconds. */
const MIN_RSA_BITS = 2_048;
const MAX_RSA_BITS = 8_192;
const RSA_ALGORITHMS = ['RS256', 'RS384', 'RS512'];
/** RFC 7518, section 3.4: each curve with its one hash. */
const CURVE_ALGORITHMS: Readonly<Record<string, string>> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };

/** Undefined for keys that are not for signatures, too weak, or not keys. */
function readKey(candidate: unknown): { kid: string; jwk: Jwk; algorithms: readonly string[] } | undefined {
  if (typeof candidate !== 'object' || candidate === null) return undefined;
  const {
    kty,
    kid,
    use,
    key_ops: operations,
    alg,
    n,
    e,
    crv,
    x,
    y,
  }: Partial<Record<string, unknown>> = { ...candidate };
  if (typeof kid !== 'string' || kid === '' || (use !== undefined && use !== 'sig')) return undefined;
  // RFC 7517, section 4.3: where the operations are listed, a key is for no other.
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return undefined;
  // Only the public parts that are needed: what else stands there can neither hurt nor leak.
  const parts = kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y };
  const key = toPublicKey(parts);
  const fitting = key === undefined ? [] : listFitting(key, crv);
  const algorithms = alg === undefined ? fitting : fitting.filter((name) => name === alg);
  if (algorithms.length === 0) return undefined;
  const jwk = { ...parts, kid, ...(typeof alg === 'string' && { alg }), use: 'sig' };
  return { kid, jwk: jwk as unknown as Jwk, algorithms };
}

function toPublicKey(jwk: object): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function listFitting(key: KeyObject, curve: unknown): readonly string[] {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') {
    const isStrong = modulusLength >= MIN_RSA_BITS && modulusLength <= MAX_RSA_BITS && publicExponent > 1n;
    return isStrong ? RSA_ALGORITHMS : [];
  }
  const algorithm = key.asymmetricKeyType === 'ec' ? CURVE_ALGORITHMS[String(curve)] : undefined;
  return algorithm === undefined ? [] : [algorithm];
}
