import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/support/check-of.ts';
import { createKey, mint, mintRaw, nowSeconds, type SigningKey } from '../../test/support/token-mint.ts';
import { FetchFault } from './fetch-json.ts';
import { createKeySet } from './key-set.ts';

const ISSUER = 'https://login.example.com';
const OPTIONS = { issuer: ISSUER, clockSkewSeconds: 60 };
const CLAIMS = { iss: ISSUER, sub: 'olivia', aud: 'x', exp: nowSeconds() + 600 };

const rsa = await createKey({ kid: 'rsa' });
const ec = await createKey({ kid: 'ec', alg: 'ES256' });
const es384 = await createKey({ kid: 'es384', alg: 'ES384' });
const weak = await createKey({ kid: 'weak', rsaBits: 1024 });

const setOf = (...keys: readonly unknown[]) => createKeySet({ keys }, OPTIONS);
const without = ({ jwk }: SigningKey, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(jwk).filter(([name]) => !names.includes(name)));
const fault = (set: ReturnType<typeof setOf>, token: string, keyId: string, algorithm: string) =>
  refusalOf(() => set.verify(token, { keyId, algorithm }));

describe('createKeySet', () => {
  it.each([rsa, ec, es384])('proves tokens of $alg', async (key) => {
    const token = await mint(key, CLAIMS);
    expect(setOf(rsa.jwk, ec.jwk, es384.jwk).verify(token, { keyId: key.kid, algorithm: key.alg })).toMatchObject({
      sub: 'olivia',
    });
  });

  it('proves them when the key names no algorithm and no use (Entra)', async () => {
    const token = await mint(rsa, CLAIMS);
    expect(await fault(setOf(without(rsa, 'alg', 'use')), token, 'rsa', 'RS256')).toBe('none');
  });

  it.each([
    ['an encryption key', { ...rsa.jwk, use: 'enc' }],
    ['a key for encrypting only', { ...rsa.jwk, key_ops: ['encrypt'] }],
    ['a signing key', { ...rsa.jwk, key_ops: ['sign'] }],
    ['a key for nothing', { ...rsa.jwk, key_ops: [] }],
    ['operations that are no list', { ...rsa.jwk, key_ops: 'verify' }],
    ['a secret', { kty: 'oct', kid: 'rsa', k: 'c2VjcmV0' }],
    ['an Ed25519 key', { kty: 'OKP', crv: 'Ed25519', kid: 'rsa', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }],
    ['RSA of 1024 bits', weak.jwk],
    ['a key without id', without(rsa, 'kid')],
    ['an id that is a number', { ...rsa.jwk, kid: 1 }],
    ['RSA without modulus', without(rsa, 'n')],
    ['RSA with exponent 1', { ...rsa.jwk, e: 'AQ' }],
    ['a modulus that is a number', { ...rsa.jwk, n: 5 }],
    ['a point that is not on the curve', { ...ec.jwk, x: ec.jwk.y, y: ec.jwk.x }],
    ['an algorithm that does not fit', { ...rsa.jwk, alg: 'ES256' }],
    ['PS256', { ...rsa.jwk, alg: 'PS256' }],
    ['HS256 on a public key', { ...rsa.jwk, alg: 'HS256' }],
    ['null', null],
    ['a text', 'key'],
    ['a list', []],
  ])('leaves out %s and keeps the rest', (_name, key) => {
    expect(setOf(key, ec.jwk).ids).toEqual(['ec']);
  });

  it.each([
    ['no object', 'x'],
    ['null', null],
    ['no keys', {}],
    ['keys no list', { keys: {} }],
    ['a list', []],
  ])('refuses a document that is %s', (_name, document) =>
    expect(() => createKeySet(document, OPTIONS)).toThrow(FetchFault),
  );

  it('does not choke on private parts and foreign members', async () => {
    const odd = {
      ...rsa.jwk,
      d: 'AAAA',
      x5c: ['MII'],
      x5u: 'http://evil.example',
      key_ops: ['verify'],
      extra: { a: 1 },
    };
    expect(await fault(setOf(odd), await mint(rsa, CLAIMS), 'rsa', 'RS256')).toBe('none');
  });

  it('takes the first of two keys with one id, and the first hundred of many', async () => {
    const other = await createKey({ kid: 'rsa' });
    const set = setOf(rsa.jwk, other.jwk);
    expect(await fault(set, await mint(other, CLAIMS), 'rsa', 'RS256')).toBe('invalid_token: signature');
    const many = Array.from({ length: 150 }, (_, index) => ({ ...ec.jwk, kid: `ec-${index}` }));
    expect(setOf(...many).ids).toHaveLength(100);
  });
});

describe('verify', () => {
  const set = setOf(without(rsa, 'alg'), without(ec, 'alg'));

  it('refuses an algorithm that does not fit the key when the key names none', async () => {
    // RSA-SHA256 under the name of ES256: the library alone would take it.
    const token = mintRaw(rsa, { alg: 'ES256', kid: 'rsa' }, CLAIMS);
    expect(await fault(set, token, 'rsa', 'ES256')).toBe('invalid_token: algorithm');
    expect(await fault(set, mintRaw(ec, { alg: 'RS256', kid: 'ec' }, CLAIMS), 'ec', 'RS256')).toBe(
      'invalid_token: algorithm',
    );
    expect(await fault(set, mintRaw(ec, { alg: 'ES384', kid: 'ec' }, CLAIMS), 'ec', 'ES384')).toBe(
      'invalid_token: algorithm',
    );
  });

  it('refuses what is forged, expired or early', async () => {
    const token = await mint(rsa, CLAIMS);
    const [header, , signature] = token.split('.');
    const forged = `${header}.${Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'root' })).toString('base64url')}.${signature}`;
    expect(await fault(set, forged, 'rsa', 'RS256')).toBe('invalid_token: signature');
    const old = await mint(rsa, { ...CLAIMS, exp: nowSeconds() - 100 });
    expect(await fault(set, old, 'rsa', 'RS256')).toBe('invalid_token: expired');
    const early = await mint(rsa, { ...CLAIMS, nbf: nowSeconds() + 100 });
    expect(await fault(set, early, 'rsa', 'RS256')).toBe('invalid_token: not_yet_valid');
    expect(await fault(set, token, 'gone', 'RS256')).toBe('invalid_token: key');
  });

  it.each([
    ['sub', 7],
    ['aud', [7]],
    ['aud', { a: 1 }],
    ['exp', '2030'],
    ['iat', 'x'],
    ['nbf', true],
    ['scope', ['a']],
  ])('refuses a claim %s of the wrong type', async (name, value) => {
    const token = mintRaw(rsa, { alg: 'RS256', kid: 'rsa' }, { ...CLAIMS, [name]: value });
    expect(await fault(set, token, 'rsa', 'RS256')).toBe('invalid_token: malformed');
  });

  it('keeps every text of the token out of what it throws', async () => {
    const token = mintRaw(rsa, { alg: 'RS256', kid: 'rsa' }, { ...CLAIMS, iss: 'https://evil-marker.example' });
    const verify = async () => set.verify(token, { keyId: 'rsa', algorithm: 'RS256' });
    const thrown = await verify().catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'invalid_token' });
    expect(inspect(thrown, { depth: 9, showHidden: true })).not.toContain('marker');
  });
});
