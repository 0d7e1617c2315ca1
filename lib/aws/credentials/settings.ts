import type { Config } from '../../config/config.ts';
import type { ProxyConfig } from '../../config/proxy.ts';

/** The part of the configuration that decides with whose credentials AWS is asked. */
export type CredentialSettings = Pick<
  Config,
  'credentialMode' | 'roles' | 'externalId' | 'sessionDurationSeconds' | 'sessionPolicy' | 'stsRegion'
> &
  ProxyConfig &
  // For what is told of the credentials of the process itself.
  Partial<Pick<Config, 'profile' | 'transport'>> &
  Partial<Pick<Config, 'maxHeldAnswerBytes'>>;
