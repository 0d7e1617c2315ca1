/** Whether a token was made for this server. Pure. */

export interface AudienceClaims {
  readonly aud?: string | readonly string[] | undefined;
  readonly client_id?: unknown;
  readonly azp?: unknown;
}

/**
 * One value of `aud` must be ours. Only a token without any `aud` (plain Cognito access tokens) is judged by the client
 * that got it: an `aud` of somebody else's is never outweighed by a client of ours.
 */
export function isMeantForUs(claims: AudienceClaims, ours: readonly string[]): boolean {
  const { aud } = claims;
  if (aud !== undefined) return toList(aud).some((audience) => ours.includes(audience));
  return listClients(claims).some((client) => ours.includes(client));
}

/** `client_id` (RFC 9068) and `azp` (OpenID Connect), as far as they are there. */
export function listClients({ client_id, azp }: AudienceClaims): readonly string[] {
  return [client_id, azp].filter((client) => typeof client === 'string' && client !== '').map(String);
}

export function toList(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
