import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInHeadless } from '../../test/support/sign-in-headless.ts';
import { type LocalIssuer, startLocalIssuer } from './issuer.ts';

const REDIRECT_URI = 'http://127.0.0.1:1/callback';
const RESOURCE = 'http://127.0.0.1:3334/mcp';
let issuer: LocalIssuer;
beforeAll(async () => {
  issuer = await startLocalIssuer();
});
afterAll(() => issuer.close());

type Json = Record<string, string>;
const readJson = async (answer: Response): Promise<Json> => (await answer.json()) as Json;

async function discover() {
  return readJson(await fetch(`${issuer.issuer}/.well-known/openid-configuration`));
}

async function verify(token: string) {
  const { jwks_uri } = await discover();
  return jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri ?? '')), {
    issuer: issuer.issuer,
    audience: issuer.audience,
  });
}

async function register() {
  const { registration_endpoint } = await discover();
  const registered = await fetch(registration_endpoint ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      redirect_uris: [REDIRECT_URI],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      client_name: 'test',
    }),
  });
  expect(registered.status).toBe(201);
  return String((await readJson(registered)).client_id);
}

function authorizeUrl(endpoint: string | undefined, clientId: string, challenge: string | undefined): URL {
  const url = new URL(endpoint ?? '');
  const parameters = { response_type: 'code', client_id: clientId, redirect_uri: REDIRECT_URI, state: 's' };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.set('scope', 'openid cloudwatch:read');
  url.searchParams.set('resource', RESOURCE);
  if (challenge !== undefined) {
    url.searchParams.set('code_challenge', challenge);
    url.searchParams.set('code_challenge_method', 'S256');
  }
  return url;
}

async function exchange(endpoint: string | undefined, form: Record<string, string>) {
  const answer = await fetch(endpoint ?? '', { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, body: await readJson(answer) };
}

describe('the issuer', () => {
  it('mints tokens that its own keys verify', async () => {
    const { payload, protectedHeader } = await verify(await issuer.mint('olivia', { extra: 1 }));
    expect(payload).toMatchObject({ sub: 'olivia', email: 'olivia@shop.example', scope: 'cloudwatch:read', extra: 1 });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    expect(decodeJwt(await issuer.mint('olivia', { email: undefined }))).not.toHaveProperty('email');
  });

  it('publishes no private part of its key', async () => {
    const { jwks_uri } = await discover();
    const { keys = [] } = (await (await fetch(jwks_uri ?? '')).json()) as { keys?: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('gives a registered client an access token for a resource, by PKCE', async () => {
    const { authorization_endpoint, token_endpoint } = await discover();
    const clientId = await register();
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const landed = await signInHeadless(authorizeUrl(authorization_endpoint, clientId, challenge), 'dev');
    expect(landed.searchParams.get('state')).toBe('s');
    const code = landed.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, client_id: clientId, redirect_uri: REDIRECT_URI };
    const wrong = await exchange(token_endpoint, { ...form, code_verifier: 'x'.repeat(43) });
    expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const again = await signInHeadless(authorizeUrl(authorization_endpoint, clientId, challenge), 'dev');
    const { status, body } = await exchange(token_endpoint, {
      ...form,
      code: again.searchParams.get('code') ?? '',
      code_verifier: verifier,
      resource: RESOURCE,
    });
    expect(status).toBe(200);
    const { payload, protectedHeader } = await verify(body.access_token ?? '');
    expect(payload).toMatchObject({ sub: 'dev', scope: 'cloudwatch:read', client_id: clientId });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
  });

  it('refuses a client without PKCE and a resource that is neither on loopback nor under example.com', async () => {
    const { authorization_endpoint } = await discover();
    const clientId = await register();
    const plain = await signInHeadless(authorizeUrl(authorization_endpoint, clientId, undefined), 'dev');
    expect(plain.searchParams.get('error')).toBe('invalid_request');
    const url = authorizeUrl(authorization_endpoint, clientId, 'x'.repeat(43));
    url.searchParams.set('resource', 'https://api.example.org');
    expect((await signInHeadless(url, 'dev')).searchParams.get('error')).toBe('invalid_target');
  });

  it('shows a page with the users to a person', async () => {
    const { authorization_endpoint } = await discover();
    const url = authorizeUrl(authorization_endpoint, await register(), 'x'.repeat(43));
    await expect(signInHeadless(url, 'mallory')).rejects.toThrow(/stays at .*interaction/);
    const lost = await fetch(`${issuer.issuer}/interaction/unknown`);
    expect(lost.status).toBe(400);
  });
});
