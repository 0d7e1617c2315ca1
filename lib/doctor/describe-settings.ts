/** Every setting with its value and where the value comes from; variables that look like settings but are none. */

import type { Environment } from '../config/config.ts';
import type { Setting } from '../config/setting.ts';
import { SETTINGS } from '../config/settings.ts';
import { suggest } from '../domain/text/nearest.ts';

export interface SettingLine {
  readonly variable: string;
  /** As it is written; never that of a secret. */
  readonly value: string;
  readonly source: string;
}

const OUR_PREFIXES = ['CLOUDWATCH_MCP_', 'MCP_', 'AUTH_', 'AWS_IDENTITY_CENTER_', 'AWS_CLOUDWATCH_'];
/** What Kubernetes injects for a Service called cloudwatch-mcp. */
const SERVICE_LINK = /^CLOUDWATCH_MCP_(SERVICE_|PORT_\d)/;

function isGiven(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

export function describeSettings(env: Environment): SettingLine[] {
  const settings: readonly Setting<never>[] = Object.values(SETTINGS) as never;
  return settings.map((setting) => {
    const given = setting.variables.find((name) => isGiven(env[name]));
    const variable = given ?? setting.variables[0];
    if (given === undefined) {
      const { fallback } = setting;
      return { variable, value: isGiven(fallback) ? fallback : '(none)', source: 'default' };
    }
    return { variable, value: setting.isSecret === true ? '(hidden)' : (env[given] ?? ''), source: 'environment' };
  });
}

/** A misspelt variable is ignored by the program and by everybody who looks for the reason. */
export function findStrangers(env: Environment): string[] {
  const known = Object.values(SETTINGS).flatMap((setting): readonly string[] => setting.variables);
  const ours = Object.keys(env).filter((name) => OUR_PREFIXES.some((prefix) => name.startsWith(prefix)));
  return ours
    .filter((name) => !known.includes(name) && !SERVICE_LINK.test(name))
    .map((name) => `${name} is set, but it is no setting of this program and is ignored.${suggest(name, known)}`);
}
