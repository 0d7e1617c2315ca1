import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalAws, startLocalAws } from '../../local/stack.ts';
import { findFreePort } from '../../test/support/free-port.ts';
import { createTokenVerifier } from '../auth/verifier.ts';
import { createAmbientClientPool, createClientPool } from '../aws/credentials/client-pool.ts';
import type { Config, Environment } from '../config/config.ts';
import { createLogger } from '../telemetry/logger.ts';
import { type DoctorResult, type DoctorTools, runDoctor } from './run-doctor.ts';

const coded = (code: string): Error => Object.assign(new Error('no'), { code });
const NOW = Date.now();
const GOOD: Environment = { ENABLE_AUTH: 'false', AWS_REGION: 'us-east-1' };
let local: LocalAws;
let withAuth: Environment;

beforeAll(async () => {
  local = await startLocalAws();
  withAuth = {
    AWS_REGION: 'us-east-1',
    AWS_IDENTITY_CENTER_ISSUER: local.issuer.issuer,
    AWS_IDENTITY_CENTER_CLIENT_ID: local.issuer.audience,
    AWS_CLOUDWATCH_ROLE_ARN: local.roleArns.prod,
  };
});
afterAll(() => local.close());

interface Surroundings {
  readonly secretAccessKey?: string;
  readonly awsEpochMs?: number | undefined;
  readonly token?: string;
  readonly probe?: DoctorTools['probe'];
  readonly endpoint?: string;
}

async function examine(env: Environment, surroundings: Surroundings = {}): Promise<DoctorResult> {
  const { token, endpoint = local.endpoint, secretAccessKey = AMBIENT_CREDENTIALS.secretAccessKey } = surroundings;
  const overrides = { endpoint, credentials: { ...AMBIENT_CREDENTIALS, secretAccessKey } };
  const open = (config: Config): DoctorTools => ({
    ambient: createAmbientClientPool(overrides),
    pool: createClientPool(config, { overrides }),
    verifier: config.isAuthEnabled
      ? createTokenVerifier({ config, logger: createLogger({ ...config, logLevel: 'SILENT' }) })
      : undefined,
    fetch: globalThis.fetch,
    probe: surroundings.probe ?? (() => Promise.resolve('awsEpochMs' in surroundings ? surroundings.awsEpochMs : NOW)),
  });
  return runDoctor({
    env,
    title: 'title',
    token,
    open,
    clock: () => NOW,
    timeoutMs: 10_000,
  });
}

