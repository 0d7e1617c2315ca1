/** Three ways to AWS, and no way from one to another. */
import { afterEach, describe, expect, it } from 'vitest';
import { toSessionName } from '../../lib/aws/credentials/session-name.ts';
import type { Environment } from '../../lib/config/config.ts';
import { AMBIENT_CREDENTIALS, AMBIENT_PRINCIPAL_ARN } from '../../local/scenario.ts';
import {
  type CredentialBench,
  type CredentialBenchOptions,
  startCredentialBench,
} from '../support/credential-bench.ts';

const opened: CredentialBench[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((bench) => bench.close()));
});

async function open(env: Environment, options: CredentialBenchOptions = {}): Promise<CredentialBench> {
  const bench = await startCredentialBench({ ...options, env });
  opened.push(bench);
  return bench;
}

const ASSUME_ROLE = { AWS_CREDENTIAL_MODE: 'assume-role' };
const AMBIENT = {
  AWS_CREDENTIAL_MODE: 'ambient',
  AWS_CLOUDWATCH_ROLE_ARN: undefined,
  AWS_CLOUDWATCH_ROLE_ARNS: undefined,
};

const withExternalId = (issuer: string) => [
  {
    arn: 'arn:aws:iam::111122223333:role/CloudWatchMCPRole',
    maxSessionSeconds: 3_600,
    webIdentities: [{ issuer, audience: 'cloudwatch-mcp', subjects: ['olivia'] }],
    principals: [{ principalArn: AMBIENT_PRINCIPAL_ARN, externalId: 'shop-7' }],
  },
];

describe('assume-role', () => {
  it('asks with the own identity, and says who the user is in name, source identity and tags', async () => {
    const bench = await open({ ...ASSUME_ROLE, AWS_SESSION_DURATION_SECONDS: '1800' });
    const olivia = await bench.caller('olivia');
    expect(await bench.ask(olivia, 'prod')).not.toMatch(/^Error/);
    const name = toSessionName(olivia.principal);
    expect(bench.local.requests.of('AssumeRole')).toMatchObject([
      {
        akid: AMBIENT_CREDENTIALS.accessKeyId,
        input: {
          RoleArn: bench.local.roleArns.prod,
          RoleSessionName: name,
          SourceIdentity: name,
          DurationSeconds: 1_800,
          Tags: [
            { Key: 'mcp-issuer', Value: bench.local.issuer.issuer },
            { Key: 'mcp-subject', Value: 'olivia' },
          ],
        },
      },
    ]);
    expect(bench.local.requests.of('AssumeRole')[0]?.input).not.toHaveProperty('ExternalId');
    expect(bench.local.requests.of('AssumeRoleWithWebIdentity')).toEqual([]);
    expect(JSON.stringify(bench.local.requests.all)).not.toContain(olivia.token.slice(0, 40));
    expect(bench.local.requests.of('DescribeAlarms')[0]).toMatchObject({ sessionName: name, account: '111122223333' });
  });

  it('keeps users apart like the web identity does', async () => {
    const bench = await open(ASSUME_ROLE);
    const [olivia, dev, guest] = [await bench.caller('olivia'), await bench.caller('dev'), await bench.caller('guest')];
    expect(await bench.ask(dev, 'prod')).toContain('role_denied');
    expect(await bench.ask(guest, 'dev')).toContain('role_denied');
    expect(await bench.ask(olivia, 'dev')).toContain('role_denied');
    await Promise.all([bench.ask(olivia, 'prod'), bench.ask(dev, 'dev'), bench.ask(olivia, 'data')]);
    const who = bench.local.requests
      .of('DescribeAlarms')
      .map(({ sessionName, account }) => `${account} ${sessionName}`);
    expect(new Set(who)).toEqual(
      new Set([
        `111122223333 ${toSessionName(olivia.principal)}`,
        `222233334444 ${toSessionName(dev.principal)}`,
        `333344445555 ${toSessionName(olivia.principal)}`,
      ]),
    );
  });

  it('sends the external id and the session policy', async () => {
    const policy = '{"Version":"2012-10-17","Statement":[]}';
    const env = { ...ASSUME_ROLE, AWS_CLOUDWATCH_EXTERNAL_ID: 'shop-7', AWS_SESSION_POLICY: policy };
    const bench = await open(env, { rolesFor: withExternalId });
    expect(await bench.ask(await bench.caller('olivia'), 'prod')).not.toMatch(/^Error/);
    expect(bench.local.requests.of('AssumeRole')[0]?.input).toMatchObject({ ExternalId: 'shop-7', Policy: policy });
  });

  it('without the external id that the role wants is denied, and tries nothing else', async () => {
    const bench = await open(ASSUME_ROLE, { rolesFor: withExternalId });
    expect(await bench.ask(await bench.caller('olivia'), 'prod')).toContain('role_denied');
    expect(bench.local.requests.all.map(({ operation }) => operation)).toEqual(['AssumeRole']);
  });

  it.each([
    ['expired', { kind: 'expiredToken' }],
    ['unknown', { kind: 'refusal', errorName: 'UnrecognizedClientException' }],
  ] as const)('own credentials that are %s are the administrator’s affair, not the user’s', async (_what, fault) => {
    const bench = await open(ASSUME_ROLE);
    bench.local.faults.add({ operation: 'AssumeRole', fault });
    expect(await bench.ask(await bench.caller('olivia'), 'prod')).toMatch(/tell the administrator.*\(aws_config/);
  });
});

describe('ambient', () => {
  it('asks for every user with what the process has, and STS for nothing', async () => {
    const bench = await open(AMBIENT);
    for (const user of ['olivia', 'guest']) expect(await bench.ask(await bench.caller(user))).not.toMatch(/^Error/);
    const requests = bench.local.requests.all;
    expect(new Set(requests.map(({ akid }) => akid))).toEqual(new Set([AMBIENT_CREDENTIALS.accessKeyId]));
    expect(requests.map(({ operation }) => operation)).not.toContain('AssumeRole');
  });

  it('knows one account only', async () => {
    const bench = await open(AMBIENT);
    expect(await bench.ask(await bench.caller('olivia'), 'prod')).toContain('may not be asked through this server');
  });
});

describe('nobody', () => {
  it.each([['web-identity'], ['assume-role']])('gets nothing in the mode %s, whatever is asked', async (mode) => {
    const bench = await open({ AWS_CREDENTIAL_MODE: mode });
    expect(await bench.ask(undefined, 'prod')).toMatch(/^Error: Nobody is signed in.*\(aws_config/);
    expect(bench.local.requests.all).toEqual([]);
  });

  it('asks as the process where authentication is off', async () => {
    const bench = await open({ ...AMBIENT, AWS_CREDENTIAL_MODE: undefined, ENABLE_AUTH: 'false' });
    expect(await bench.ask(undefined)).not.toMatch(/^Error/);
    expect(bench.local.requests.of('DescribeAlarms')[0]?.akid).toBe(AMBIENT_CREDENTIALS.accessKeyId);
  });
});
