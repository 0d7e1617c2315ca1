import { describe, expect, it } from 'vitest';
import { AUTH_ENV, faultsOf } from '../../test/support/config-faults.ts';
import { type Environment, loadConfig } from './config.ts';

const PROD = 'arn:aws:iam::210987654321:role/path/Prod';
const DEV = 'arn:aws:iam::111122223333:role/Dev';
const DEFAULT = AUTH_ENV.AWS_CLOUDWATCH_ROLE_ARN;

const load = (env: Environment = {}) => loadConfig({ ...AUTH_ENV, ...env }, 'http');
const faults = (env: Environment) => faultsOf({ ...AUTH_ENV, ...env });

describe('the mode', () => {
  it('is web-identity with authentication and a role, ambient without authentication', () => {
    expect(load().credentialMode).toBe('web-identity');
    expect(loadConfig({ ENABLE_AUTH: 'false' }, 'http').credentialMode).toBe('ambient');
  });

  it('stops with authentication, no role and no word about it', () => {
    expect(faults({ AWS_CLOUDWATCH_ROLE_ARN: '' })).toEqual([
      expect.stringMatching(/^AWS_CLOUDWATCH_ROLE_ARN is missing: .*AWS_CREDENTIAL_MODE=ambient/),
    ]);
    const ambient = load({ AWS_CLOUDWATCH_ROLE_ARN: '', AWS_CREDENTIAL_MODE: 'ambient' });
    expect(ambient).toMatchObject({ credentialMode: 'ambient', roles: [], isAuthEnabled: true });
  });

  it.each(['web-identity', 'assume-role'])('stops when %s has no role or no user', (mode) => {
    expect(faults({ AWS_CLOUDWATCH_ROLE_ARN: '', AWS_CREDENTIAL_MODE: mode })).toEqual([
      `AWS_CLOUDWATCH_ROLE_ARN is missing: AWS_CREDENTIAL_MODE ${mode} needs a role`,
    ]);
    expect(faults({ ENABLE_AUTH: 'false', AWS_CREDENTIAL_MODE: mode })).toEqual([
      expect.stringContaining('needs a user'),
    ]);
    expect(faultsOf({ ...AUTH_ENV, AWS_CREDENTIAL_MODE: mode }, 'stdio')).toEqual([
      expect.stringContaining('needs a user'),
    ]);
  });

  it('warns when ambient leaves a role idle, stops when it leaves an allow-list idle', () => {
    expect(load({ AWS_CREDENTIAL_MODE: 'ambient' }).warnings).toEqual([expect.stringContaining('never assumes it')]);
    const roles = JSON.stringify({ prod: PROD });
    expect(faults({ AWS_CREDENTIAL_MODE: 'ambient', AWS_CLOUDWATCH_ROLE_ARNS: roles })).toEqual([
      expect.stringContaining('never assumes'),
    ]);
  });

  it('is refused when unknown, without guesses about the rest', () => {
    expect(faults({ AWS_CREDENTIAL_MODE: 'irsa', AWS_CLOUDWATCH_EXTERNAL_ID: 'abc' })).toEqual([
      'AWS_CREDENTIAL_MODE must be web-identity, assume-role or ambient; it is "irsa"',
    ]);
  });
});

