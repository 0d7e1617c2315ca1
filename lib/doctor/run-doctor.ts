/**
 * `--doctor`: reads the configuration as the server would, then asks the issuers and AWS. For an administrator in a pod,
 * which has no aws CLI. Responsibilities: order of the checks. Not: sockets, output.
 */
import type { Fetch } from '../auth/fetch-json.ts';
import type { TokenVerifier } from '../auth/verifier.ts';
import type { ClientPool } from '../aws/credentials/client-source.ts';
import { type Config, ConfigError, type Environment, loadConfig } from '../config/config.ts';
import { checkCredentials } from './check-credentials.ts';
import { checkIssuers } from './check-issuers.ts';
import { describeSettings, findStrangers } from './describe-settings.ts';
import { type Finding, isFailed } from './finding.ts';
import { judgeClock } from './judge-clock.ts';
import { renderReport } from './render-report.ts';

/** What the checks work with, made for a configuration that is in order. */
export interface DoctorTools {
  /** Clients of the process itself. */
  readonly ambient: ClientPool;
  /** Clients by the configured mode. */
  readonly pool: ClientPool;
  readonly verifier: TokenVerifier | undefined;
}

export interface DoctorOptions {
  readonly env: Environment;
  /** First line of the report. */
  readonly title: string;
  /** A user's token, to go the whole way with it. */
  readonly token?: string | undefined;
  readonly open: (config: Config) => DoctorTools;
  readonly fetch: Fetch;
  /** What AWS says its time is, in epoch milliseconds; undefined when it does not answer. */
  readonly readAwsClock: (config: Config, signal: AbortSignal) => Promise<number | undefined>;
  readonly clock: () => number;
  /** For each check. */
  readonly timeoutMs: number;
}

export interface DoctorResult {
  readonly text: string;
  readonly isHealthy: boolean;
}

export async function runDoctor(options: DoctorOptions): Promise<DoctorResult> {
  const { env, title } = options;
  const { config, findings } = readConfiguration(env);
  if (config !== undefined) findings.push(...(await checkSurroundings(config, options)));
  return {
    text: renderReport({ title, settings: describeSettings(env), findings }),
    isHealthy: !findings.some(isFailed),
  };
}

function readConfiguration(env: Environment): { config?: Config; findings: Finding[] } {
  const strangers = findStrangers(env).map((text): Finding => ({ state: 'unknown', text }));
  try {
    const config = loadConfig(env, 'http');
    const warnings = config.warnings.map((text): Finding => ({ state: 'unknown', text: `${text}.` }));
    return { config, findings: [{ state: 'ok', text: 'The configuration is complete.' }, ...warnings, ...strangers] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const faults = error.faults.map((fault): Finding => ({ state: 'failed', text: `${fault}.` }));
    return { findings: [...faults, ...strangers] };
  }
}

async function checkSurroundings(config: Config, options: DoctorOptions): Promise<Finding[]> {
  const newSignal = (): AbortSignal => AbortSignal.timeout(options.timeoutMs);
  const [serverEpochMs, issuers, credentials] = await Promise.all([
    options.readAwsClock(config, newSignal()),
    checkIssuers(config, options),
    checkCredentials(config, { ...options, ...options.open(config), token: options.token, newSignal }),
  ]);
  return [judgeClock(serverEpochMs, options.clock()), ...issuers, ...credentials];
}
