/** Access token or ID token? Issuers say so in different ways, and some do not say. Pure. */

export type TokenUse = 'access' | 'id' | 'unknown';

/** @param isTypedAccess whether the header said `at+jwt` */
export function findTokenUse(claims: Readonly<Record<string, unknown>>, isTypedAccess: boolean): TokenUse {
  // Cognito.
  if (claims.token_use === 'access' || claims.token_use === 'id') return claims.token_use;
  if (isTypedAccess) return 'access';
  // Keycloak.
  if (claims.typ === 'Bearer') return 'access';
  if (claims.typ === 'ID') return 'id';
  // Scopes are what an access token is about (Okta, Entra, Auth0); hash and nonce belong to ID tokens alone.
  if ('scope' in claims || 'scp' in claims) return 'access';
  if ('at_hash' in claims || 'c_hash' in claims || 'nonce' in claims) return 'id';
  return 'unknown';
}
