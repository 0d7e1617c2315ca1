import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalAws, startLocalAws } from '../../local/stack.ts';
import { createTokenVerifier } from '../auth/verifier.ts';
import { createAmbientClientPool, createClientPool } from '../aws/credentials/client-pool.ts';
import type { Config, Environment } from '../config/config.ts';
import { createLogger } from '../telemetry/logger.ts';
import { type DoctorResult, type DoctorTools, runDoctor } from './run-doctor.ts';

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
}

async function examine(env: Environment, surroundings: Surroundings = {}): Promise<DoctorResult> {
  const { token, secretAccessKey = AMBIENT_CREDENTIALS.secretAccessKey } = surroundings;
  const overrides = { endpoint: local.endpoint, credentials: { ...AMBIENT_CREDENTIALS, secretAccessKey } };
  const open = (config: Config): DoctorTools => ({
    ambient: createAmbientClientPool(overrides),
    pool: createClientPool(config, { overrides }),
    verifier: config.isAuthEnabled
      ? createTokenVerifier({ config, logger: createLogger({ ...config, logLevel: 'SILENT' }) })
      : undefined,
  });
  return runDoctor({
    env,
    title: 'title',
    token,
    open,
    fetch: globalThis.fetch,
    readAwsClock: () => Promise.resolve('awsEpochMs' in surroundings ? surroundings.awsEpochMs : NOW),
    clock: () => NOW,
    timeoutMs: 10_000,
  });
}

describe('runDoctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { text, isHealthy } = await examine(GOOD);
    expect(isHealthy).toBe(true);
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
    const { text, isHealthy } = await examine({ ...GOOD, AWS_REGION: 'mars-1', CLOUDWATCH_MCP_PORT: 'x' });
    expect(isHealthy).toBe(false);
    expect(text).toMatch(/FAILED {3}AWS_REGION is not an AWS region/);
    expect(text).toMatch(/FAILED {3}CLOUDWATCH_MCP_PORT must be a port number/);
    expect(text).toContain('2 of 2 checks failed.');
    expect(text).not.toContain('AWS takes this process');
  });

  it('tells of misspelt variables, and not of those that Kubernetes injects', async () => {
    const injected = { CLOUDWATCH_MCP_SERVICE_HOST: '10.0.0.1', CLOUDWATCH_MCP_PORT_3334_TCP: 'tcp://10.0.0.1:3334' };
    const { text, isHealthy } = await examine({ ...GOOD, ...injected, CLOUDWATCH_MCP_TOOLSET: 'logs' });
    expect(isHealthy).toBe(true);
    expect(text).toMatch(/CLOUDWATCH_MCP_TOOLSET is set, but it is no setting .* CLOUDWATCH_MCP_TOOLSETS/);
    expect(text).not.toContain('CLOUDWATCH_MCP_SERVICE_HOST');
    expect(text).not.toContain('CLOUDWATCH_MCP_PORT_3334_TCP');
  });

  it('says what AWS refuses, without the key', async () => {
    const { text, isHealthy } = await examine(GOOD, { secretAccessKey: 'a-wrong-secret-key' });
    expect(isHealthy).toBe(false);
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
    [NOW - 61_000, false, '61 s ahead of AWS: tokens'],
    [NOW + 301_000, false, '301 s behind AWS, which refuses signatures'],
    [NOW + 59_000, true, 'agrees'],
    [undefined, true, 'could not be compared'],
    [Number.NaN, true, 'could not be compared'],
  ])('judges the clock: AWS says %s', async (awsEpochMs, isHealthy, words) => {
    const result = await examine(GOOD, { awsEpochMs });
    expect(result.isHealthy).toBe(isHealthy);
    expect(result.text).toContain(words);
  });

  it('keeps values on one line and short', async () => {
    const { text } = await examine({ ...GOOD, AWS_PROFILE: `a\nFAILED  b${'c'.repeat(500)}` });
    expect(text).not.toMatch(/^FAILED/m);
    expect(text.split('\n').every((line) => line.length < 260)).toBe(true);
  });
});

describe('runDoctor with authentication', () => {
  it('looks at the keys of the issuer, and says that AWS needs a user', async () => {
    const { text, isHealthy } = await examine(withAuth);
    expect(isHealthy).toBe(true);
    expect(text).toContain(`${local.issuer.issuer} publishes one key; tokens must be for ${local.issuer.audience}.`);
    expect(text).toMatch(/unknown {2}AWS is asked with the credentials of each user \(web-identity\).*--token-stdin/);
    expect(text).not.toContain('AWS takes this process');
  });

  it('goes the whole way with a token', async () => {
    const token = await local.issuer.mint('olivia');
    const { text, isHealthy } = await examine(withAuth, { token });
    expect(isHealthy).toBe(true);
    expect(text).toContain('The token is accepted: subject "olivia"');
    expect(text).toMatch(
      /AWS takes this user for arn:aws:sts::\d{12}:assumed-role\/CloudWatchMCPRole\/olivia-[0-9a-f]{12}/,
    );
    expect(text).toContain('CloudWatch answers in us-east-1');
    expect(text).not.toContain(token);
  });

  it('tells once when the role refuses the user', async () => {
    const { text, isHealthy } = await examine(withAuth, { token: await local.issuer.mint('guest') });
    expect(isHealthy).toBe(false);
    expect(text).toMatch(/FAILED {3}AWS does not say who this user is: /);
    expect(text).not.toContain('CloudWatch does not answer');
  });

  it('says why a token is refused, without a part of it', async () => {
    const token = await local.issuer.mint('olivia', { aud: 'somebody-else' });
    const { text, isHealthy } = await examine(withAuth, { token });
    expect(isHealthy).toBe(false);
    expect(text).toMatch(/FAILED {3}The token is refused: /);
    expect(text).not.toContain(token.slice(0, 20));
  });

  it('says that an issuer cannot be reached', async () => {
    const { text, isHealthy } = await examine({ ...withAuth, AWS_IDENTITY_CENTER_ISSUER: 'http://127.0.0.1:9' });
    expect(isHealthy).toBe(false);
    expect(text).toMatch(/FAILED {3}The keys of http:\/\/127\.0\.0\.1:9 cannot be had: it could not be reached/);
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
    const { text, isHealthy } = await examine(GOOD, { token: 'x' });
    expect(isHealthy).toBe(true);
    expect(text).toContain('Authentication is off: the token was not looked at.');
  });
});
