import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { NodeSha256 } from './node-checksum.ts';

const SESSION = {
  accessKeyId: 'ASIALOCALSESSION0001',
  secretAccessKey: 'session-secret',
  sessionToken: 'session-token',
  account: '222233334444',
  principalArn: 'arn:aws:sts::222233334444:assumed-role/CloudWatchMCPRole/alice@example.com',
  sessionName: 'alice@example.com',
};
const NOW = Date.now();
let local: LocalCloudWatch;
let skewMs = 0;

beforeAll(async () => {
  local = await startLocalCloudWatch({ signatureNowEpochMs: () => Date.now() + skewMs });
  local.credentials.add(SESSION);
  local.credentials.add({ ...SESSION, accessKeyId: 'ASIALOCALEXPIRED0001', expiresEpochMs: NOW - 1 });
});
beforeEach(() => {
  skewMs = 0;
});
afterAll(() => local.close());

type Keys = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
const options = (credentials: Keys) => ({ endpoint: local.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
const alarms = (credentials: Keys) => new CloudWatchClient(options(credentials)).send(new DescribeAlarmsCommand({}));
const groups = (credentials: Keys) =>
  new CloudWatchLogsClient(options(credentials)).send(new DescribeLogGroupsCommand({}));
const identity = (credentials: Keys) => new STSClient(options(credentials)).send(new GetCallerIdentityCommand({}));

describe('signatures', () => {
  it('accepts a session and tells its identity', async () => {
    expect(await identity(SESSION)).toMatchObject({ Account: SESSION.account, Arn: SESSION.principalArn });
    expect(local.requests.of('GetCallerIdentity').at(-1)).toMatchObject({
      sessionName: 'alice@example.com',
      status: 200,
    });
  });

  it.each([
    [
      'an unknown key',
      { ...AMBIENT_CREDENTIALS, accessKeyId: 'AKIAUNKNOWN000000000' },
      'UnrecognizedClientException',
      'InvalidClientTokenId',
    ],
    [
      'a wrong secret',
      { ...AMBIENT_CREDENTIALS, secretAccessKey: 'wrong' },
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
    ],
    [
      'a wrong session token',
      { ...SESSION, sessionToken: 'other' },
      'UnrecognizedClientException',
      'InvalidClientTokenId',
    ],
    [
      'a session without its token',
      { accessKeyId: SESSION.accessKeyId, secretAccessKey: SESSION.secretAccessKey },
      'UnrecognizedClientException',
      'InvalidClientTokenId',
    ],
    [
      'an expired session',
      { ...SESSION, accessKeyId: 'ASIALOCALEXPIRED0001' },
      'ExpiredTokenException',
      'ExpiredToken',
    ],
  ])('refuses %s on every service', async (_what, credentials, jsonName, queryCode) => {
    await expect(alarms(credentials)).rejects.toMatchObject({ name: queryCode });
    await expect(groups(credentials)).rejects.toMatchObject({ name: jsonName, $metadata: { httpStatusCode: 400 } });
    await expect(identity(credentials)).rejects.toMatchObject({ name: queryCode, $metadata: { httpStatusCode: 403 } });
  });

  it.each([
    ['late', 6 * 60_000, /^Signature expired: /],
    ['early', -6 * 60_000, /^Signature not yet current: /],
  ])('refuses a signature that is six minutes too %s', async (_what, skew, message) => {
    skewMs = skew;
    await expect(groups(AMBIENT_CREDENTIALS)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringMatching(message),
    });
  });

  it('accepts a clock that differs by four minutes', async () => {
    skewMs = 4 * 60_000;
    expect((await groups(AMBIENT_CREDENTIALS)).$metadata.httpStatusCode).toBe(200);
  });

  it('refuses a request without a signature and one with half of it', async () => {
    const call = (authorization?: string) =>
      fetch(local.endpoint, {
        method: 'POST',
        headers: {
          'x-amz-target': 'Logs_20140328.DescribeLogGroups',
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: '{}',
      });
    const missing = await call();
    expect([missing.status, await missing.json()]).toMatchObject([
      400,
      { __type: 'MissingAuthenticationTokenException' },
    ]);
    const half = await call('AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/logs/aws4_request');
    expect(await half.json()).toMatchObject({ __type: 'IncompleteSignatureException' });
  });

  it('refuses a signature for another service and a body changed after signing', async () => {
    const call = async (service: string, body: string, sentBody: string) => {
      const signer = new SignatureV4({
        credentials: AMBIENT_CREDENTIALS,
        region: 'us-east-1',
        service,
        sha256: NodeSha256,
      });
      const host = new URL(local.endpoint).host;
      const target = { host, 'x-amz-target': 'GraniteServiceVersion20100801.DescribeAlarms' };
      const { headers } = await signer.sign({
        method: 'POST',
        protocol: 'http:',
        hostname: host,
        path: '/',
        query: {},
        headers: target,
        body,
      });
      const answer = await fetch(local.endpoint, { method: 'POST', headers, body: sentBody });
      return { status: answer.status, body: await answer.json() };
    };
    expect((await call('monitoring', '{"MaxRecords":1}', '{"MaxRecords":1}')).status).toBe(200);
    expect(await call('monitoring', '{"MaxRecords":1}', '{"MaxRecords":2}')).toMatchObject({
      status: 400,
      body: { __type: 'InvalidSignatureException' },
    });
    expect((await call('logs', '{}', '{}')).body).toMatchObject({
      message: "Credential should be scoped to correct service: 'monitoring'.",
    });
    expect((await call('monitoring', 'no json', 'no json')).body).toMatchObject({ __type: 'SerializationException' });
  });
});
