/** Where SDK clients come from: for each caller those with that caller's credentials, by the configured mode and no other. */

import { createCallerClientPool } from './caller-client-pool.ts';
import type { ClientPool, ClientPoolOptions, ClientSource } from './client-source.ts';
import type { OwnCredentials } from './describe-own.ts';
import { type ClientOverrides, SessionClients } from './session-clients.ts';
import type { CredentialSettings } from './settings.ts';

/** The pool of the configured mode. There is no way from one mode to another. */
export function createClientPool(settings: CredentialSettings, options: ClientPoolOptions = {}): ClientPool {
  const { credentialMode, profile, transport } = settings;
  return credentialMode === 'ambient'
    ? createAmbientClientPool(options.overrides, { profile, isReaders: transport === 'stdio' })
    : createCallerClientPool({ ...settings, credentialMode }, options);
}

/** The pool for ambient credentials: every caller asks as this process (pod role, Lambda role, profile). */
export function createAmbientClientPool(
  overrides: ClientOverrides = {},
  own: OwnCredentials = { isReaders: false },
): ClientPool & ClientSource {
  const clients = new SessionClients(overrides.credentials, overrides.endpoint);
  const source: ClientSource = {
    own,
    async acquire({ region }) {
      return { clients: clients.of(region), isRenewable: false, release: nothing, discard: nothing };
    },
  };
  return { ...source, forCaller: () => source, close: () => clients.destroy() };
}

function nothing(): void {}
