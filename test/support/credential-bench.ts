/** Tool calls of signed-in users: real runner, real credential exchange, real SDK, over the wire to the embedded AWS. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Caller } from '../../lib/auth/principal.ts';
import { hashPrincipal } from '../../lib/auth/principal-id.ts';
import { createClientPool } from '../../lib/aws/credentials/client-pool.ts';
import { type Config, type Environment, loadConfig } from '../../lib/config/config.ts';
import type { ToolCall } from '../../lib/mcp/tool-call.ts';
import { createToolRunner, type ToolRunner } from '../../lib/mcp/tool-runner.ts';
import { createLogger, type Logger } from '../../lib/telemetry/logger.ts';
import { createMetrics } from '../../lib/telemetry/metrics.ts';
import { SAMPLE_USERS } from '../../local/issuer/users.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local/stack.ts';

const HOUR_MS = 3_600_000;

export interface CredentialBench {
  readonly local: LocalAws;
  readonly config: Config;
  readonly logger: Logger;
  readonly runner: ToolRunner;
  /** Every log line that the program wrote. */
  readonly logLines: string[];
  /** Every text that a caller was shown. */
  readonly shown: string[];
  /** Every token, secret key, session token and e-mail address that there is. */
  readonly secrets: ReadonlySet<string>;
  /** The issuer's own, for an hour. */
  token(subject: string, claims?: Readonly<Record<string, unknown>>): Promise<string>;
  /** A caller whose token is the issuer's own; what the token says is what the principal is. */
  caller(subject: string, claims?: Readonly<Record<string, unknown>>): Promise<Caller>;
  run(caller: Caller | undefined, name: string, args?: unknown, call?: Partial<ToolCall>): Promise<CallToolResult>;
  /** The alarms of an account by a call that AWS answers to anybody with credentials. */
  ask(caller: Caller | undefined, account?: string): Promise<string>;
  /** Moves the clocks by which STS gives credentials and by which they are kept. */
  advance(ms: number): void;
  nowEpochMs(): number;
  close(): Promise<void>;
}

export interface CredentialBenchOptions extends LocalAwsOptions {
  readonly env?: Environment;
}

export async function startCredentialBench({ env, ...options }: CredentialBenchOptions = {}): Promise<CredentialBench> {
  let offsetMs = 0;
  const clock = (): number => Date.now() + offsetMs;
  const local = await startLocalAws({ stsNowEpochMs: clock, ...options });
  const logLines: string[] = [];
  const shown: string[] = [];
  const secrets = new Set<string>(SAMPLE_USERS.map(({ email }) => email));
  recordMinted(local, secrets);
  const config = loadConfig({ ...authEnvironment(local), LOG_LEVEL: 'DEBUG', ...env }, 'http');
  const clients = createClientPool(config, {
    overrides: { endpoint: local.endpoint, credentials: AMBIENT_CREDENTIALS },
    clock,
  });
  const logger = createLogger(config, (line) => logLines.push(line));
  const runner = createToolRunner({ config, logger, metrics: createMetrics(), clients });
  let calls = 0;

  async function run(caller: Caller | undefined, name: string, args: unknown = {}, call: Partial<ToolCall> = {}) {
    calls += 1;
    const result = await runner.run({ name, args, requestId: `call-${calls}`, ...(caller && { caller }), ...call });
    shown.push(JSON.stringify(result));
    return result;
  }

  async function token(subject: string, claims?: Readonly<Record<string, unknown>>): Promise<string> {
    const minted = await local.issuer.mint(subject, claims);
    secrets.add(minted);
    return minted;
  }

  return {
    local,
    config,
    logger,
    runner,
    logLines,
    shown,
    secrets,
    run,
    token,
    async caller(subject, claims) {
      const { issuer, audience } = local.issuer;
      const id = hashPrincipal(issuer, subject);
      const expiresEpochMs = Date.now() + HOUR_MS;
      return {
        token: await token(subject, claims),
        principal: { issuer, subject, audiences: [audience], scopes: [], expiresEpochMs, id },
      };
    },
    ask: async (caller, account) => textOf(await run(caller, 'get_active_alarms', { max_items: 1, account })),
    nowEpochMs: clock,
    advance(ms) {
      offsetMs += ms;
    },
    async close() {
      runner.close();
      await local.close();
    },
  };
}

function recordMinted({ credentials }: LocalAws, secrets: Set<string>): void {
  const add = credentials.add.bind(credentials);
  credentials.add = (credential) => {
    for (const secret of [credential.accessKeyId, credential.secretAccessKey, credential.sessionToken ?? ''])
      if (secret !== '') secrets.add(secret);
    add(credential);
  };
}

/** What the program is told about the embedded AWS with authentication on. */
export function authEnvironment({ issuer, roleArns }: LocalAws): Environment {
  return {
    AWS_IDENTITY_CENTER_ISSUER: issuer.issuer,
    AWS_IDENTITY_CENTER_CLIENT_ID: issuer.audience,
    AWS_CLOUDWATCH_ROLE_ARN: roleArns.prod,
    AWS_CLOUDWATCH_ROLE_ARNS: JSON.stringify(roleArns),
    AWS_REGION: 'us-east-1',
  };
}

export function textOf(result: CallToolResult): string {
  return result.content.map((block) => (block.type === 'text' ? block.text : `[${block.type}]`)).join('\n');
}
