import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { isAppError } from '../errors.ts';
import { readBearer } from './bearer.ts';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln';
const read = (authorization?: string, rawQueryString = '') =>
  readBearer({ headers: authorization === undefined ? {} : { authorization }, rawQueryString });

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
}

describe('readBearer', () => {
  it.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`, `BEARER ${TOKEN}`, `bEaReR    ${TOKEN}`, ` Bearer ${TOKEN} `])(
    'finds the token in %j',
    (header) => expect(read(header)).toBe(TOKEN),
  );

  it.each([
    [undefined],
    [''],
    ['   '],
    ['Bearer'],
    ['bearer '],
    ['Basic dXNlcjpwYXNz'],
    [`Bearerx ${TOKEN}`],
    [`Token ${TOKEN}`],
    [TOKEN],
    ['Digest username="a", realm="b, c", nonce=x'],
    ['AWS4-HMAC-SHA256 Credential=A/b, SignedHeaders=host, Signature=c'],
  ])('finds no token in %j', (header) => expect(read(header)).toBeUndefined());

  it.each([
    ['Bearer a b'],
    [`Bearer ${TOKEN} ${TOKEN}`],
    [`Bearer\t${TOKEN}`],
    [`Bearer "${TOKEN}"`],
    ['Bearer <token>'],
    ['Bearer tök.en.x'],
    ['Bearer a;b'],
  ])('calls %j a bad token', (header) => expect(codeOf(() => read(header))).toBe('invalid_token'));

  it.each([
    [`Bearer ${TOKEN},Bearer ${TOKEN}`],
    [`Bearer ${TOKEN}, Basic dXNlcjpwYXNz`],
    [`Basic dXNlcjpwYXNz,Bearer ${TOKEN}`],
    [`,Bearer ${TOKEN}`],
    [`Bearer ${TOKEN},`],
    ['Basic YQ==,Basic YQ=='],
    [`Digest username="a",Bearer ${TOKEN}`],
    [','],
  ])('calls %j two headers', (header) => expect(codeOf(() => read(header))).toBe('invalid_request'));

  it.each([
    'access_token=x',
    'a=b&access_token=x',
    'access%5Ftoken=x',
    'ACCESS_TOKEN=x',
    'access_token',
    'access_token=',
  ])('refuses the query %s with and without a header', (query) => {
    expect(codeOf(() => read(`Bearer ${TOKEN}`, query))).toBe('invalid_request');
    expect(codeOf(() => read(undefined, query))).toBe('invalid_request');
  });

  it('lets other parameters pass', () => expect(read(`Bearer ${TOKEN}`, 'token=x&access=token')).toBe(TOKEN));

  it('explains a placeholder of LibreChat', () => {
    expect(() => read('Bearer {{LIBRECHAT_OPENID_ACCESS_TOKEN}}')).toThrow(/sign out and in.*OPENID_REUSE_TOKENS=true/);
  });

  it('gives a token, nothing, or one of its refusals, and never the text itself', () => {
    const header = fc.oneof(
      fc.string(),
      fc.string().map((text) => `Bearer ${text}`),
    );
    fc.assert(
      fc.property(header, fc.string(), (authorization, query) => {
        try {
          const token = read(authorization, query);
          expect(token ?? 'x').toMatch(/^[\w.~+/-]+=*$/);
        } catch (error) {
          expect(isAppError(error) && ['invalid_token', 'invalid_request'].includes(error.code)).toBe(true);
        }
      }),
    );
  });

  it('is quick with hostile lengths', () => {
    const long = 'x '.repeat(8_000);
    for (const header of [`Bearer ${long}`, `Digest ${'"'.repeat(16_000)},`, `a ${'=, '.repeat(5_000)}`, long]) {
      expect(['none', 'invalid_token', 'invalid_request']).toContain(codeOf(() => read(header)));
    }
  });
});
