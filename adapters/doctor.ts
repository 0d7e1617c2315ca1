/** The doctor as a command: real sockets, real clock, text on stdout, exit code of lib/doctor/exit-code.ts. */
import { createTokenVerifier } from '../lib/auth/verifier.ts';
import { createAmbientClientPool, createClientPool } from '../lib/aws/credentials/client-pool.ts';
import type { Config, Environment } from '../lib/config/config.ts';
import { toProxyEnv } from '../lib/config/proxy.ts';
import { type DoctorTools, runDoctor } from '../lib/doctor/run-doctor.ts';
import { createLogger } from '../lib/telemetry/logger.ts';
import { VERSION } from '../lib/version.ts';
import { createOutbound } from './outbound.ts';

const TIMEOUT_MS = 15_000;
const MAX_TOKEN_CHARS = 100_000;

export interface ExamineOptions {
  readonly token: string | undefined;
  readonly isJson: boolean;
}

/** Resolves with the exit code. */
export async function examine(env: Environment, { token, isJson }: ExamineOptions): Promise<number> {
  const { text, json, exitCode } = await runDoctor({
    env,
    title: `cloudwatch-mcp ${VERSION} on Node ${process.versions.node}`,
    token,
    open: openTools,
    clock: Date.now,
    timeoutMs: TIMEOUT_MS,
  });
  process.stdout.write(isJson ? json : text);
  return exitCode;
}

/** What the checks work with: real sockets, by the proxies of the configuration. */
export function openTools(config: Config): DoctorTools {
  // The report says it all: what the parts would log besides would only stand between its lines.
  const logger = createLogger({ ...config, logLevel: 'SILENT' });
  const proxyEnv = toProxyEnv(config);
  const { fetch, probe } = createOutbound(proxyEnv);
  return {
    ambient: createAmbientClientPool({ proxyEnv }, { profile: config.profile, isReaders: true }),
    pool: createClientPool(config),
    verifier: config.isAuthEnabled ? createTokenVerifier({ config, logger, fetch }) : undefined,
    fetch,
    probe,
  };
}

/** The token of `--token-stdin`: not in an argument, which every process of the machine may read. */
export async function readTokenFrom(stdin: AsyncIterable<Buffer | string>): Promise<string | undefined> {
  let text = '';
  for await (const part of stdin) {
    text += String(part);
    if (text.length > MAX_TOKEN_CHARS) break;
  }
  const token = text.trim();
  return token === '' ? undefined : token;
}
