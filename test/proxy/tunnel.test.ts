/**
 * The bundle behind a real CONNECT proxy, without any other way out: the names of AWS resolve nowhere here, and what stands
 * behind the tunnels is the embedded CloudWatch under TLS.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPorts } from '../../lib/aws/create-ports.ts';
import { createClientPool } from '../../lib/aws/credentials/client-pool.ts';
import { loadConfig } from '../../lib/config/config.ts';
import { VERSION } from '../../lib/version.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalAws, startLocalAws } from '../../local/stack.ts';
import { startBundle } from '../support/bundle-process.ts';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { AUTHORITY_FILE, startTlsFront, type TlsFront } from '../support/tls-front.ts';

/** As it stands in the URL, with what a URL must escape. */
const CREDENTIALS = 'jarvis:p%40ss%2Fword';
const AWS = ['sts', 'monitoring', 'logs'].map((name) => `${name}.us-east-1.amazonaws.com:443`);
const [STS] = AWS;
const KEYS = 'login.example.com:443';
/** What the SSO portal gives for a role. */
const SSO_CREDENTIALS = {
  accessKeyId: 'ASIASSOSESSION000001',
  secretAccessKey: 'of-sso',
  sessionToken: 'of-the-sso-session',
};
const SSO = 'portal.sso.us-east-1.amazonaws.com:443';

let local: LocalAws;
let aws: TlsFront;
let issuer: TlsFront;
let sso: TlsFront;
let proxy: ConnectProxy;
let folder: string;
let behindProxy: Record<string, string>;

beforeAll(async () => {
  local = await startLocalAws();
  const principalArn = `arn:aws:sts::${local.accounts.prod?.id}:assumed-role/ReadOnly/olivia`;
  local.credentials.add({ ...SSO_CREDENTIALS, account: local.accounts.prod?.id ?? '', principalArn });
  const portOf = (url: string): number => Number(new URL(url).port);
  [aws, issuer, sso, folder] = await Promise.all([
    startTlsFront(portOf(local.endpoint)),
    startTlsFront(portOf(local.issuer.issuer)),
    startTlsFront((_message, response) => {
      const roleCredentials = { ...SSO_CREDENTIALS, expiration: Date.now() + 3_600_000 };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ roleCredentials }));
    }),
    mkdtemp(join(tmpdir(), 'proxy-')),
  ]);
  const toAws = Object.fromEntries(AWS.map((name) => [name, aws.port]));
  proxy = await startConnectProxy({
    credentials: decodeURIComponent(CREDENTIALS),
    routes: { ...toAws, [KEYS]: issuer.port, [SSO]: sso.port },
  });
  behindProxy = {
    HTTPS_PROXY: `http://${CREDENTIALS}@127.0.0.1:${proxy.port}`,
    HTTP_PROXY: `http://${CREDENTIALS}@127.0.0.1:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: AUTHORITY_FILE,
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: folder,
    LOG_LEVEL: 'DEBUG',
  };
});
afterAll(async () => {
  await Promise.all([proxy.close(), aws.close(), issuer.close(), sso.close(), local.close()]);
  await rm(folder, { recursive: true });
});

/** Runs the doctor with ambient credentials; what was tunnelled and the report. */
async function examine(env: Readonly<Record<string, string>>) {
  proxy.asked.length = 0;
  const run = startBundle(['--doctor'], { ...behindProxy, ENABLE_AUTH: 'false', ...env });
  const exitCode = await run.exit;
  return { exitCode, report: run.stdout() + run.stderr(), asked: [...proxy.asked] };
}

describe('a server with users, behind a proxy', () => {
  it('asks keys, STS, CloudWatch, Logs and PromQL through it, and names itself to each', async () => {
    const run = startBundle([], {
      ...behindProxy,
      CLOUDWATCH_MCP_PORT: '0',
      AWS_IDENTITY_CENTER_ISSUER: local.issuer.issuer,
      AWS_IDENTITY_CENTER_CLIENT_ID: local.issuer.audience,
      AUTH_JWKS_URI: 'https://login.example.com/jwks',
      AWS_CLOUDWATCH_ROLE_ARN: local.roleArns.prod,
    });
    try {
      const [, port = ''] = await run.waitFor(/"port":(\d+)/);
      const authorization = `Bearer ${await local.issuer.mint('olivia')}`;
      for (const [name, args] of [
        ['get_active_alarms', {}],
        ['describe_log_groups', {}],
        ['execute_promql_query', { query: 'up' }],
      ] as const) {
        const answer = await fetch(`http://127.0.0.1:${port}/mcp/tools/call`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify({ name, arguments: args }),
        });
        expect([name, answer.status, await answer.json()]).toEqual([
          name,
          200,
          expect.not.objectContaining({ isError: true }),
        ]);
      }
    } finally {
      run.child.kill('SIGTERM');
      await run.exit;
    }
    expect(new Set(proxy.asked)).toEqual(new Set([...AWS, KEYS].map((name) => `CONNECT ${name}`)));
    const agents = [...aws.seen, ...issuer.seen].map(({ userAgent }) => userAgent);
    expect(agents.filter((agent) => !agent.includes(`cloudwatch-mcp/${VERSION}`))).toEqual([]);
    expect(agents.filter((agent) => agent.includes('PT-NO-OP'))).toEqual([]);
    expect(run.stdout() + run.stderr()).not.toMatch(/p(%40|@)ss/);
  });
});

