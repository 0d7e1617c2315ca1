import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/support/check-of.ts';
import { fc } from '../../test/support/property.ts';
import { type ClaimRules, readPrincipal, type VerifiedClaims } from './claims.ts';

const NOW = 1_800_000_000;
const DAY = 86_400;
const RULES: ClaimRules = {
  issuer: 'https://login.example.com',
  audiences: ['cloudwatch-mcp', 'other'],
  requiredScopes: [],
  allowedClientIds: [],
  tokenUse: 'any',
  clockSkewSeconds: 60,
};
const CLAIMS: VerifiedClaims = {
  iss: RULES.issuer,
  sub: 'olivia',
  aud: 'cloudwatch-mcp',
  exp: NOW + 600,
  iat: NOW - 10,
};
const CONTEXT = { nowEpochMs: NOW * 1_000, isTypedAccess: false };

const read = (claims: VerifiedClaims = {}, rules: Partial<ClaimRules> = {}) =>
  readPrincipal({ ...CLAIMS, ...claims }, { ...RULES, ...rules }, CONTEXT);
const fault = (claims: VerifiedClaims, rules: Partial<ClaimRules> = {}) => refusalOf(() => read(claims, rules));

describe('readPrincipal', () => {
  it('tells who asks', () => {
    expect(read({ scope: 'openid logs', azp: 'librechat' })).toEqual({
      issuer: RULES.issuer,
      subject: 'olivia',
      audiences: ['cloudwatch-mcp'],
      scopes: ['openid', 'logs'],
      clientId: 'librechat',
      expiresEpochMs: (NOW + 600) * 1_000,
      id: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  it('never gives two issuers or two subjects one id', () => {
    const ids = [
      read().id,
      read({ sub: 'Olivia' }).id,
      read({ iss: 'https://b.example' }, { issuer: 'https://b.example' }).id,
    ];
    expect(new Set(ids).size).toBe(3);
  });

  it.each<[string, VerifiedClaims, string]>([
    ['no exp', { exp: undefined }, 'lifetime'],
    ['exp 30 days and a second ahead', { exp: NOW + 30 * DAY + 1 }, 'lifetime'],
    ['exp at the end of time', { exp: 8.64e12 }, 'lifetime'],
    ['exp just past the skew', { exp: NOW - 60 }, 'expired'],
    ['exp at the epoch', { exp: 0 }, 'expired'],
    ['negative exp', { exp: -1 }, 'expired'],
    ['iat ahead', { iat: NOW + 61 }, 'not_yet_valid'],
    ['nbf ahead', { nbf: NOW + 61 }, 'not_yet_valid'],
    ['iss of another tenant', { iss: `${RULES.issuer}/` }, 'issuer'],
    ['no iss', { iss: undefined }, 'issuer'],
    ['no sub', { sub: undefined }, 'subject'],
    ['empty sub', { sub: '' }, 'subject'],
    ['blank sub', { sub: '  ' }, 'subject'],
    ['sub of 256 characters', { sub: 'a'.repeat(256) }, 'subject'],
    ['sub with a newline', { sub: 'olivia\nadmin' }, 'subject'],
    ['sub with NUL', { sub: 'olivia\u0000' }, 'subject'],
    ['sub with DEL', { sub: 'olivia\u007f' }, 'subject'],
    ['sub with a bidi override', { sub: 'olivia\u202enimda' }, 'subject'],
    ['sub with a zero-width space', { sub: 'oli\u200bvia' }, 'subject'],
    ['sub with a lone surrogate', { sub: 'olivia\ud800' }, 'subject'],
    ['sub with a line separator', { sub: 'a\u2028b' }, 'subject'],
  ])('refuses %s', async (_name, claims, expected) => {
    expect(await fault(claims)).toBe(`invalid_token: ${expected}`);
  });

  it.each<[string, VerifiedClaims]>([
    ['exp within the skew', { exp: NOW - 59 }],
    ['exp exactly 30 days ahead', { exp: NOW + 30 * DAY }],
    ['iat within the skew', { iat: NOW + 60 }],
    ['no iat', { iat: undefined }],
    ['nbf now', { nbf: NOW }],
    ['nbf at the end of the skew', { nbf: NOW + 60 }],
    ['fractional times', { exp: NOW + 0.5, iat: NOW - 0.5 }],
    ['sub of 255 characters', { sub: 'a'.repeat(255) }],
    ['sub with letters of anywhere', { sub: 'Jürgen 山田|auth0' }],
    ['sub of a pod', { sub: 'system:serviceaccount:jarvis:cloudwatch-mcp' }],
  ])('takes %s', async (_name, claims) => expect(await fault(claims)).toBe('none'));

  it.each<[string, VerifiedClaims, string]>([
    ['one of several aud', { aud: ['x', 'other'] }, 'none'],
    ['foreign aud', { aud: 'x' }, 'invalid_token: audience'],
    ['foreign aud in spite of our client_id', { aud: 'x', client_id: 'cloudwatch-mcp' }, 'invalid_token: audience'],
    ['foreign aud in spite of our azp', { aud: ['x'], azp: 'cloudwatch-mcp' }, 'invalid_token: audience'],
    ['empty aud', { aud: '' }, 'invalid_token: audience'],
    ['empty list of aud', { aud: [], client_id: 'cloudwatch-mcp' }, 'invalid_token: audience'],
    ['aud as a prefix', { aud: 'cloudwatch' }, 'invalid_token: audience'],
    ['aud in another case', { aud: 'CloudWatch-MCP' }, 'invalid_token: audience'],
    ['no aud, our client_id', { aud: undefined, client_id: 'cloudwatch-mcp' }, 'none'],
    ['no aud, our azp', { aud: undefined, azp: 'other' }, 'none'],
    ['no aud, foreign client_id', { aud: undefined, client_id: 'x' }, 'invalid_token: audience'],
    ['no aud, client_id as a list', { aud: undefined, client_id: ['cloudwatch-mcp'] }, 'invalid_token: audience'],
    ['no aud, no client', { aud: undefined }, 'invalid_token: audience'],
  ])('judges %s', async (_name, claims, expected) => expect(await fault(claims)).toBe(expected));

  it.each<[string, VerifiedClaims, string]>([
    ['allowed client_id', { client_id: 'librechat' }, 'none'],
    ['allowed azp', { azp: 'librechat' }, 'none'],
    ['another client', { client_id: 'x' }, 'invalid_token: client'],
    ['allowed client_id, another azp', { client_id: 'librechat', azp: 'x' }, 'invalid_token: client'],
    ['no client', {}, 'invalid_token: client'],
  ])('with an allow-list of clients judges %s', async (_name, claims, expected) => {
    expect(await fault(claims, { allowedClientIds: ['librechat'] })).toBe(expected);
  });

  it.each<[string, VerifiedClaims, string]>([
    ['scope as a text', { scope: 'a logs:read b' }, 'none'],
    ['scp as a list', { scp: ['logs:read', 'b'] }, 'none'],
    ['scp as a text', { scp: 'b logs:read' }, 'none'],
    ['spread over both', { scope: 'logs:read', scp: 'b' }, 'none'],
    ['one of two', { scope: 'logs:read' }, 'insufficient_scope'],
    ['a prefix', { scope: 'logs:readwrite b' }, 'insufficient_scope'],
    ['scp with other things', { scp: [7, null, { b: 1 }] }, 'insufficient_scope'],
    ['none', {}, 'insufficient_scope'],
  ])('with required scopes judges %s', async (_name, claims, expected) => {
    expect(await fault(claims, { requiredScopes: ['logs:read', 'b'] })).toBe(expected);
  });

  it('speaks of scopes only when everything else is right', async () => {
    expect(await fault({ exp: NOW - 100 }, { requiredScopes: ['a'] })).toBe('invalid_token: expired');
    expect(await fault({ aud: 'x' }, { requiredScopes: ['a'] })).toBe('invalid_token: audience');
  });

  it('never lets a token pass whose times are wrong, whatever else it says', () => {
    const times = fc.record({ exp: fc.double({ noNaN: true }), iat: fc.double({ noNaN: true }) });
    fc.assert(
      fc.property(times, ({ exp, iat }) => {
        const isGood = exp > NOW - 60 && exp <= NOW + 30 * DAY && iat <= NOW + 60;
        if (isGood) expect(read({ exp, iat }).subject).toBe('olivia');
        else expect(() => read({ exp, iat })).toThrow();
      }),
    );
  });
});
