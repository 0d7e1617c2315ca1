import { afterEach, describe, expect, it } from 'vitest';
import { createRoute } from '../../handlers/index.ts';
import { createEvent } from '../support/events.ts';
import { hangUp, startIssuer } from '../support/issuer-stand-in.ts';
import { invokeLambda } from '../support/lambda-runtime.ts';
import { createTestApp, startTestServer } from '../support/test-app.ts';
import { type AuthBench, BASE_ENV, SUBJECT, startAuthBench, TRANSPORTS } from './bench.ts';

let bench: AuthBench;
afterEach(() => bench?.stop());

const METADATA_PATHS = ['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'];

describe.each(TRANSPORTS)('the documents, over %s', (via) => {
  it.each(METADATA_PATHS)('%s tells where to get a token', async (path) => {
    bench = await startAuthBench();
    const received = await bench.ask(via, { path, headers: [['host', 'evil.example.org']] });
    expect(received.status).toBe(200);
    expect(received.headers['content-type']).toBe('application/json');
    expect(JSON.parse(received.text)).toEqual({
      resource: 'https://mcp.example.com/mcp',
      resource_name: 'AWS CloudWatch (MCP)',
      authorization_servers: [bench.issuer.issuer],
      bearer_methods_supported: ['header'],
      scopes_supported: ['logs:read'],
    });
  });

  it('whoami tells what the token says and which accounts may be asked', async () => {
    const roles = { prod: 'arn:aws:iam::210987654321:role/R' };
    bench = await startAuthBench({ env: { AWS_CLOUDWATCH_ROLE_ARNS: JSON.stringify(roles) } });
    const headers = [['authorization', `Bearer ${await bench.token()}`]] as const;
    const received = await bench.ask(via, { path: '/auth/whoami', headers });
    const { expiresInSeconds, ...rest } = JSON.parse(received.text) as { expiresInSeconds: number };
    expect(rest).toEqual({
      subject: SUBJECT,
      issuer: bench.issuer.issuer,
      audience: ['cloudwatch-mcp'],
      scopes: ['openid', 'logs:read'],
      accounts: [
        { alias: 'default', id: '123456789012' },
        { alias: 'prod', id: '210987654321' },
      ],
    });
    expect(expiresInSeconds).toBeGreaterThan(500);
    expect(expiresInSeconds).toBeLessThanOrEqual(600);
    expect(received.text).not.toContain('arn:');
  });

  it('whoami with ambient credentials knows one account, without its id', async () => {
    bench = await startAuthBench({ env: { AWS_CREDENTIAL_MODE: 'ambient' } });
    const headers = [['authorization', `Bearer ${await bench.token()}`]] as const;
    const received = await bench.ask(via, { path: '/auth/whoami', headers });
    expect(JSON.parse(received.text)).toMatchObject({ accounts: [{ alias: 'default' }] });
  });
});

describe('the URL of this server', () => {
  it('is the bound address where nothing else is known, never the Host header', async () => {
    bench = await startAuthBench({ env: { MCP_RESOURCE_URL: '', CLOUDWATCH_MCP_SERVER_HOST: '127.0.0.1' } });
    const { port } = bench.server;
    const headers = [['host', 'localhost:1']] as const;
    const { text } = await bench.ask('HTTP', { path: METADATA_PATHS[0] ?? '', headers });
    expect(JSON.parse(text)).toMatchObject({ resource: `http://127.0.0.1:${port}/mcp` });
    const refused = await bench.ask('HTTP', { path: '/mcp/tools', headers });
    expect(refused.headers['www-authenticate']).toContain(
      `resource_metadata="http://127.0.0.1:${port}/.well-known/oauth-protected-resource/mcp"`,
    );
  });

  it('is the name of the service in a cluster', async () => {
    bench = await startAuthBench({ env: { MCP_RESOURCE_URL: '', POD_NAMESPACE: 'jarvis' } });
    const { text } = await bench.ask('HTTP', { path: METADATA_PATHS[0] ?? '' });
    expect(JSON.parse(text)).toMatchObject({ resource: 'http://cloudwatch-mcp.jarvis.svc.cluster.local:3334/mcp' });
  });

  it('is the Function URL on Lambda, and its pages say no reasons', async () => {
    const issuer = await startIssuer([]);
    issuer.misbehave('*', hangUp);
    const env = { ...BASE_ENV, AWS_IDENTITY_CENTER_ISSUER: issuer.issuer, MCP_RESOURCE_URL: '' };
    const { route } = createTestApp({ env, transport: 'lambda' });
    const ask = async (path: string) => {
      const event = createEvent({
        path,
        domainName: 'abc.lambda-url.us-east-1.on.aws',
        headers: { host: 'evil.example' },
      });
      const { prelude, body } = await invokeLambda(route, event);
      return { status: prelude?.statusCode, body: JSON.parse(body.toString()) as unknown };
    };
    expect((await ask(METADATA_PATHS[1] ?? '')).body).toMatchObject({
      resource: 'https://abc.lambda-url.us-east-1.on.aws/mcp',
    });
    expect(await ask('/ready')).toEqual({ status: 503, body: { ready: false, reasons: [] } });
    expect((await ask('/metrics')).status).toBe(404);
    await issuer.close();
  });
});

describe('/ready', () => {
  it('waits for the keys of the issuer, and says so', async () => {
    const issuer = await startIssuer([]);
    issuer.misbehave('*', hangUp);
    let offsetMs = 0;
    bench = await startAuthBench({ issuer, verifierOptions: { clock: () => Date.now() + offsetMs } });
    const reason = 'issuer keys: none could be loaded yet, so no token can be verified (the log names the reason)';
    const before = await bench.ask('HTTP', { path: '/ready' });
    expect(before.status).toBe(503);
    expect(JSON.parse(before.text)).toEqual({ ready: false, reasons: [reason] });
    issuer.setKeys([bench.key.jwk]);
    issuer.recover();
    offsetMs += 10_000;
    const after = await bench.ask('HTTP', { path: '/ready' });
    expect(JSON.parse(after.text)).toEqual({ ready: true, reasons: [] });
    expect((await bench.ask('HTTP', { path: '/health' })).status).toBe(200);
  });
});

describe('with ENABLE_AUTH=false', () => {
  it('nothing tells of tokens, and none is asked for', async () => {
    const server = await startTestServer();
    for (const path of [...METADATA_PATHS, '/auth/whoami']) {
      expect((await fetch(server.url + path)).status).toBe(404);
    }
    const listed = await fetch(`${server.url}/mcp/tools`, { headers: { authorization: 'Bearer nonsense' } });
    expect(listed.status).toBe(200);
    await server.stop();
  });

  it('a server whose authentication is on cannot be built without a verifier', () => {
    const { verifier: _verifier, ...app } = createTestApp({
      env: { ...BASE_ENV, AWS_IDENTITY_CENTER_ISSUER: 'https://login.example.com' },
    });
    expect(() => createRoute(app)).toThrow('nothing to verify tokens with');
  });
});
