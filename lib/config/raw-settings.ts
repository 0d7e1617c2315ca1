/** What parsing the environment gives, before the settings are compared with each other. */
import type { z } from 'zod';
import type { SETTINGS } from './settings.ts';

type Settings = typeof SETTINGS;

export type SettingKey = keyof Settings;

/** One value per setting, defaults included; absent where the text could not be parsed. */
export type RawSettings = { readonly [Key in SettingKey]?: z.output<Settings[Key]['schema']> };

export type Variables = Readonly<Record<string, string | undefined>>;

export interface RawEnvironment {
  readonly raw: RawSettings;
  /** How the program was started; some rules differ. */
  readonly transport: 'http' | 'stdio' | 'lambda';
  /** Whether a variable of that name holds text. */
  readonly isGiven: (variable: string) => boolean;
}

/** Over stdio the client has started this process as its own user: there is no token to verify. */
export function isAuthOn({ raw, transport }: Pick<RawEnvironment, 'raw' | 'transport'>): boolean {
  return raw.isAuthEnabled === true && transport !== 'stdio';
}
