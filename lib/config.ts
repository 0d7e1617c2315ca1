/**
 * Environment → frozen, typed configuration. The only reader of `process.env` (adapters hand it in).
 * Responsibilities: defaults, types, contradictions, all faults at once. Not: reading files, asking AWS.
 */
import type { z } from 'zod';
import { SETTINGS } from './config-settings.ts';

type Settings = typeof SETTINGS;

/** How the program was started; some rules differ. */
export type Transport = 'http' | 'stdio' | 'lambda';

export type Config = {
  readonly [Key in keyof Omit<Settings, 'isMetricsEnabled'>]: z.output<Settings[Key]['schema']>;
} & {
  readonly transport: Transport;
  readonly isMetricsEnabled: boolean;
  /** Sentences to log once at the start: allowed, but worth a look. */
  readonly warnings: readonly string[];
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** All that is wrong with the environment, each fault a sentence that begins with the variable's name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n- ${faults.join('\n- ')}`,
    );
    this.faults = faults;
  }
}

/**
 * Reads the configuration.
 * @throws ConfigError naming every missing, malformed or contradictory setting at once.
 */
export function loadConfig(env: Environment, transport: Transport): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(SETTINGS)) {
    const variable = setting.variables.find((name) => isSet(env[name])) ?? setting.variables[0];
    const text = isSet(env[variable]) ? env[variable] : setting.fallback;
    const parsed = setting.schema.safeParse(text);
    if (parsed.success) values[key] = parsed.data;
    else
      for (const message of new Set(parsed.error.issues.map((issue) => issue.message)))
        faults.push(`${variable} ${message}; it is ${quote(text)}`);
  }
  const config = {
    ...values,
    transport,
    isMetricsEnabled: values.isMetricsEnabled ?? transport !== 'lambda',
  } as Omit<Config, 'warnings'>;
  faults.push(...findContradictions(config, values));
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze({ ...config, warnings: findDoubts(config, env) });
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

const MAX_QUOTED_CHARS = 80;

function quote(text: string | undefined): string {
  return text === undefined
    ? 'not set'
    : JSON.stringify(text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text);
}

function findContradictions(config: Omit<Config, 'warnings'>, parsed: Readonly<Record<string, unknown>>): string[] {
  const faults: string[] = [];
  if (parsed.isAuthEnabled === true && config.transport !== 'stdio') {
    faults.push(
      'ENABLE_AUTH is on, but this version cannot verify tokens yet: set ENABLE_AUTH=false to serve everybody who can reach the port, with the credentials of this process',
    );
  }
  if (
    parsed.isAuthEnabled === false &&
    config.transport === 'lambda' &&
    parsed.isUnauthenticatedLambdaAllowed === false
  ) {
    faults.push(
      'ENABLE_AUTH is false behind a public Function URL: set ALLOW_UNAUTHENTICATED=true if that is really wanted',
    );
  }
  if (
    config.allowedRegions !== undefined &&
    config.region !== undefined &&
    !config.allowedRegions.includes(config.region)
  ) {
    faults.push(
      `AWS_REGION ${config.region} is not in CLOUDWATCH_MCP_REGIONS: add it there or choose another default region`,
    );
  }
  return faults;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);
const IDENTITY_VARIABLES = ['AWS_IDENTITY_CENTER_ISSUER', 'AWS_IDENTITY_CENTER_CLIENT_ID', 'AWS_CLOUDWATCH_ROLE_ARN'];

function findDoubts(config: Omit<Config, 'warnings'>, env: Environment): string[] {
  const doubts: string[] = [];
  if (config.transport === 'http' && !config.isAuthEnabled && !LOOPBACK.has(config.host)) {
    doubts.push(
      `ENABLE_AUTH=false on ${config.host}: everybody who reaches this port uses the AWS credentials of this process`,
    );
  }
  const unused = IDENTITY_VARIABLES.filter((name) => isSet(env[name]));
  if (unused.length > 0)
    doubts.push(
      `${unused.join(', ')} set, but without authentication the ambient AWS credentials are used as they are`,
    );
  return doubts;
}
