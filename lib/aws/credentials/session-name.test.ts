import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../test/support/property.ts';
import type { Principal } from '../../auth/principal.ts';
import { toSessionName, toSessionTags } from './session-name.ts';

const principal = (subject: string, issuer = 'https://id.example/'): Principal => ({
  issuer,
  subject,
  audiences: ['a'],
  scopes: [],
  expiresEpochMs: 0,
  id: '0123456789ab',
});
const tagOf = (subject: string) => toSessionTags(principal(subject))[1]?.Value ?? '';

describe('the session name', () => {
  it.each([
    ['olivia', 'olivia-0123456789ab'],
    ['auth0|62f', 'auth0-62f-0123456789ab'],
    ['olivia@shop.example', 'olivia@shop.example-0123456789ab'],
    ['Zoë 🦊', 'Zo-----0123456789ab'],
    ['x'.repeat(60), `${'x'.repeat(51)}-0123456789ab`],
  ])('of %s is %s', (subject, name) => {
    expect(toSessionName(principal(subject))).toBe(name);
  });

  it('is always one that STS takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 1, maxLength: 255 }), (subject) => {
        expect(toSessionName(principal(subject))).toMatch(/^[A-Za-z0-9_+=,.@-]{14,64}$/);
      }),
    );
  });
});

describe('the session tags', () => {
  it('name issuer and subject', () => {
    expect(toSessionTags(principal('olivia'))).toEqual([
      { Key: 'mcp-issuer', Value: 'https://id.example/' },
      { Key: 'mcp-subject', Value: 'olivia' },
    ]);
    expect(tagOf('auth0|62f')).toBe('auth0=7c=62f');
    expect(tagOf('a=b')).toBe('a=3d=b');
  });

  it('are always ones that STS takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 255 }), (subject) => {
        expect(tagOf(subject)).toMatch(/^[A-Za-z0-9_.:/=+@-]{0,256}$/);
      }),
    );
  });

  it('are never the same for two subjects', () => {
    const subjects = fc.string({
      unit: fc.constantFrom('a', '=', '|', 'h', '7', 'c', 'ë', '\ud83e', '�'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(subjects, subjects, (left, right) => {
        expect(tagOf(left) === tagOf(right)).toBe(left === right);
      }),
    );
    expect(tagOf('\ud83e')).not.toBe(tagOf('\ufffd'));
    expect(tagOf('ä'.repeat(200))).toHaveLength(256);
    expect(tagOf('ä'.repeat(200))).not.toBe(tagOf('ä'.repeat(199)));
  });
});
