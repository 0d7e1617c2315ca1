import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { awsError } from '../types.ts';

const EXPIRATION = new Date('2030-01-02T03:04:05Z');
const ROLE = { RoleArn: 'arn:aws:iam::222233334444:role/CloudWatchReader', RoleSessionName: 'alice@example.com' };
let local: LocalCloudWatch;
let client: STSClient;

beforeAll(async () => {
  local = await startLocalCloudWatch({
    operations: {
      sts: {
        AssumeRole: (input: { RoleSessionName: string }) => ({
          Credentials: { AccessKeyId: 'ASIA1', SecretAccessKey: 's<&>"', SessionToken: 't', Expiration: EXPIRATION },
          AssumedRoleUser: { AssumedRoleId: `AROA:${input.RoleSessionName}`, Arn: 'arn:x' },
        }),
        AssumeRoleWithWebIdentity: (input: { WebIdentityToken: string }) => {
          throw awsError(
            input.WebIdentityToken === 'old' ? 'ExpiredTokenException' : 'InvalidIdentityTokenException',
            'Token is <not> accepted & refused',
          );
        },
        GetCallerIdentity: () => {
          throw new Error('broken on purpose');
        },
      },
    },
  });
  client = new STSClient({
    endpoint: local.endpoint,
    region: DEFAULT_REGION,
    credentials: AMBIENT_CREDENTIALS,
    maxAttempts: 1,
  });
});
afterAll(() => local.close());

describe('the Query protocol of STS', () => {
  it('carries nested input and output', async () => {
    const answer = await client.send(
      new AssumeRoleCommand({ ...ROLE, DurationSeconds: 900, Tags: [{ Key: 'team', Value: 'a & b' }] }),
    );
    expect(answer.Credentials).toEqual({
      AccessKeyId: 'ASIA1',
      SecretAccessKey: 's<&>"',
      SessionToken: 't',
      Expiration: EXPIRATION,
    });
    expect(answer.AssumedRoleUser?.AssumedRoleId).toBe('AROA:alice@example.com');
    expect(local.requests.of('AssumeRole')[0]?.input).toEqual({
      ...ROLE,
      DurationSeconds: 900,
      Tags: [{ Key: 'team', Value: 'a & b' }],
    });
  });

  it.each([
    ['bad', 'InvalidIdentityTokenException', 400],
    ['old', 'ExpiredTokenException', 400],
  ])('takes the web identity token %s without a signature and refuses it by the model', async (token, name, status) => {
    await expect(
      client.send(new AssumeRoleWithWebIdentityCommand({ ...ROLE, WebIdentityToken: token })),
    ).rejects.toMatchObject({
      name,
      message: 'Token is <not> accepted & refused',
      $metadata: { httpStatusCode: status },
    });
    expect(local.requests.of('AssumeRoleWithWebIdentity').at(-1)).toMatchObject({ akid: '', status });
  });

  it('answers a fault of the imitation as a server error', async () => {
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InternalFailure',
      $fault: 'server',
      $metadata: { httpStatusCode: 500 },
    });
  });
});