describe('the credentials of the process itself, behind a proxy', () => {
  it('come through it where they are those of IRSA', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, await local.issuer.mint('olivia'));
    const { exitCode, report, asked } = await examine({
      AWS_ROLE_ARN: local.roleArns.prod,
      AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
    });
    expect(report).toMatch(/ok {6} AWS takes this process for arn:aws:sts::\d{12}:assumed-role\/CloudWatchMCPRole\//);
    expect(report).toContain(
      `monitoring.us-east-1.amazonaws.com can be reached through the proxy http://127.0.0.1:${proxy.port}.`,
    );
    expect(report).toContain(`Requests leave https through http://127.0.0.1:${proxy.port} (HTTPS_PROXY)`);
    expect(report).not.toMatch(/p(%40|@)ss/);
    expect([exitCode, asked.includes(`CONNECT ${STS}`)]).toEqual([0, true]);
    expect(aws.seen.filter(({ userAgent }) => !userAgent.includes('cloudwatch-mcp'))).toEqual([]);
  });

  it('come through it where they are those of an SSO session', async () => {
    const cache = join(folder, '.aws', 'sso', 'cache');
    await mkdir(cache, { recursive: true });
    const startUrl = 'https://shop.awsapps.com/start';
    // The file name is the SHA-1 of the start URL.
    const session = { accessToken: 'sso', expiresAt: '2999-01-01T00:00:00Z', startUrl, region: 'us-east-1' };
    await writeFile(join(cache, `${createHash('sha1').update(startUrl).digest('hex')}.json`), JSON.stringify(session));
    const profile = `[profile work]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n`;
    await writeFile(join(folder, '.aws', 'config'), profile);
    const { exitCode, report, asked } = await examine({ AWS_PROFILE: 'work' });
    expect(report).toMatch(/ok {6} AWS takes this process for arn:aws:sts::/);
    expect([exitCode, asked.includes(`CONNECT ${SSO}`)]).toEqual([0, true]);
    expect(sso.seen.filter(({ userAgent }) => !userAgent.includes('cloudwatch-mcp'))).toEqual([]);
  });

  it('come directly where they are those of EKS Pod Identity, with the token of its file', async () => {
    const tokenFile = join(folder, 'eks-token');
    await writeFile(tokenFile, 'the-token-of-the-pod');
    const authorizations: unknown[] = [];
    const agent: Server = createServer(({ headers }, response) => {
      authorizations.push(headers.authorization);
      const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = AMBIENT_CREDENTIALS;
      response.end(JSON.stringify({ AccessKeyId, SecretAccessKey, Token: '', Expiration: '2999-01-01T00:00:00Z' }));
    });
    await new Promise<void>((resolve) => agent.listen(0, '127.0.0.1', resolve));
    const { exitCode, report, asked } = await examine({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(agent.address() as AddressInfo).port}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
    });
    agent.close();
    expect(report).toMatch(/ok {6} AWS takes this process for arn:aws:sts::/);
    expect(authorizations).toEqual(['the-token-of-the-pod']);
    expect([exitCode, asked.filter((line) => !line.startsWith('CONNECT '))]).toEqual([0, []]);
  });

  it('are not had where the authority of the other side is not known, and the report says so', async () => {
    const { accessKeyId, secretAccessKey } = AMBIENT_CREDENTIALS;
    const { exitCode, report } = await examine({
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      NODE_EXTRA_CA_CERTS: '',
    });
    expect(exitCode).toBe(3);
    expect(report).toMatch(
      /FAILED {3}sts\.us-east-1\.amazonaws\.com shows a certificate that is not trusted here through the proxy/,
    );
    expect(report).toContain('NODE_EXTRA_CA_CERTS (component extra-ca)');
  });
});

describe('an endpoint of AWS over http', () => {
  const ENDPOINT = 'http://aws.example.internal:8000';

  /** What the proxy was asked for, and how calls of four services end. */
  async function callWith(env: Readonly<Record<string, string>>) {
    const { port } = new URL(local.endpoint);
    const plain = await startConnectProxy({ routes: { 'aws.example.internal:8000': Number(port) } });
    const HTTP_PROXY = `http://127.0.0.1:${plain.port}`;
    const config = loadConfig({ ENABLE_AUTH: 'false', AWS_REGION: 'us-east-1', HTTP_PROXY, ...env }, 'http');
    const clients = createClientPool(config, { overrides: { credentials: AMBIENT_CREDENTIALS, endpoint: ENDPOINT } });
    const ports = createPorts(clients.forCaller(undefined), { account: 'default', region: 'us-east-1' });
    const { signal } = new AbortController();
    const attribute = { key: 'ResourceName', value: 'x' } as const;
    const ends = await Promise.allSettled([
      ports.metrics.listMetrics({ maxMetrics: 1 }, signal),
      ports.logs.listSavedQueries(1, signal),
      ports.identity.getCallerIdentity(signal),
      ports.trail.lookUpEvents({ attribute, startEpochMs: 0, endEpochMs: Date.now() }, undefined, signal),
      ports.promql.query({ query: 'up', epochMs: Date.now(), limit: 1 }, signal),
    ]);
    clients.close();
    await plain.close();
    return { ends: new Set(ends.map(({ status }) => status)), asked: plain.asked };
  }

  it('is asked through HTTP_PROXY', async () => {
    const { ends, asked } = await callWith({});
    expect(ends).toEqual(new Set(['fulfilled']));
    expect(asked.length).toBeGreaterThanOrEqual(5);
    expect(asked.filter((line) => !line.includes(` ${ENDPOINT}/`))).toEqual([]);
  });

  it('is asked directly where NO_PROXY names it, and nobody knows that name here', async () => {
    expect(await callWith({ NO_PROXY: 'example.internal' })).toEqual({ ends: new Set(['rejected']), asked: [] });
  });
});
