/** The token family of the hostile suite: what is sent as a token, and what comes back. */
import { sign } from 'node:crypto';
import { encodePart, mintHmac, mintRaw, nowSeconds } from '../support/token-mint.ts';
import type { AuthBench } from './bench.ts';
import {
  BAD_ALGORITHM,
  BAD_AUDIENCE,
  BAD_HEADER,
  BAD_ISSUER,
  BAD_LIFETIME,
  BAD_SIGNATURE,
  BAD_SUBJECT,
  EXPIRED,
  type Expected,
  GRANTED,
  MALFORMED,
  NO_SCOPE,
  TOO_EARLY,
  TOO_LARGE,
  UNKNOWN_KEY,
} from './expected.ts';

export interface TokenCase {
  readonly what: string;
  readonly make: (bench: AuthBench) => string | Promise<string>;
  readonly expected: Expected;
}

const DAY = 86_400;
const HEADER = { alg: 'RS256', kid: 'rsa-1', typ: 'JWT' };

const claim = (what: string, changes: () => Record<string, unknown>, expected: Expected): TokenCase => ({
  what,
  make: (bench) => bench.token(changes()),
  expected,
});
const header = (what: string, changes: Record<string, unknown>, expected: Expected): TokenCase => ({
  what,
  make: (bench) => mintRaw(bench.key, { ...HEADER, ...changes }, bench.claims()),
  expected,
});
const altered = (what: string, alter: (token: string) => string, expected: Expected): TokenCase => ({
  what,
  make: async (bench) => alter(await bench.token()),
  expected,
});

function replacePart(token: string, index: number, part: string): string {
  return token.split('.').with(index, part).join('.');
}

