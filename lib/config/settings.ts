/** Every environment variable of the program: its parser, default and description. The table of docs/configuration.md is generated from it. */
import { AUTH_SETTINGS } from './auth-settings.ts';
import { CAPACITY_SETTINGS } from './capacity-settings.ts';
import { CREDENTIAL_SETTINGS } from './credential-settings.ts';
import { PROXY_SETTINGS } from './proxy-settings.ts';
import { SERVER_SETTINGS } from './server-settings.ts';

export const SETTINGS = {
  ...SERVER_SETTINGS,
  ...CAPACITY_SETTINGS,
  ...AUTH_SETTINGS,
  ...CREDENTIAL_SETTINGS,
  ...PROXY_SETTINGS,
} as const;
