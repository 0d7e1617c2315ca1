/**
 * Environment → frozen, typed configuration. The only reader of `process.env` (adapters hand it in).
 * Responsibilities: defaults, types, contradictions, all faults at once. Not: reading files, asking AWS.
 */
import type { z } from 'zod';
import { findContradictions } from './contradictions.ts';
import { type CredentialMode, chooseCredentialMode } from './credential-mode.ts';
import { findDoubts } from './doubts.ts';
import { collectIssuers, type IssuerSettings } from './issuers.ts';
import { isAuthOn, type RawEnvironment, type RawSettings, type Variables } from './raw-settings.ts';
import { collectRoles, type RoleSettings } from './roles.ts';
import { SETTINGS } from './settings.ts';

type Settings = typeof SETTINGS;

/** How the program was started; some rules differ. */
export type Transport = RawEnvironment['transport'];

export type Environment = Variables;

/** Settings that reach the program in another form than they are written in. */
type Derived =
  | 'isMetricsEnabled'
  | 'listedIssuers'
  | 'listedAudiences'
  | 'extraAudiences'
  | 'jwksUri'
  | 'issuersJson'
  | 'defaultRoleArn'
  | 'roleArns'
  | 'credentialMode'
  | 'stsRegion';

export type Config = {
  readonly [Key in keyof Omit<Settings, Derived>]: z.output<Settings[Key]['schema']>;
} & {
  readonly transport: Transport;
  readonly isMetricsEnabled: boolean;
  /** Whose tokens are taken; empty without authentication. */
  readonly issuers: readonly IssuerSettings[];
  readonly credentialMode: CredentialMode;
  /** The allow-list of accounts, the default role first; empty with ambient credentials. */
  readonly roles: readonly RoleSettings[];
  readonly stsRegion: string;
  /** Sentences to log once at the start: allowed, but worth a look. */
  readonly warnings: readonly string[];
};

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
  const { values, faults } = parseSettings(env);
  const raw: RawSettings = values;
  const environment: RawEnvironment = { raw, transport, isGiven: (variable) => isSet(env[variable]) };
  faults.push(...findContradictions(environment, env));
  if (faults.length > 0) throw new ConfigError(faults);

  const credentialMode = chooseCredentialMode(environment);
  const hasAuth = isAuthOn(environment);
  const config = {
    ...(values as unknown as Config),
    transport,
    isAuthEnabled: hasAuth,
    isMetricsEnabled: raw.isMetricsEnabled ?? transport !== 'lambda',
    resourceUrl: raw.resourceUrl ?? findClusterUrl(raw),
    issuers: hasAuth ? collectIssuers(raw) : [],
    credentialMode,
    roles: credentialMode === 'ambient' ? [] : collectRoles(raw),
    stsRegion: raw.stsRegion ?? raw.region ?? '',
    warnings: findDoubts(environment),
  };
  return deepFreeze(config);
}

function parseSettings(env: Environment): { values: Record<string, unknown>; faults: string[] } {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [key, setting] of Object.entries(SETTINGS)) {
    const variable = setting.variables.find((name) => isSet(env[name])) ?? setting.variables[0];
    const text = isSet(env[variable]) ? env[variable] : setting.fallback;
    const parsed = setting.schema.safeParse(text);
    if (parsed.success) values[key] = parsed.data;
    else {
      const given = setting.isSecret === true ? '' : `; it is ${quote(text)}`;
      for (const message of new Set(parsed.error.issues.map((issue) => issue.message)))
        faults.push(`${variable} ${message}${given}`);
    }
  }
  return { values, faults };
}

/** The name that the Service of the manifests has, whatever port the container listens on. */
function findClusterUrl({ podNamespace }: RawSettings): string | undefined {
  return podNamespace === undefined ? undefined : `http://cloudwatch-mcp.${podNamespace}.svc.cluster.local:3334/mcp`;
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

const MAX_QUOTED_CHARS = 80;

function quote(text: string | undefined): string {
  if (text === undefined) return 'not set';
  // A URL with a password in it is a fault of its own, and this text ends in a log.
  const shown = text.replaceAll(/\/\/[^/\s"]*@/g, '//…@');
  return JSON.stringify(shown.length > MAX_QUOTED_CHARS ? `${shown.slice(0, MAX_QUOTED_CHARS)}…` : shown);
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