export const TOKEN_CASES: readonly TokenCase[] = [
  claim('an honest token', () => ({}), GRANTED),
  {
    what: 'an honest ES256 token',
    make: (bench) => mintRaw(bench.ecKey, { alg: 'ES256', kid: 'ec-1' }, bench.claims()),
    expected: GRANTED,
  },
  header('typ at+jwt', { typ: 'at+jwt' }, GRANTED),

  claim('no exp', () => ({ exp: undefined }), BAD_LIFETIME),
  claim('exp in 31 days', () => ({ exp: nowSeconds() + 31 * DAY }), BAD_LIFETIME),
  claim('exp beyond all dates', () => ({ exp: 1e300 }), BAD_LIFETIME),
  claim('exp two minutes ago', () => ({ exp: nowSeconds() - 120 }), EXPIRED),
  claim('exp 0', () => ({ exp: 0 }), EXPIRED),
  claim('negative exp', () => ({ exp: -5 }), EXPIRED),
  claim('exp before all dates', () => ({ exp: -1e300 }), EXPIRED),
  claim('nbf beyond all dates', () => ({ nbf: 1e300 }), TOO_EARLY),
  claim('iat in two minutes', () => ({ iat: nowSeconds() + 120 }), TOO_EARLY),
  claim('nbf in two minutes', () => ({ nbf: nowSeconds() + 120 }), TOO_EARLY),
  claim('no sub', () => ({ sub: undefined }), BAD_SUBJECT),
  claim('empty sub', () => ({ sub: '' }), BAD_SUBJECT),
  claim('sub with a line break', () => ({ sub: 'a\nlevel: INFO' }), BAD_SUBJECT),
  claim('sub with an escape sequence', () => ({ sub: '\u001b[2Jroot' }), BAD_SUBJECT),
  claim('sub of 256 characters', () => ({ sub: 'x'.repeat(256) }), BAD_SUBJECT),
  claim('iss of a stranger', () => ({ iss: 'https://evil.example.org' }), BAD_ISSUER),
  claim('no iss', () => ({ iss: undefined }), BAD_ISSUER),
  {
    what: 'iss with a slash more',
    make: (bench) => bench.token({ iss: `${bench.issuer.issuer}/` }),
    expected: BAD_ISSUER,
  },
  {
    what: 'iss in capitals',
    make: (bench) => bench.token({ iss: bench.issuer.issuer.toUpperCase() }),
    expected: BAD_ISSUER,
  },
  claim('aud of another service', () => ({ aud: 'another-service' }), BAD_AUDIENCE),
  claim('aud of others, client_id of ours', () => ({ aud: ['a', 'b'], client_id: 'cloudwatch-mcp' }), BAD_AUDIENCE),
  claim('empty list of aud, azp of ours', () => ({ aud: [], azp: 'cloudwatch-mcp' }), BAD_AUDIENCE),
  claim('no aud and no client', () => ({ aud: undefined }), BAD_AUDIENCE),
  claim('no aud, client_id of ours', () => ({ aud: undefined, client_id: 'cloudwatch-mcp' }), GRANTED),
  claim('ours among several aud', () => ({ aud: ['a', 'cloudwatch-mcp'] }), GRANTED),
  claim('no scope', () => ({ scope: undefined }), NO_SCOPE),
  claim('another scope', () => ({ scope: 'logs:readwrite' }), NO_SCOPE),
  claim('expired, and without scope', () => ({ scope: '', exp: 1 }), EXPIRED),
  claim(
    'role claims, which nobody reads',
    () => ({ 'custom:role_arn': 'arn:aws:iam::999999999999:role/Admin', roles: ['admin'] }),
    GRANTED,
  ),
  claim(
    'a prototype',
    () => JSON.parse('{"__proto__":{"aud":"x"},"constructor":1}') as Record<string, unknown>,
    GRANTED,
  ),

  header('alg none, with a signature', { alg: 'none' }, BAD_ALGORITHM),
  header('alg HS256', { alg: 'HS256' }, BAD_ALGORITHM),
  header('alg PS256', { alg: 'PS256' }, BAD_ALGORITHM),
  header('alg EdDSA', { alg: 'EdDSA' }, BAD_ALGORITHM),
  header('alg RS512, which is not allowed', { alg: 'RS512' }, BAD_ALGORITHM),
  header('alg ES256 with an RSA key and its signature', { alg: 'ES256' }, BAD_SIGNATURE),
  {
    what: 'alg ES256 with an RSA key and a signature of the right length',
    make: ({ ecKey, claims }) => mintRaw(ecKey, { ...HEADER, alg: 'ES256' }, claims()),
    expected: BAD_ALGORITHM,
  },
  header('alg missing', { alg: undefined }, BAD_ALGORITHM),
  header('crit', { crit: ['b64'], b64: false }, BAD_HEADER),
  header('typ logout+jwt', { typ: 'logout+jwt' }, BAD_HEADER),
  header('typ as a list', { typ: ['JWT'] }, BAD_HEADER),
  header('no kid', { kid: undefined }, UNKNOWN_KEY),
  header('kid as a path', { kid: '../../../../dev/null' }, UNKNOWN_KEY),
  header('kid as SQL', { kid: "' UNION SELECT 'x" }, UNKNOWN_KEY),
  header('kid __proto__', { kid: '__proto__' }, UNKNOWN_KEY),
  header('kid of the other key', { kid: 'ec-1' }, BAD_ALGORITHM),
  {
    what: 'the public key as an HMAC secret',
    make: ({ key, claims }) => mintHmac({ ...HEADER, alg: 'HS256' }, claims(), JSON.stringify(key.jwk)),
    expected: BAD_ALGORITHM,
  },
  {
    what: 'the public key as an HMAC secret, under the name RS256',
    make: ({ key, claims }) => mintHmac(HEADER, claims(), JSON.stringify(key.jwk)),
    expected: BAD_SIGNATURE,
  },
  {
    what: 'an empty HMAC secret, under the name ES256',
    make: ({ claims }) => mintHmac({ alg: 'ES256', kid: 'ec-1' }, claims(), ''),
    expected: BAD_SIGNATURE,
  },
  {
    what: 'the ES256 signature of zeros',
    make: ({ claims }) =>
      `${encodePart({ alg: 'ES256', kid: 'ec-1' })}.${encodePart(claims())}.${Buffer.alloc(64).toString('base64url')}`,
    expected: BAD_SIGNATURE,
  },
  {
    what: 'a signature in DER',
    make: ({ ecKey, claims }) => {
      const input = `${encodePart({ alg: 'ES256', kid: 'ec-1' })}.${encodePart(claims())}`;
      const signature = sign('sha256', Buffer.from(input), { key: ecKey.privateKey, dsaEncoding: 'der' });
      return `${input}.${signature.toString('base64url')}`;
    },
    expected: BAD_SIGNATURE,
  },

  altered(
    'another payload under a good signature',
    (token) => replacePart(token, 1, encodePart({ sub: 'root', iss: 'x' })),
    BAD_ISSUER,
  ),
  altered('a flipped byte in the signature', (token) => `${token.slice(0, -20)}AAAA${token.slice(-16)}`, BAD_SIGNATURE),
  altered('no signature', (token) => replacePart(token, 2, ''), MALFORMED),
  altered('two parts', (token) => token.split('.').slice(0, 2).join('.'), MALFORMED),
  altered('four parts', (token) => `${token}.x`, MALFORMED),
  altered('a padded signature', (token) => `${token}==`, MALFORMED),
  altered('a token in a token', (token) => replacePart(token, 1, encodePart(token)), MALFORMED),
  altered('a header that is no JSON', (token) => replacePart(token, 0, encodePart('{alg:RS256}')), MALFORMED),
  altered('a payload that is no object', (token) => replacePart(token, 1, encodePart([1])), MALFORMED),
  altered('an extra letter', (token) => `${token}A`, BAD_SIGNATURE),
  { what: 'an opaque token', make: () => 'ya29.a0AfH6SMBx_opaque-Value1234567890', expected: MALFORMED },
  { what: 'a token of five parts', make: () => 'eyJh.QQ.QQ.QQ.QQ', expected: MALFORMED },
  { what: 'a token of 8193 bytes', make: (bench) => bench.token({ pad: 'x'.repeat(6_000) }), expected: TOO_LARGE },
  {
    what: 'a deeply nested payload',
    make: (bench) => mintRaw(bench.key, HEADER, `${'['.repeat(2_000)}${']'.repeat(2_000)}`),
    expected: MALFORMED,
  },
];
