/** The name that calls of this server carry, on the wire: by it CloudTrail tells them from others. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import type { Caller } from '../auth/principal.ts';
import { loadConfig } from '../config/config.ts';
import { VERSION } from '../version.ts';
import { createPorts } from './create-ports.ts';
import { createAmbientClientPool } from './credentials/client-pool.ts';
import { createStsExchange } from './credentials/sts-exchange.ts';
import type { AwsPorts } from './ports/ports.ts';

const NAME = `cloudwatch-mcp/${VERSION}`;
const SCOPE = /Credential=[^/]+\/\d+\/us-east-1\/(\w+)\/aws4_request/;
const ROLE = { alias: 'prod', accountId: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/R' };
const CALLER: Caller = {
  token: 'a.b.c',
  principal: {
    issuer: 'https://issuer.example.com',
    subject: 'olivia',
    audiences: ['client'],
    scopes: [],
    expiresEpochMs: Number.MAX_SAFE_INTEGER,
    id: 'abcdef012345',
  },
};
const metric = { namespace: 'A', metricName: 'B', dimensions: [] };
const attribute = { key: 'ResourceName', value: 'x' } as const;

/** A call of each port: a new one must be asked here too. */
const CALLS: { readonly [Port in keyof AwsPorts]: (port: AwsPorts[Port], signal: AbortSignal) => Promise<unknown> } = {
  alarms: (port, signal) => port.describeAlarmsForMetric(metric, signal),
  logs: (port, signal) => port.stopQuery('11111111-2222-4333-8444-555555555555', signal),
  logIndexes: (port, signal) => port.listAccountPolicies(signal),
  metrics: (port, signal) => port.listMetrics({ maxMetrics: 1 }, signal),
  dashboards: (port, signal) => port.getDashboard('d', signal),
  promql: (port, signal) => port.query({ query: 'up', epochMs: Date.now(), limit: 1 }, signal),
  trail: (port, signal) => port.lookUpEvents({ attribute, startEpochMs: 0, endEpochMs: 1_000 }, undefined, signal),
  identity: (port, signal) => port.getCallerIdentity(signal),
};

let server: Server;
let endpoint: string;
/** Signing name of the service, or what a request without a signature asks for; and the name it carries. */
const seen: { readonly service: string; readonly agent: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const { authorization = '', 'user-agent': agent = '' } = request.headers;
      seen.push({ service: SCOPE.exec(authorization)?.[1] ?? /Action=(\w+)/.exec(body)?.[1] ?? '', agent });
      response.writeHead(400).end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void seen.splice(0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function listNameless(): typeof seen {
  return seen.filter(({ agent }) => !agent.split(' ').includes(NAME) || agent.includes('PT-NO-OP'));
}

describe('every call to AWS', () => {
  it('says which program asks, whatever port it is of', async () => {
    const pool = createAmbientClientPool({ endpoint, credentials: AMBIENT_CREDENTIALS });
    const ports = createPorts(pool, { account: 'default', region: 'us-east-1' });
    const { signal } = new AbortController();
    const ask = (name: keyof AwsPorts): Promise<unknown> => CALLS[name](ports[name] as never, signal);
    await Promise.allSettled((Object.keys(CALLS) as (keyof AwsPorts)[]).map(ask));
    pool.close();
    expect(Object.keys(CALLS).toSorted()).toEqual(Object.keys(ports).toSorted());
    expect(new Set(seen.map(({ service }) => service))).toEqual(new Set(['monitoring', 'logs', 'cloudtrail', 'sts']));
    expect(listNameless()).toEqual([]);
  });

  it.each([
    ['web-identity', 'AssumeRoleWithWebIdentity'],
    ['assume-role', 'sts'],
  ] as const)('says so at STS in the mode %s', async (mode, service) => {
    const env = {
      AWS_IDENTITY_CENTER_ISSUER: 'https://issuer.example.com',
      AWS_IDENTITY_CENTER_CLIENT_ID: 'client',
      AWS_CLOUDWATCH_ROLE_ARN: ROLE.roleArn,
      AWS_CREDENTIAL_MODE: mode,
    };
    const settings = { ...loadConfig(env, 'http'), credentialMode: mode };
    const exchange = createStsExchange(settings, { endpoint, credentials: AMBIENT_CREDENTIALS });
    await exchange.openSession(ROLE, CALLER).catch(() => undefined);
    expect(seen.map((request) => request.service)).toContain(service);
    expect(listNameless()).toEqual([]);
  });
});
