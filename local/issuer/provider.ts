/** The authorization server itself: PKCE, dynamic registration, resource indicators, JWT access tokens. */
import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import { errors, type OidcContext, Provider } from 'oidc-provider';
import { createMemoryAdapter } from './memory-adapter.ts';
import { findUser } from './users.ts';

/** The one scope of the MCP server's access tokens. */
export const SCOPE = 'cloudwatch:read';
/** The own one is among them, so that clients may be registered for it. */
const SCOPES = ['openid', 'offline_access', 'email', 'profile', SCOPE];
const TOKEN_SECONDS = 3_600;
const SESSION_SECONDS = 14 * 86_400;
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface ProviderOptions {
  readonly issuer: string;
  /** What every access token carries as `aud`, whichever resource was asked for: IAM knows one client id. */
  readonly audience: string;
  /** Private key with `kid` and `alg`. */
  readonly key: JWK;
}

export function createProvider({ issuer, audience, key }: ProviderOptions): Provider {
  return new Provider(issuer, {
    adapter: createMemoryAdapter(),
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: SCOPES,
    claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
    clientBasedCORS: () => true,
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, subject: string) => findAccount(subject),
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    loadExistingGrant: grantWhatIsAsked,
    renderError: (context: { type: string; body: string }, { error }: { error: string }) => {
      context.type = 'text';
      context.body = `The sign-in failed: ${error}\n`;
    },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      Grant: SESSION_SECONDS,
      IdToken: TOKEN_SECONDS,
      Interaction: 600,
      RefreshToken: SESSION_SECONDS,
      Session: SESSION_SECONDS,
    },
    pkce: { required: () => true },
    // A client that registers all that is offered would ask for the implicit flow, which no http address may have.
    responseTypes: ['code'],
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => issuer,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context: unknown, resource: string) => describeResource(resource, audience),
      },
    },
  });
}

function describeResource(resource: string, audience: string) {
  const { hostname } = new URL(resource);
  // Names under example.com belong to nobody (RFC 2606): a stand-in for an address that is published.
  if (!LOOPBACK_HOSTS.has(hostname) && !hostname.endsWith('.example.com')) {
    throw new errors.InvalidTarget('this issuer serves resources on loopback and under example.com only');
  }
  return {
    scope: SCOPE,
    audience,
    accessTokenFormat: 'jwt',
    accessTokenTTL: TOKEN_SECONDS,
    jwt: { sign: { alg: 'RS256' } },
  };
}

function findAccount(subject: string) {
  const user = findUser(subject);
  return user && { accountId: subject, claims: () => ({ sub: subject, name: user.name, email: user.email }) };
}

async function grantWhatIsAsked({ oidc }: OidcContext) {
  const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
  grant.addOIDCScope(SCOPES.join(' '));
  grant.addOIDCClaims(['sub', 'email', 'name']);
  for (const resource of Object.keys(oidc.resourceServers ?? {})) grant.addResourceScope(resource, SCOPE);
  await grant.save();
  return grant;
}