describe('settings that belong to one mode', () => {
  it('keeps the external id to assume-role and never quotes it', () => {
    expect(faults({ AWS_CLOUDWATCH_EXTERNAL_ID: 'top-secret' })).toEqual([
      expect.stringMatching(/^AWS_CLOUDWATCH_EXTERNAL_ID is for/),
    ]);
    expect(faults({ AWS_CLOUDWATCH_EXTERNAL_ID: 'ex-1', AWS_CREDENTIAL_MODE: 'assume-role' })).toEqual([]);
    const [fault = ''] = faults({ AWS_CLOUDWATCH_EXTERNAL_ID: 'a b§c', AWS_CREDENTIAL_MODE: 'assume-role' });
    expect(fault).toMatch(/^AWS_CLOUDWATCH_EXTERNAL_ID must be/);
    expect(fault).not.toContain('a b');
  });

  it.each([
    ['899', 'web-identity'],
    ['43201', 'web-identity'],
    ['3601', 'assume-role'],
  ])('refuses a session of %s seconds with %s', (seconds, mode) => {
    const env = { AWS_SESSION_DURATION_SECONDS: seconds, AWS_CREDENTIAL_MODE: mode };
    expect(faults(env)).toEqual([expect.stringMatching(/^AWS_SESSION_DURATION_SECONDS/)]);
  });

  it.each([
    ['900', 'web-identity'],
    ['43200', 'web-identity'],
    ['3600', 'assume-role'],
  ])('takes a session of %s seconds with %s', (seconds, mode) => {
    const env = { AWS_SESSION_DURATION_SECONDS: seconds, AWS_CREDENTIAL_MODE: mode };
    expect(load(env).sessionDurationSeconds).toBe(Number(seconds));
  });

  it('takes a session policy as JSON, at most 2048 characters, never with ambient', () => {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    expect(load({ AWS_SESSION_POLICY: policy }).sessionPolicy).toBe(policy);
    expect(faults({ AWS_SESSION_POLICY: 'allow all' })).toEqual([expect.stringMatching(/^AWS_SESSION_POLICY must be/)]);
    expect(faults({ AWS_SESSION_POLICY: `{"a":"${'x'.repeat(2048)}"}` })).toEqual([
      expect.stringContaining('at most 2048'),
    ]);
    expect(faults({ AWS_SESSION_POLICY: policy, ENABLE_AUTH: 'false' })).toEqual([
      expect.stringMatching(/^AWS_SESSION_POLICY narrows nothing/),
    ]);
  });

  it('asks STS in the region of its own setting, else in AWS_REGION', () => {
    expect(load({ AWS_REGION: 'eu-west-1' }).stsRegion).toBe('eu-west-1');
    expect(load({ AWS_REGION: 'eu-west-1', AWS_IDENTITY_CENTER_REGION: 'eu-central-1' }).stsRegion).toBe(
      'eu-central-1',
    );
  });
});

describe('roles', () => {
  it('calls a role that is alone default', () => {
    expect(load().roles).toEqual([{ alias: 'default', accountId: '123456789012', roleArn: DEFAULT }]);
  });

  it('takes accounts by alias or id, the default role first', () => {
    const roles = JSON.stringify({ prod: PROD, '111122223333': DEV });
    expect(load({ AWS_CLOUDWATCH_ROLE_ARNS: roles }).roles.map(({ alias }) => alias)).toEqual([
      'default',
      'prod',
      '111122223333',
    ]);
    expect(load({ AWS_CLOUDWATCH_ROLE_ARNS: roles, AWS_CLOUDWATCH_ROLE_ARN: '' }).roles[0]?.alias).toBe('prod');
    expect(load({ AWS_CLOUDWATCH_ROLE_ARNS: roles, AWS_CLOUDWATCH_ROLE_ARN: DEV }).roles).toEqual([
      { alias: '111122223333', accountId: '111122223333', roleArn: DEV },
      { alias: 'prod', accountId: '210987654321', roleArn: PROD },
    ]);
  });

  it.each([
    ['arn:aws:iam::12345:role/X'],
    ['arn:aws:iam::123456789012:user/X'],
    ['arn:aws:iam::123456789012:role/'],
    ['CloudWatchMCPRole'],
    ['arn:aws:iam::123456789012:role/a b'],
  ])('refuses the role %s', (arn) => {
    expect(faults({ AWS_CLOUDWATCH_ROLE_ARN: arn })).toEqual([
      expect.stringMatching(/^AWS_CLOUDWATCH_ROLE_ARN must be the ARN/),
    ]);
  });

  it.each([['[]'], ['{}'], ['{"Prod":"x"}'], [`{"all":"${PROD}"}`], [`{"a b":"${PROD}"}`], ['{"prod":1}'], ['prod']])(
    'refuses the list %s',
    (text) => {
      expect(faults({ AWS_CLOUDWATCH_ROLE_ARNS: text })).toEqual([
        expect.stringMatching(/^AWS_CLOUDWATCH_ROLE_ARNS must/),
      ]);
    },
  );

  it('refuses roles that contradict each other', () => {
    const list = (roles: Record<string, string>) => faults({ AWS_CLOUDWATCH_ROLE_ARNS: JSON.stringify(roles) });
    expect(list({ '999999999999': PROD })).toEqual([expect.stringContaining('make them agree')]);
    expect(list({ a: PROD, b: `${PROD}2` })).toEqual([expect.stringContaining('more than one role (a, b)')]);
    expect(list({ default: PROD })).toEqual([expect.stringContaining('alias default')]);
  });

  it('refuses a role of another partition than the region', () => {
    expect(faults({ AWS_REGION: 'us-gov-west-1' })).toEqual([expect.stringContaining('cannot cross partitions')]);
  });
});
