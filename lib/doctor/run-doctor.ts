/**
 * `--doctor`: reads the configuration as the server would, then asks the issuers and AWS. For an administrator in a pod,
 * which has no aws CLI. Responsibilities: order of the checks. Not: sockets, output.
 */
import type { Fetch } from '../auth/fetch-json.ts';
import type { TokenVerifier } from '../auth/verifier.ts';
import type { ClientPool } from '../aws/credentials/client-source.ts';
import { type Config, ConfigError, type Environment, loadConfig } from '../config/config.ts';
import { checkCredentials } from './check-credentials.ts';
import { checkEndpoints, type Probe } from './check-endpoints.ts';
import { checkIssuers } from './check-issuers.ts';
import { describeProxies } from './describe-proxies.ts';
import { describeSettings, findStrangers } from './describe-settings.ts';
import { findEndpoints } from './endpoints.ts';
import { findExitCode } from './exit-code.ts';
import type { Finding } from './finding.ts';
import { judgeClock } from './judge-clock.ts';
import { renderJson, renderReport } from './render-report.ts';

/** What the checks work with, made for a configuration that is in order. */
export interface DoctorTools {
  /** Clients of the process itself. */
  readonly ambient: ClientPool;
  /** Clients by the configured mode. */
  readonly pool: ClientPool;
  readonly verifier: TokenVerifier | undefined;
  readonly fetch: Fetch;
  readonly probe: Probe;
}

export interface DoctorOptions {
  readonly env: Environment;
  /** First line of the report. */
  readonly title: string;
  /** A user's token, to go the whole way with it. */
  readonly token?: string | undefined;
  readonly open: (config: Config) => DoctorTools;
  readonly clock: () => number;
  /** For each check. */
  readonly timeoutMs: number;
}

export interface DoctorResult {
  /** The report for people. */
  readonly text: string;
  /** The same for programs. */
  readonly json: string;
  /** 0 where nothing wrong was found; exit-code.ts has the others. */
  readonly exitCode: number;
}

export async function runDoctor(options: DoctorOptions): Promise<DoctorResult> {
  const { env, title } = options;
  const { config, findings } = readConfiguration(env);
  if (config !== undefined) findings.push(...(await checkSurroundings(config, options)));
  const report = { title, settings: describeSettings(env), findings, exitCode: findExitCode(findings) };
  return { text: renderReport(report), json: renderJson(report), exitCode: report.exitCode };
}

function readConfiguration(env: Environment): { config?: Config; findings: Finding[] } {
  const strangers = findStrangers(env).map((text): Finding => ({ check: 'configuration', state: 'unknown', text }));
  try {
    const config = loadConfig(env, 'http');
    const warnings = config.warnings.map(
      (text): Finding => ({
        check: 'configuration',
        state: 'unknown',
        text: `${text}.`,
      }),
    );
    const complete: Finding = { check: 'configuration', state: 'ok', text: 'The configuration is complete.' };
    return { config, findings: [complete, ...warnings, ...strangers] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const faults = error.faults.map(
      (fault): Finding => ({
        check: 'configuration',
        state: 'failed',
        text: `${fault}.`,
        reason: 'setting',
      }),
    );
    return { findings: [...faults, ...strangers] };
  }
}

async function checkSurroundings(config: Config, options: DoctorOptions): Promise<Finding[]> {
  const newSignal = (): AbortSignal => AbortSignal.timeout(options.timeoutMs);
  const endpoints = findEndpoints(config, options.env);
  const { env, token, clock } = options;
  const tools = options.open(config);
  const [{ findings, awsEpochMs }, issuers, credentials] = await Promise.all([
    checkEndpoints(endpoints, config, tools.probe, newSignal),
    checkIssuers(config, { fetch: tools.fetch, clock }),
    checkCredentials(config, { ...tools, env, endpoints, token, newSignal }),
  ]);
  return [...describeProxies(config), ...findings, judgeClock(awsEpochMs, clock()), ...issuers, ...credentials];
}