describe('runDoctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { text, exitCode } = await examine(GOOD);
    expect(exitCode).toBe(0);
    expect(text).toContain('Nothing wrong was found.');
    expect(text).toMatch(/ok {6} AWS takes this process for arn:aws:sts::\d{12}:assumed-role\/\S+, account \d{12}/);
    expect(text).toContain('CloudWatch answers in us-east-1: alarms can be read');
    expect(text).toContain('The clock agrees with that of AWS (0 s apart).');
  });

  it('gives every setting with its value and source', async () => {
    const { text } = await examine({ ...GOOD, LOG_LEVEL: 'WARNING', CLOUDWATCH_MCP_PORT: 'tcp://10.0.0.1:3334' });
    expect(text).toMatch(/^ {2}AWS_REGION +us-east-1 {2}\(environment\)$/m);
    expect(text).toMatch(/^ {2}LOG_LEVEL +WARNING {2}\(environment\)$/m);
    expect(text).toMatch(/^ {2}CLOUDWATCH_MCP_PORT +tcp:\/\/10\.0\.0\.1:3334 {2}\(environment\)$/m);
    expect(text).toMatch(/^ {2}CLOUDWATCH_MCP_TOOL_TIMEOUT_MS +50000 {2}\(default\)$/m);
  });

  it('names every fault of the configuration and then asks nobody', async () => {
    const { text, exitCode } = await examine({ ...GOOD, AWS_REGION: 'mars-1', CLOUDWATCH_MCP_PORT: 'x' });
    expect(exitCode).toBe(1);
    expect(text).toMatch(/FAILED {3}AWS_REGION is not an AWS region/);
    expect(text).toMatch(/FAILED {3}CLOUDWATCH_MCP_PORT must be a port number/);
    expect(text).toContain('2 of 2 checks failed.');
    expect(text).not.toContain('AWS takes this process');
  });

  it('tells of misspelt variables, and not of those that Kubernetes injects', async () => {
    const injected = { CLOUDWATCH_MCP_SERVICE_HOST: '10.0.0.1', CLOUDWATCH_MCP_PORT_3334_TCP: 'tcp://10.0.0.1:3334' };
    const { text, exitCode } = await examine({ ...GOOD, ...injected, CLOUDWATCH_MCP_TOOLSET: 'logs' });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/CLOUDWATCH_MCP_TOOLSET is set, but it is no setting .* CLOUDWATCH_MCP_TOOLSETS/);
    expect(text).not.toContain('CLOUDWATCH_MCP_SERVICE_HOST');
    expect(text).not.toContain('CLOUDWATCH_MCP_PORT_3334_TCP');
  });

  it('says what AWS refuses, without the key', async () => {
    const { text, exitCode } = await examine(GOOD, { secretAccessKey: 'a-wrong-secret-key' });
    expect(exitCode).toBe(4);
    expect(text).toMatch(/FAILED {3}AWS does not say who this process is: .*SignatureDoesNotMatch/);
    expect(text).toMatch(/FAILED {3}CloudWatch does not answer: /);
    expect(text).not.toContain('a-wrong-secret-key');
  });

  it.each([
    ['arn', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'IRSA'],
    ['http://169.254.170.23/v1/credentials', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'EKS Pod Identity'],
  ])('names the source of the credentials: %s in %s', async (value, variable, source) => {
    expect((await examine({ ...GOOD, [variable]: value })).text).toContain(source);
  });

  it.each([
    [NOW - 61_000, 5, '61 s ahead of AWS: tokens'],
    [NOW + 301_000, 5, '301 s behind AWS, which refuses signatures'],
    [NOW + 59_000, 0, 'agrees'],
    [undefined, 0, 'could not be compared'],
    [Number.NaN, 0, 'could not be compared'],
  ])('judges the clock: AWS says %s', async (awsEpochMs, exitCode, words) => {
    const result = await examine(GOOD, { awsEpochMs });
    expect(result.exitCode).toBe(exitCode);
    expect(result.text).toContain(words);
  });

  it('keeps values on one line and short', async () => {
    const { text } = await examine({ ...GOOD, AWS_PROFILE: `a\nFAILED  b${'c'.repeat(500)}` });
    expect(text).not.toMatch(/^FAILED/m);
    expect(text.split('\n').every((line) => line.length < 260)).toBe(true);
  });
});

describe('runDoctor where AWS is not reached', () => {
  it('says which host, why, and what to look at', async () => {
    const probe = (): Promise<never> => Promise.reject(new TypeError('fetch failed', { cause: coded('ENOTFOUND') }));
    const endpoint = `http://127.0.0.1:${await findFreePort()}`;
    const { text, exitCode } = await examine({ ...GOOD, POD_NAMESPACE: 'jarvis' }, { probe, endpoint });
    expect(exitCode).toBe(3);
    for (const service of ['sts', 'monitoring', 'logs']) {
      expect(text).toMatch(
        new RegExp(
          `FAILED {3}${service}\\.us-east-1\\.amazonaws\\.com is a name that cannot be resolved \\(ENOTFOUND\\) → `,
        ),
      );
      expect(text).toContain(`Values=com.amazonaws.us-east-1.${service} `);
    }
    expect(text).toMatch(/FAILED {3}AWS does not say who this process is: .* refuses the connection \(ECONNREFUSED\)/);
    expect(text).toContain('$ kubectl set env deploy/cloudwatch-mcp --list -n jarvis');
    expect(text).not.toContain('try again in a moment');
  });

  it('asks an address once that serves several services', async () => {
    const asked: string[] = [];
    await examine(
      { ...GOOD, AWS_ENDPOINT_URL: 'https://aws.example.com', AWS_ENDPOINT_URL_STS: 'https://sts.example.com' },
      {
        probe: (url) => {
          asked.push(url);
          return Promise.resolve(undefined);
        },
      },
    );
    expect(asked).toEqual(['https://sts.example.com', 'https://aws.example.com']);
  });
});

