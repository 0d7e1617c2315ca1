import { describe, expect, it } from 'vitest';
import { findTokenUse } from './token-use.ts';

describe('findTokenUse', () => {
  it.each([
    ['Cognito access', { token_use: 'access', scope: 'openid' }, false, 'access'],
    ['Cognito ID', { token_use: 'id', at_hash: 'x' }, false, 'id'],
    ['RFC 9068', {}, true, 'access'],
    ['Keycloak access', { typ: 'Bearer', scope: 'openid' }, false, 'access'],
    ['Keycloak ID', { typ: 'ID', nonce: 'x' }, false, 'id'],
    ['Keycloak ID of a client with scopes', { typ: 'ID', scope: 'openid' }, false, 'id'],
    ['Okta access', { scp: ['openid'], cid: 'x' }, false, 'access'],
    ['Entra access', { scp: 'user_impersonation' }, false, 'access'],
    ['Auth0 access', { scope: 'openid', azp: 'x' }, false, 'access'],
    ['Okta ID', { at_hash: 'x', nonce: 'y' }, false, 'id'],
    ['EKS', { 'kubernetes.io': {} }, false, 'unknown'],
    ['token_use of another kind', { token_use: 'refresh' }, false, 'unknown'],
    ['ID marks that contradict the header', { nonce: 'x' }, true, 'access'],
  ] as const)('%s', (_name, claims, isTypedAccess, use) => expect(findTokenUse(claims, isTypedAccess)).toBe(use));
});
