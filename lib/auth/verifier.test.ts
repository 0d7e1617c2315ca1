import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/support/check-of.ts';
import { AUTH_ENV } from '../../test/support/config-faults.ts';
import { DISCOVERY_PATH, type IssuerStandIn, sendJson, startIssuer } from '../../test/support/issuer-stand-in.ts';
import { type Claims, createKey, mint, nowSeconds } from '../../test/support/token-mint.ts';
import { type Environment, loadConfig } from '../config/config.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createTokenVerifier } from './verifier.ts';

const rsa = await createKey();
const ec = await createKey({ kid: 'ec-1', alg: 'ES256' });
let server: IssuerStandIn;
let other: IssuerStandIn;

beforeAll(async () => {
  server = await startIssuer([rsa.jwk, ec.jwk]);
  other = await startIssuer([ec.jwk], '/realms/other');
});
afterAll(async () => {
  await server.close();
  await other.close();
});

function createVerifier(env: Environment = {}) {
  const config = loadConfig({ ...AUTH_ENV, AWS_IDENTITY_CENTER_ISSUER: server.issuer, ...env }, 'http');
  const logger = createLogger(config, () => undefined);
  return createTokenVerifier({ config, logger });
}

const base = (): Claims => ({ iss: server.issuer, sub: 'olivia', iat: nowSeconds(), exp: nowSeconds() + 600 });

/** Claims as the providers make them; `aud` and the like set to what this server expects. */
const PROVIDERS: readonly (readonly [string, () => Claims, Claims, Environment, Claims])[] = [
  [
    'Cognito ID token',
    () => ({
      aud: 'cloudwatch-mcp',
      token_use: 'id',
      'cognito:username': 'olivia',
      email: 'o@x.example',
      at_hash: 'x',
    }),
    {},
    { AUTH_TOKEN_USE: 'id' },
    { audiences: ['cloudwatch-mcp'], scopes: [] },
  ],
  [
    'Cognito access token, without aud',
    () => ({ client_id: 'cloudwatch-mcp', token_use: 'access', scope: 'openid mcp/read', username: 'olivia' }),
    { typ: undefined },
    { AUTH_TOKEN_USE: 'access', AUTH_REQUIRED_SCOPES: 'mcp/read' },
    { audiences: [], clientId: 'cloudwatch-mcp', scopes: ['openid', 'mcp/read'] },
  ],
  [
    'Cognito access token, bound to a resource',
    () => ({ aud: 'https://mcp.example.com/mcp', client_id: 'librechat', token_use: 'access', scope: 'openid' }),
    {},
    { AUTH_AUDIENCE: 'https://mcp.example.com/mcp' },
    { audiences: ['https://mcp.example.com/mcp'], clientId: 'librechat' },
  ],
  [
    'Okta access token',
    () => ({
      aud: 'cloudwatch-mcp',
      cid: '0oa1',
      uid: '00u1',
      scp: ['openid', 'logs'],
      sub: 'olivia@x.example',
      ver: 1,
    }),
    { typ: undefined },
    { AUTH_TOKEN_USE: 'access', AUTH_REQUIRED_SCOPES: 'logs' },
    { subject: 'olivia@x.example', scopes: ['openid', 'logs'] },
  ],
  [
    'Entra v2 access token',
    () => ({
      aud: 'cloudwatch-mcp',
      azp: 'cloudwatch-mcp',
      oid: '1',
      tid: '2',
      scp: 'access_as_user',
      ver: '2.0',
      nbf: 1,
    }),
    { x5t: 'thumb' },
    { AUTH_ALLOWED_CLIENT_IDS: 'cloudwatch-mcp' },
    { clientId: 'cloudwatch-mcp', scopes: ['access_as_user'] },
  ],
  [
    'Auth0 access token with two audiences',
    () => ({ aud: ['https://api.example.com', 'cloudwatch-mcp'], azp: 'abc', scope: 'openid', sub: 'auth0|65f' }),
    {},
    {},
    { audiences: ['https://api.example.com', 'cloudwatch-mcp'], subject: 'auth0|65f', clientId: 'abc' },
  ],
  [
    'Keycloak access token',
    () => ({ aud: ['account', 'cloudwatch-mcp'], typ: 'Bearer', azp: 'librechat', scope: 'email', realm_access: {} }),
    {},
    { AUTH_TOKEN_USE: 'access' },
    { clientId: 'librechat' },
  ],
  [
    'EKS service account token',
    () => ({
      aud: ['cloudwatch-mcp'],
      sub: 'system:serviceaccount:jarvis:agent',
      'kubernetes.io': {},
      nbf: nowSeconds(),
    }),
    { typ: undefined },
    {},
    { subject: 'system:serviceaccount:jarvis:agent' },
  ],
  [
    'RFC 9068 access token',
    () => ({ aud: 'cloudwatch-mcp', client_id: 'agent', jti: '1', scope: 'a' }),
    { typ: 'at+jwt' },
    { AUTH_TOKEN_USE: 'access' },
    { clientId: 'agent' },
  ],
];

