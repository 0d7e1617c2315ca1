import {
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAws, startLocalAws } from '../stack.ts';

let local: LocalAws;
let sts: STSClient;

beforeAll(async () => {
  local = await startLocalAws();
  sts = new STSClient({ endpoint: local.endpoint, region: 'us-east-1', maxAttempts: 1, credentials: nothing });
});
afterAll(() => local.close());

const nothing = async (): Promise<never> => {
  throw new Error('no credentials here');
};

type Overrides = Partial<AssumeRoleWithWebIdentityCommandInput>;

async function assume(token: string, overrides: Overrides = {}) {
  return sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: local.roleArns.prod,
      RoleSessionName: 'olivia-1',
      WebIdentityToken: token,
      ...overrides,
    }),
  );
}

const claimed = (claims: Record<string, unknown>): Promise<string> => local.issuer.mint('olivia', claims);
const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

describe('AssumeRoleWithWebIdentity', () => {
  it('gives a session that works as the role and carries its name', async () => {
    const { Credentials, ...rest } = await assume(await claimed({}), { DurationSeconds: 900 });
    expect(rest).toMatchObject({
      AssumedRoleUser: { Arn: 'arn:aws:sts::111122223333:assumed-role/CloudWatchMCPRole/olivia-1' },
      SubjectFromWebIdentityToken: 'olivia',
      Audience: 'cloudwatch-mcp',
      Provider: local.issuer.issuer,
    });
    expect(Credentials?.Expiration?.getTime()).toBeLessThanOrEqual(Date.now() + 900_000);
    const session = new STSClient({
      endpoint: local.endpoint,
      region: 'eu-west-1',
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
    expect((await session.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333');
    expect(local.requests.of('GetCallerIdentity').at(-1)).toMatchObject({
      sessionName: 'olivia-1',
      region: 'eu-west-1',
    });
  });

  it.each([
    ['olivia', 'data', 'allows'],
    ['olivia', 'dev', 'refuses'],
    ['dev', 'dev', 'allows'],
    ['dev', 'prod', 'refuses'],
    ['guest', 'prod', 'refuses'],
    ['guest', 'dev', 'refuses'],
    ['nobody', 'dev', 'refuses'],
  ] as const)('the trust policy: %s in %s: %s', async (user, account, verdict) => {
    const asked = assume(await local.issuer.mint(user), { RoleArn: local.roleArns[account] });
    if (verdict === 'allows') await asked;
    else
      await expect(asked).rejects.toMatchObject({
        name: 'AccessDenied',
        message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
        $metadata: { httpStatusCode: 403 },
      });
  });

  it('refuses a role that does not exist as one that does not trust', async () => {
    const RoleArn = 'arn:aws:iam::111122223333:role/Other';
    await expect(assume(await claimed({}), { RoleArn })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['expired', () => claimed({ exp: nowSeconds() - 1 }), 'ExpiredTokenException'],
    ['of another audience', () => claimed({ aud: 'other' }), 'InvalidIdentityTokenException'],
    ['without an audience', () => claimed({ aud: undefined }), 'InvalidIdentityTokenException'],
    ['whose azp is another client', () => claimed({ azp: 'other' }), 'InvalidIdentityTokenException'],
    ['of another issuer', () => claimed({ iss: 'https://evil.example' }), 'InvalidIdentityTokenException'],
    ['without an issuer', () => claimed({ iss: undefined }), 'InvalidIdentityTokenException'],
    ['without a subject', () => claimed({ sub: undefined }), 'InvalidIdentityTokenException'],
    ['without an expiry', () => claimed({ exp: undefined }), 'InvalidIdentityTokenException'],
    ['without a time of issue', () => claimed({ iat: undefined }), 'InvalidIdentityTokenException'],
    ['signed by another key', signedByAnother, 'InvalidIdentityTokenException'],
    ['changed after signing', changed, 'InvalidIdentityTokenException'],
    ['that is none', async () => 'not.a-token', 'InvalidIdentityTokenException'],
    ['that is too short', async () => 'abc', 'ValidationError'],
    ['that is too long', async () => 'x'.repeat(20_001), 'ValidationError'],
  ])('refuses a token %s', async (_what, token, name) => {
    await expect(assume(await token())).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: expect.any(Number) },
    });
  });

  it.each([
    ['a session name with a space', { RoleSessionName: 'a b' }, 'ValidationError'],
    ['a session name of 65 characters', { RoleSessionName: 'a'.repeat(65) }, 'ValidationError'],
    ['899 seconds', { DurationSeconds: 899 }, 'ValidationError'],
    ['43,201 seconds', { DurationSeconds: 43_201 }, 'ValidationError'],
    ['a role that is no ARN', { RoleArn: 'CloudWatchMCPRole-of-prod' }, 'ValidationError'],
    ['a policy that is no JSON', { Policy: '{"Version"' }, 'MalformedPolicyDocumentException'],
    ['a policy without statements', { Policy: '{}' }, 'MalformedPolicyDocumentException'],
    ['a policy of 2,049 characters', { Policy: 'x'.repeat(2_049) }, 'ValidationError'],
  ])('refuses %s', async (_what, overrides, name) => {
    await expect(assume(await claimed({}), overrides)).rejects.toMatchObject({ name });
  });

  it('tells how much of the space for policies is used', async () => {
    const Policy = '{"Version":"2012-10-17","Statement":[]}';
    expect((await assume(await claimed({}), { Policy })).PackedPolicySize).toBeGreaterThan(0);
  });

  it('says so when the issuer is gone', async () => {
    const other = await startLocalAws();
    const token = await other.issuer.mint('olivia');
    await other.issuer.close();
    const client = new STSClient({
      endpoint: other.endpoint,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: nothing,
    });
    const command = new AssumeRoleWithWebIdentityCommand({
      RoleArn: other.roleArns.prod,
      RoleSessionName: 'olivia-1',
      WebIdentityToken: token,
    });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'IDPCommunicationErrorException' });
    await other.close();
  });

  it('refuses by name what a fault asks for', async () => {
    local.faults.add({
      operation: 'AssumeRoleWithWebIdentity',
      fault: { kind: 'refusal', errorName: 'RegionDisabledException' },
      times: 1,
    });
    await expect(assume(await claimed({}))).rejects.toMatchObject({ name: 'RegionDisabledException' });
    await assume(await claimed({}));
  });
});

async function signedByAnother(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT({ iss: local.issuer.issuer, sub: 'olivia', aud: local.issuer.audience })
    .setProtectedHeader({ alg: 'RS256', kid: 'local-1' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
}

async function changed(): Promise<string> {
  const [header, payload, signature] = (await local.issuer.mint('guest')).split('.');
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'olivia' })).toString('base64url');
  return `${header}.${forged}.${signature}`;
}
