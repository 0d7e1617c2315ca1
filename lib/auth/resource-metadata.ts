/** The protected-resource metadata: where clients learn which issuer to ask for a token (RFC 9728). Pure. */
import type { Config } from '../config/config.ts';

export interface ResourceMetadata {
  readonly resource: string;
  readonly resource_name: string;
  readonly authorization_servers: readonly string[];
  readonly bearer_methods_supported: readonly string[];
  readonly scopes_supported?: readonly string[];
}

export function describeResource(
  { issuers, requiredScopes }: Pick<Config, 'issuers' | 'requiredScopes'>,
  resourceUrl: string,
): ResourceMetadata {
  return {
    resource: resourceUrl,
    resource_name: 'AWS CloudWatch (MCP)',
    authorization_servers: issuers.map(({ issuer }) => issuer),
    bearer_methods_supported: ['header'],
    ...(requiredScopes.length > 0 && { scopes_supported: requiredScopes }),
  };
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** The well-known part stands between host and path: RFC 9728, section 3.1. */
export function toMetadataUrl(resourceUrl: string): string {
  const { origin, pathname } = new URL(resourceUrl);
  return `${origin}${WELL_KNOWN}${pathname === '/' ? '' : pathname}`;
}