describe('tokens of the providers', () => {
  it.each(PROVIDERS)('%s', async (_name, claims, header, env, expected) => {
    for (const key of [rsa, ec]) {
      const token = await mint(key, { ...base(), ...claims() }, header);
      expect(await createVerifier(env).verify(token)).toMatchObject({ issuer: server.issuer, ...expected });
    }
  });

  it('Keycloak refresh token and Cognito ID token, where access tokens are wanted', async () => {
    const verifier = createVerifier({ AUTH_TOKEN_USE: 'access' });
    const id = await mint(rsa, { ...base(), aud: 'cloudwatch-mcp', token_use: 'id' });
    expect(await refusalOf(() => verifier.verify(id))).toBe('invalid_token: token_use');
    const logout = await mint(rsa, { ...base(), aud: 'cloudwatch-mcp', events: {} }, { typ: 'logout+jwt' });
    expect(await refusalOf(() => createVerifier().verify(logout))).toBe('invalid_token: header');
  });
});

describe('several issuers', () => {
  const env = () => ({
    AUTH_ISSUERS_JSON: JSON.stringify([{ issuer: other.issuer, audiences: ['other-aud'] }]),
  });

  it('are each asked for their own keys and audiences', async () => {
    const verifier = createVerifier(env());
    const mine = await mint(rsa, { ...base(), aud: 'cloudwatch-mcp' });
    const theirs = await mint(ec, { ...base(), iss: other.issuer, aud: 'other-aud' });
    expect((await verifier.verify(mine)).issuer).toBe(server.issuer);
    expect((await verifier.verify(theirs)).issuer).toBe(other.issuer);
    expect((await verifier.verify(theirs)).id).not.toBe((await verifier.verify(mine)).id);
  });

  it('cannot vouch for each other', async () => {
    const verifier = createVerifier(env());
    const crossed = [
      { ...base(), iss: other.issuer, aud: 'cloudwatch-mcp' },
      { ...base(), iss: server.issuer, aud: 'other-aud' },
    ];
    for (const claims of crossed) {
      expect(await refusalOf(async () => verifier.verify(await mint(ec, claims)))).toBe('invalid_token: audience');
    }
    const foreignKey = await mint(rsa, { ...base(), iss: other.issuer, aud: 'other-aud' });
    expect(await refusalOf(() => verifier.verify(foreignKey))).toBe('invalid_token: key');
  });

  it('are ready when one of them is', async () => {
    const down = await startIssuer([]);
    await down.close();
    const verifier = createVerifier({
      AUTH_ISSUERS_JSON: JSON.stringify([{ issuer: down.issuer, audiences: ['x'] }]),
    });
    expect(verifier.isReady()).toBe(false);
    await verifier.loadKeys();
    expect(verifier.isReady()).toBe(true);
  });
});

describe('an issuer that is not trusted', () => {
  it.each(['https://evil.example', '', 'null', 'javascript:alert(1)', '__proto__', 'constructor'])(
    '%j is refused without being asked',
    async (iss) => {
      const before = server.requests.length;
      const token = await mint(rsa, { ...base(), iss, aud: 'cloudwatch-mcp' });
      expect(await refusalOf(() => createVerifier().verify(token))).toBe('invalid_token: issuer');
      expect(server.requests.length).toBe(before);
    },
  );

  it('is not made trusted by keys in the header', async () => {
    const evil = await createKey({ kid: 'evil' });
    const header = { jwk: evil.jwk, jku: `${other.origin}/keys`, x5u: `${other.origin}/keys`, kid: 'evil' };
    const before = other.requests.length;
    const token = await mint(evil, { ...base(), aud: 'cloudwatch-mcp' }, header);
    expect(await refusalOf(() => createVerifier().verify(token))).toBe('invalid_token: key');
    expect(other.requests.length).toBe(before);
  });

  it('keeps 503 for a discovery document of somebody else', async () => {
    const wrong = await startIssuer([rsa.jwk]);
    wrong.misbehave(DISCOVERY_PATH, (_request, response) => {
      sendJson(response, { issuer: server.issuer, jwks_uri: `${server.origin}/keys` });
    });
    const verifier = createVerifier({ AWS_IDENTITY_CENTER_ISSUER: wrong.issuer });
    const token = await mint(rsa, { ...base(), iss: wrong.issuer, aud: 'cloudwatch-mcp' });
    expect(await refusalOf(() => verifier.verify(token))).toBe('temporarily_unavailable');
    await wrong.close();
  });
});
