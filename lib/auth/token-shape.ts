/** What a token must look like before the library and the keys are asked. Nothing here is verified: it may all be forged. */
import type { SigningAlgorithm } from '../config/auth-settings.ts';
import { refuseToken } from './token-refusal.ts';

export interface TokenShapeRules {
  readonly maxTokenBytes: number;
  readonly allowedAlgorithms: readonly SigningAlgorithm[];
}

/** What the token claims of itself; enough to choose the key that will tell. */
export interface TokenHead {
  readonly issuer: string;
  readonly keyId: string;
  readonly algorithm: SigningAlgorithm;
  /** `typ` of RFC 9068: an access token. */
  readonly isTypedAccess: boolean;
}

/** Three parts of base64url without padding. */
const JWT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;
/** RFC 7519, section 5.1, and RFC 9068, section 2.1; media types may carry their prefix and are compared without case. */
const PLAIN_TYPES = new Set(['jwt', 'application/jwt']);
const ACCESS_TYPES = new Set(['at+jwt', 'application/at+jwt']);

/** r and s of equal length: RFC 7518, section 3.4. */
const ECDSA_BYTES: Partial<Record<SigningAlgorithm, number>> = { ES256: 64, ES384: 96, ES512: 132 };

/** @throws AppError `invalid_token` */
export function readTokenHead(token: string, { maxTokenBytes, allowedAlgorithms }: TokenShapeRules): TokenHead {
  if (token.length > maxTokenBytes) throw refuseToken('too_large');
  const [, headerPart = '', payloadPart = '', signaturePart = ''] = JWT.exec(token) ?? [];
  if (![headerPart, payloadPart, signaturePart].every(isCanonical)) throw refuseToken('malformed');
  const header = decodeObject(headerPart);
  const payload = decodeObject(payloadPart);
  if (header === undefined || payload === undefined) throw refuseToken('malformed');

  const { alg, kid, typ } = header;
  const type = typeof typ === 'string' ? typ.toLowerCase() : typ;
  const isTypedAccess = typeof type === 'string' && ACCESS_TYPES.has(type);
  const isPlain = type === undefined || (typeof type === 'string' && PLAIN_TYPES.has(type));
  // `crit` names rules that must be understood (RFC 7515, section 4.1.11), and none is understood here.
  if ((!isTypedAccess && !isPlain) || 'crit' in header) throw refuseToken('header');
  const algorithm = allowedAlgorithms.find((allowed) => allowed === alg);
  if (algorithm === undefined) throw refuseToken('algorithm');
  const signatureBytes = ECDSA_BYTES[algorithm];
  // OpenSSL fails instead of saying no where the length is wrong.
  if (signatureBytes !== undefined && Buffer.byteLength(signaturePart, 'base64url') !== signatureBytes) {
    throw refuseToken('signature');
  }
  if (typeof kid !== 'string' || kid === '') throw refuseToken('key');
  if (typeof payload.iss !== 'string') throw refuseToken('issuer');
  checkDates(payload);
  return { issuer: payload.iss, keyId: kid, algorithm, isTypedAccess };
}

/** Seconds that a Date can hold (ECMA-262, time values): beyond them the library fails over its own error text. */
const MAX_DATE_SECONDS = 8.64e12;

function checkDates({ exp, nbf }: Readonly<Record<string, unknown>>): void {
  if (typeof exp === 'number' && exp < -MAX_DATE_SECONDS) throw refuseToken('expired');
  if (typeof nbf === 'number' && nbf > MAX_DATE_SECONDS) throw refuseToken('not_yet_valid');
}

/** The one spelling of its bytes: a second one would be a second token with the same signature. */
function isCanonical(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decodeObject(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(UTF8.decode(Buffer.from(part, 'base64url')));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
