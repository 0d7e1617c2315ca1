/**
 * `--doctor`: reads the configuration as the server would, then asks AWS. For an administrator in a pod, which has no
 * aws CLI. Responsibilities: order of the checks. Not: sockets, output.
 */
import type { AwsPorts } from '../aws/ports/ports.ts';
import { type Config, ConfigError, type Environment, loadConfig } from '../config.ts';
import { checkAlarms, checkIdentity } from './check-aws.ts';
import { describeCredentialSource } from './credential-source.ts';
import { describeSettings, findStrangers } from './describe-settings.ts';
import { type Finding, isFailed } from './finding.ts';
import { judgeClock } from './judge-clock.ts';
import { renderReport } from './render-report.ts';

export interface DoctorOptions {
  readonly env: Environment;
  /** First line of the report. */
  readonly title: string;
  /** Ports in the default region, with the credentials of the process. */
  readonly openPorts: (config: Config) => AwsPorts;
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
  const signal = (): AbortSignal => AbortSignal.timeout(options.timeoutMs);
  const ports = options.openPorts(config);
  const [serverEpochMs, identity, alarms] = await Promise.all([
    options.readAwsClock(config, signal()),
    checkIdentity(ports.identity, signal()),
    checkAlarms(ports.alarms, config.region, signal()),
  ]);
  const source: Finding = { state: 'ok', text: describeCredentialSource(options.env) };
  return [judgeClock(serverEpochMs, options.clock()), source, identity, alarms];
}
