import { afterEach, describe, expect, it } from 'vitest';
import {
  answerStatus,
  DISCOVERY_PATH,
  hangUp,
  type IssuerStandIn,
  KEYS_PATH,
  sendJson,
  startIssuer,
} from '../../test/support/issuer-stand-in.ts';
import { type Fetch, FetchFault } from './fetch-json.ts';
import { createKeySource } from './key-source.ts';

let server: IssuerStandIn;
let now = 0;
afterEach(() => server?.close());

async function startSource(suffix = '', jwksUri?: string) {
  server = await startIssuer([], suffix);
  const issuer = { issuer: server.issuer, ...(jwksUri !== undefined && { jwksUri: server.origin + jwksUri }) };
  return createKeySource({ issuer, fetch, clock: () => now });
}

/** An issuer elsewhere, whose answers the test gives; records what was asked for. */
function sourceOf(issuer: string, documents: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const fetchStub: Fetch = async (input) => {
    const url = new Request(input).url;
    asked.push(url);
    return Object.hasOwn(documents, url) ? Response.json(documents[url]) : new Response(null, { status: 404 });
  };
  return { asked, load: createKeySource({ issuer: { issuer }, fetch: fetchStub, clock: () => now }) };
}

describe('where the keys are', () => {
  it.each(['', '/', '/realms/shop', '/tenant/v2.0/'])('is told by the discovery document of …%s', async (suffix) => {
    const load = await startSource(suffix);
    expect(await load()).toEqual({ keys: [] });
    expect(server.requests).toEqual([`${suffix.replace(/\/$/, '')}${DISCOVERY_PATH}`, KEYS_PATH]);
  });

  it('is asked anew after an hour, not before', async () => {
    const load = await startSource();
    await load();
    now += 3_599_000;
    await load();
    now += 1_000;
    await load();
    expect(server.requests.filter((path) => path === DISCOVERY_PATH)).toHaveLength(2);
    expect(server.requests.filter((path) => path === KEYS_PATH)).toHaveLength(3);
  });

  it('is asked anew after the keys could not be had', async () => {
    const load = await startSource();
    await load();
    server.misbehave(KEYS_PATH, answerStatus(404));
    await expect(load()).rejects.toThrow('404');
    server.recover();
    await load();
    expect(server.requests.filter((path) => path === DISCOVERY_PATH)).toHaveLength(2);
  });

  it('is taken from the setting before', async () => {
    const load = await startSource('', KEYS_PATH);
    expect(await load()).toEqual({ keys: [] });
    expect(server.requests).toEqual([KEYS_PATH]);
  });

  it.each([400, 401, 403, 404, 405, 410])('falls back to jwks.json when there is no discovery (%i)', async (status) => {
    const load = await startSource('/pool');
    server.misbehave(`/pool${DISCOVERY_PATH}`, answerStatus(status));
    server.misbehave('/pool/.well-known/jwks.json', (_request, response) => sendJson(response, { keys: [1] }));
    expect(await load()).toEqual({ keys: [1] });
  });

  it.each([
    ['fails', answerStatus(500)],
    ['redirects', answerStatus(302)],
    ['hangs up', hangUp],
  ])('is unknown when the issuer %s', async (_name, responder) => {
    const load = await startSource();
    server.misbehave(DISCOVERY_PATH, responder);
    await expect(load()).rejects.toBeInstanceOf(FetchFault);
    expect(server.requests).toEqual([DISCOVERY_PATH]);
  });
});

describe('a discovery document', () => {
  const ISSUER = 'https://login.example.com';
  const URL_OF = `${ISSUER}${DISCOVERY_PATH}`;

  it.each([
    ['of another issuer', { issuer: 'https://evil.example', jwks_uri: 'https://login.example.com/keys' }],
    ['with a slash more', { issuer: `${ISSUER}/`, jwks_uri: 'https://login.example.com/keys' }],
    ['of a template', { issuer: 'https://login.example.com/{tenantid}', jwks_uri: 'https://login.example.com/keys' }],
    ['without issuer', { jwks_uri: 'https://login.example.com/keys' }],
    ['without jwks_uri', { issuer: ISSUER }],
    ['with http', { issuer: ISSUER, jwks_uri: 'http://login.example.com/keys' }],
    ['that leads to this machine', { issuer: ISSUER, jwks_uri: 'http://127.0.0.1:3334/metrics' }],
    ['that leads to instance metadata', { issuer: ISSUER, jwks_uri: 'http://169.254.169.254/latest' }],
    ['with a file', { issuer: ISSUER, jwks_uri: 'file:///etc/passwd' }],
    ['with data', { issuer: ISSUER, jwks_uri: 'data:application/json,{"keys":[]}' }],
    ['with a password', { issuer: ISSUER, jwks_uri: 'https://a:b@login.example.com/keys' }],
    ['with a list', { issuer: ISSUER, jwks_uri: ['https://login.example.com/keys'] }],
    ['that is a list', [{ issuer: ISSUER }]],
    ['that is null', null],
  ])('%s is refused, and nothing else is asked', async (_name, document) => {
    const { asked, load } = sourceOf(ISSUER, { [URL_OF]: document });
    await expect(load()).rejects.toBeInstanceOf(FetchFault);
    expect(asked).toEqual([URL_OF]);
  });

  it('may keep its keys on another host, as Google does', async () => {
    const keys = 'https://www.keys.example/certs';
    const { load } = sourceOf(ISSUER, { [URL_OF]: { issuer: ISSUER, jwks_uri: keys }, [keys]: { keys: [] } });
    expect(await load()).toEqual({ keys: [] });
  });
});