describe('the report as JSON', () => {
  it('says the same as the text, and hides the same', async () => {
    const env = { ...withAuth, AWS_CREDENTIAL_MODE: 'assume-role', AWS_CLOUDWATCH_EXTERNAL_ID: 'shared-with-the-role' };
    const { json, text, exitCode } = await examine(env, { secretAccessKey: 'a-wrong-secret-key' });
    const report = JSON.parse(json) as {
      exitCode: number;
      healthy: boolean;
      checks: { text: string; next?: string }[];
    };
    expect(report).toMatchObject({ program: 'title', healthy: false, exitCode });
    expect(exitCode).toBe(4);
    for (const check of report.checks) expect(text).toContain(check.text);
    expect(report.checks).toContainEqual(
      expect.objectContaining({ check: 'identity', state: 'failed', reason: 'credentials_refused' }),
    );
    expect(json).not.toContain('shared-with-the-role');
    expect(json).not.toContain('a-wrong-secret-key');
  });
});

describe('runDoctor with authentication', () => {
  it('looks at the keys of the issuer, and says that AWS needs a user', async () => {
    const { text, exitCode } = await examine(withAuth);
    expect(exitCode).toBe(0);
    expect(text).toContain(`${local.issuer.issuer} publishes one key; tokens must be for ${local.issuer.audience}.`);
    expect(text).toMatch(/unknown {2}AWS is asked with the credentials of each user \(web-identity\).*--token-stdin/);
    expect(text).not.toContain('AWS takes this process');
  });

  it('goes the whole way with a token', async () => {
    const token = await local.issuer.mint('olivia');
    const { text, exitCode } = await examine(withAuth, { token });
    expect(exitCode).toBe(0);
    expect(text).toContain('The token is accepted: subject "olivia"');
    expect(text).toMatch(
      /AWS takes this user for arn:aws:sts::\d{12}:assumed-role\/CloudWatchMCPRole\/olivia-[0-9a-f]{12}/,
    );
    expect(text).toContain('CloudWatch answers in us-east-1');
    expect(text).not.toContain(token);
  });

  it('tells once when the role refuses the user', async () => {
    const { text, exitCode } = await examine(withAuth, { token: await local.issuer.mint('guest') });
    expect(exitCode).toBe(4);
    expect(text).toMatch(
      /FAILED {3}AWS does not say who this user is: AWS does not let it assume arn:aws:iam::\d{12}:role\/CloudWatchMCPRole .*name arn:aws:iam::\d{12}:oidc-provider\/127\.0\.0\.1:\d+/,
    );
    expect(text).toContain('$ aws iam get-role --role-name CloudWatchMCPRole');
    expect(text).not.toContain('CloudWatch does not answer');
  });

  it('says why a token is refused, without a part of it', async () => {
    const token = await local.issuer.mint('olivia', { aud: 'somebody-else' });
    const { text, exitCode } = await examine(withAuth, { token });
    expect(exitCode).toBe(4);
    expect(text).toMatch(/FAILED {3}The token is refused: /);
    expect(text).not.toContain(token.slice(0, 20));
  });

  it('says that an issuer cannot be reached', async () => {
    const issuer = `http://127.0.0.1:${await findFreePort()}`;
    const { text, exitCode } = await examine({ ...withAuth, AWS_IDENTITY_CENTER_ISSUER: issuer });
    expect(exitCode).toBe(3);
    expect(text).toContain(
      `FAILED   The keys of ${issuer} cannot be had: ${issuer.slice(7)} refuses the connection (ECONNREFUSED)`,
    );
  });

  it('asks for the process and the user where roles are assumed', async () => {
    const env = { ...withAuth, AWS_CREDENTIAL_MODE: 'assume-role', AWS_CLOUDWATCH_EXTERNAL_ID: 'shared-with-the-role' };
    const { text } = await examine(env);
    expect(text).toContain('AWS takes this process for arn:aws:sts::');
    expect(text).toContain('AWS is asked with the credentials of each user (assume-role)');
    expect(text).toMatch(/AWS_CLOUDWATCH_EXTERNAL_ID +\(hidden\) {2}\(environment\)/);
    expect(text).not.toContain('shared-with-the-role');
  });

  it('does not look at a token where nobody would', async () => {
    const { text, exitCode } = await examine(GOOD, { token: 'x' });
    expect(exitCode).toBe(0);
    expect(text).toContain('Authentication is off: the token was not looked at.');
  });
});
