import { describe, expect, it } from 'vitest';
import { type SessionRequest, toCredentialKey } from './credential-key.ts';

const base: SessionRequest = {
  caller: {
    principal: {
      issuer: 'https://id.example',
      subject: 'olivia',
      audiences: ['app'],
      scopes: [],
      expiresEpochMs: 0,
      id: '0123456789ab',
    },
    token: 'header.payload.signature',
  },
  roleArn: 'arn:aws:iam::111122223333:role/R',
  durationSeconds: 3_600,
  policy: undefined,
};
const withPrincipal = (change: Partial<SessionRequest['caller']['principal']>): SessionRequest => ({
  ...base,
  caller: { ...base.caller, principal: { ...base.caller.principal, ...change } },
});
const withToken = (token: string): SessionRequest => ({ ...base, caller: { ...base.caller, token } });

describe('the key of credentials', () => {
  it('is a hash that holds nothing of the token', () => {
    expect(toCredentialKey(base)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['issuer', withPrincipal({ issuer: 'https://other.example' })],
    ['subject', withPrincipal({ subject: 'guest' })],
    ['audience', withPrincipal({ audiences: ['app', 'other'] })],
    ['role', { ...base, roleArn: 'arn:aws:iam::222233334444:role/R' }],
    ['duration', { ...base, durationSeconds: 900 }],
    ['policy', { ...base, policy: '{}' }],
    ['token', withToken('header.other.signature')],
    ['issuer and subject cut elsewhere', withPrincipal({ issuer: 'https://id.exampleo', subject: 'livia' })],
  ])('differs by %s', (_what, request) => {
    expect(toCredentialKey(request)).not.toBe(toCredentialKey(base));
  });

  it('does not differ by another signature of the same payload', () => {
    expect(toCredentialKey(withToken('header.payload.other'))).toBe(toCredentialKey(base));
  });
});
