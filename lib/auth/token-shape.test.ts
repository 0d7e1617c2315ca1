import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/support/check-of.ts';
import { fc } from '../../test/support/property.ts';
import { encodePart } from '../../test/support/token-mint.ts';
import { readTokenHead } from './token-shape.ts';

const RULES = { maxTokenBytes: 8192, allowedAlgorithms: ['RS256', 'ES256'] } as const;
const HEADER = { alg: 'RS256', kid: 'k1', typ: 'JWT' };
const PAYLOAD = { iss: 'https://login.example.com' };
const SIGNATURE = encodePart('signature');

const make = (header: unknown, payload: unknown = PAYLOAD, signature = SIGNATURE) =>
  `${encodePart(header)}.${encodePart(payload)}.${signature}`;
const fault = (token: string) => refusalOf(() => readTokenHead(token, RULES));

describe('readTokenHead', () => {
  it('reads issuer, key and algorithm', () => {
    expect(readTokenHead(make(HEADER), RULES)).toEqual({
      issuer: 'https://login.example.com',
      keyId: 'k1',
      algorithm: 'RS256',
      isTypedAccess: false,
    });
  });

  it.each([
    ['JWT', false],
    ['jwt', false],
    ['application/jwt', false],
    ['at+jwt', true],
    ['AT+JWT', true],
    ['application/at+jwt', true],
    [undefined, false],
  ])('takes typ %s', (typ, isTypedAccess) => {
    expect(readTokenHead(make({ ...HEADER, typ }), RULES).isTypedAccess).toBe(isTypedAccess);
  });

  it.each([
    ['typ of another kind', { ...HEADER, typ: 'logout+jwt' }, 'header'],
    ['typ dpop', { ...HEADER, typ: 'dpop+jwt' }, 'header'],
    ['typ JWE', { ...HEADER, typ: 'JWE' }, 'header'],
    ['typ no text', { ...HEADER, typ: 7 }, 'header'],
    ['typ null', { ...HEADER, typ: null }, 'header'],
    ['crit', { ...HEADER, crit: ['exp'] }, 'header'],
    ['empty crit', { ...HEADER, crit: [] }, 'header'],
    ['alg none', { ...HEADER, alg: 'none' }, 'algorithm'],
    ['alg None', { ...HEADER, alg: 'nOnE' }, 'algorithm'],
    ['alg HS256', { ...HEADER, alg: 'HS256' }, 'algorithm'],
    ['alg PS256', { ...HEADER, alg: 'PS256' }, 'algorithm'],
    ['alg EdDSA', { ...HEADER, alg: 'EdDSA' }, 'algorithm'],
    ['alg RS384 where it is not allowed', { ...HEADER, alg: 'RS384' }, 'algorithm'],
    ['alg in lower case', { ...HEADER, alg: 'rs256' }, 'algorithm'],
    ['alg as a list', { ...HEADER, alg: ['RS256'] }, 'algorithm'],
    ['no alg', { kid: 'k1' }, 'algorithm'],
    ['no kid', { alg: 'RS256' }, 'key'],
    ['empty kid', { ...HEADER, kid: '' }, 'key'],
    ['kid a number', { ...HEADER, kid: 1 }, 'key'],
    ['header a list', [HEADER], 'malformed'],
    ['header null', null, 'malformed'],
    ['header no JSON', '{"alg":', 'malformed'],
  ])('refuses %s', async (_name, header, expected) => {
    expect(await fault(make(header))).toBe(`invalid_token: ${expected}`);
  });

  it.each([
    ['payload a list', make(HEADER, [PAYLOAD]), 'malformed'],
    ['payload no JSON', make(HEADER, 'x'), 'malformed'],
    ['payload not UTF-8', `${encodePart(HEADER)}._v8.${SIGNATURE}`, 'malformed'],
    ['no iss', make(HEADER, {}), 'issuer'],
    ['iss a list', make(HEADER, { iss: ['https://login.example.com'] }), 'issuer'],
    ['two parts', `${encodePart(HEADER)}.${encodePart(PAYLOAD)}`, 'malformed'],
    ['four parts', `${make(HEADER)}.x`, 'malformed'],
    ['five parts (JWE)', 'a.b.c.d.e', 'malformed'],
    ['no signature', make(HEADER, PAYLOAD, ''), 'malformed'],
    ['padded signature', `${make(HEADER, PAYLOAD, encodePart('sig1'))}==`, 'malformed'],
    ['padded header', make(HEADER).replace('.', '=.'), 'malformed'],
    ['plain base64', make(HEADER, PAYLOAD, '+/+/'), 'malformed'],
    ['bits beyond the last byte', make(HEADER, PAYLOAD, 'QR'), 'malformed'],
    ['blanks inside', make(HEADER).replace('.', '. '), 'malformed'],
    ['newline at the end', `${make(HEADER)}\n`, 'malformed'],
    ['an ECDSA signature of another length', make({ ...HEADER, alg: 'ES256' }), 'signature'],
    ['an exp before all dates', make(HEADER, { ...PAYLOAD, exp: -8_640_000_000_000.001 }), 'expired'],
    ['an nbf after all dates', make(HEADER, { ...PAYLOAD, nbf: 1e300 }), 'not_yet_valid'],
    ['nothing', '', 'malformed'],
    ['dots', '..', 'malformed'],
    ['one byte too many', make(HEADER, PAYLOAD, 'A'.repeat(8192)), 'too_large'],
    ['a megabyte', 'A'.repeat(1_048_576), 'too_large'],
  ])('refuses %s', async (_name, token, expected) => {
    expect(await fault(token)).toBe(`invalid_token: ${expected}`);
  });

  it('takes the largest size, not one byte more', async () => {
    const token = make(HEADER);
    const exact = { ...RULES, maxTokenBytes: token.length };
    expect(await refusalOf(() => readTokenHead(token, exact))).toBe('none');
    expect(await refusalOf(() => readTokenHead(token, { ...exact, maxTokenBytes: token.length - 1 }))).toBe(
      'invalid_token: too_large',
    );
  });

  it('reads or refuses whatever comes', async () => {
    const part = fc.oneof(fc.base64String(), fc.string(), fc.json().map(encodePart));
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
        expect(await fault(parts.join('.'))).toMatch(/^(none|invalid_token: \w+)$/);
      }),
    );
  });
});
