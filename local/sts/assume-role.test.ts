import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS, AMBIENT_PRINCIPAL_ARN } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';

const ROLE = 'arn:aws:iam::222233334444:role/Reader';
let local: LocalCloudWatch;
let sts: STSClient;

beforeAll(async () => {
  local = await startLocalCloudWatch({
    roles: [
      {
        arn: ROLE,
        maxSessionSeconds: 7_200,
        webIdentities: [],
        principals: [
          { principalArn: AMBIENT_PRINCIPAL_ARN, externalId: 'shop-7', requestTags: { 'mcp-subject': ['dev'] } },
        ],
      },
    ],
  });
  const credentials = AMBIENT_CREDENTIALS;
  sts = new STSClient({ endpoint: local.endpoint, region: 'us-east-1', maxAttempts: 1, credentials });
});
afterAll(() => local.close());

const tags = (...pairs: readonly (readonly [string, string])[]) => pairs.map(([Key, Value]) => ({ Key, Value }));
const DEV = tags(['mcp-subject', 'dev']);

const assume = (overrides: Partial<AssumeRoleCommandInput> = {}) =>
  sts.send(
    new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'dev-1', ExternalId: 'shop-7', Tags: DEV, ...overrides }),
  );

describe('AssumeRole', () => {
  it('gives a session to whom the role trusts', async () => {
    const answer = await assume({ SourceIdentity: 'dev-1', DurationSeconds: 3_600 });
    expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::222233334444:assumed-role/Reader/dev-1');
    expect(answer.SourceIdentity).toBe('dev-1');
    expect(local.credentials.find(answer.Credentials?.AccessKeyId ?? '')).toMatchObject({
      account: '222233334444',
      sessionName: 'dev-1',
    });
  });

  it.each([
    ['another external id', { ExternalId: 'other' }],
    ['no external id', { ExternalId: undefined }],
    ['another tag', { Tags: tags(['mcp-subject', 'olivia']) }],
    ['no tag', { Tags: [] }],
    ['another role', { RoleArn: 'arn:aws:iam::222233334444:role/Writer' }],
  ])('denies %s', async (_what, overrides) => {
    await expect(assume(overrides)).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  });

  it.each([
    ['more than an hour for a role by a role', { DurationSeconds: 3_601 }, /1 hour session limit/],
    ['a source identity with a space', { SourceIdentity: 'a b' }, /sourceIdentity/],
    ['a tag key of AWS', { Tags: tags(['aws:x', '1']) }, /tags\.key/],
    ['a tag value with a bar', { Tags: tags(['mcp-subject', 'auth0|7']) }, /tags\.value/],
    ['an external id of one character', { ExternalId: 'x' }, /externalId/],
  ])('refuses %s', async (_what, overrides, message) => {
    await expect(assume(overrides)).rejects.toMatchObject({ name: 'ValidationError', message });
  });

  it('refuses one key twice, whatever its case', async () => {
    await expect(assume({ Tags: [...DEV, ...tags(['MCP-Subject', 'x'])] })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it('refuses policy and tags that do not fit together', async () => {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [], Id: 'x'.repeat(1_900) });
    const Tags = [...DEV, ...tags(['a', 'x'.repeat(256)], ['b', 'x'.repeat(256)], ['c', 'x'.repeat(256)])];
    await expect(assume({ Policy, Tags })).rejects.toMatchObject({
      name: 'PackedPolicyTooLargeException',
      message: expect.stringMatching(/1\d\d%/),
    });
  });

  it('wants a signature', async () => {
    const strange = new STSClient({
      endpoint: local.endpoint,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { ...AMBIENT_CREDENTIALS, secretAccessKey: 'wrong' },
    });
    await expect(
      strange.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'dev-1' })),
    ).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });
});
