/** Keys and tokens as issuers make them, and as attackers would like to. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { exportJWK, type JWK, SignJWT } from 'jose';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: KeyObject;
  /** As a key set publishes it. */
  readonly jwk: JWK & { readonly kid: string };
}

export interface KeyOptions {
  readonly kid?: string;
  readonly alg?: string;
  readonly rsaBits?: number;
}

const CURVES: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

export async function createKey({
  kid = 'key-1',
  alg = 'RS256',
  rsaBits = 2048,
}: KeyOptions = {}): Promise<SigningKey> {
  const namedCurve = CURVES[alg];
  const { publicKey, privateKey } =
    namedCurve === undefined
      ? generateKeyPairSync('rsa', { modulusLength: rsaBits })
      : generateKeyPairSync('ec', { namedCurve });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export type Claims = Readonly<Record<string, unknown>>;

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}

/** Signed by jose, with whatever claims. */
export function mint(key: SigningKey, claims: Claims, header: Claims = {}): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header })
    .sign(key.privateKey);
}

export function encodePart(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** By hand, for what jose refuses to make: the header is signed as it stands. */
export function mintRaw(key: SigningKey, header: unknown, claims: unknown, hash = 'sha256'): string {
  const input = `${encodePart(header)}.${encodePart(claims)}`;
  const signature = sign(hash, Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** The classic: HMAC with the public key as its secret. */
export function mintHmac(header: unknown, claims: unknown, secret: string | Buffer): string {
  const input = `${encodePart(header)}.${encodePart(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}
