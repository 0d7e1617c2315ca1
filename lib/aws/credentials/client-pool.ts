/** Where SDK clients come from: for each caller those with that caller's credentials, by the configured mode and no other. */

import { toProxyEnv } from '../../config/proxy.ts';
import { withSockets } from '../client-base.ts';
import { createCallerClientPool } from './caller-client-pool.ts';
import type { ClientPool, ClientPoolOptions, ClientSource } from './client-source.ts';
import { createClientStore } from './client-store.ts';
import type { OwnCredentials } from './describe-own.ts';
import { type ClientOverrides, SessionClients } from './session-clients.ts';
import type { CredentialSettings } from './settings.ts';

/** The pool of the configured mode. There is no way from one mode to another. */
export function createClientPool(settings: CredentialSettings, options: ClientPoolOptions = {}): ClientPool {
  const { credentialMode, profile, transport } = settings;
  const overrides = {
    proxyEnv: toProxyEnv(settings),
    maxHeldBytes: settings.maxHeldAnswerBytes,
    ...options.overrides,
  };
  return credentialMode === 'ambient'
    ? createAmbientClientPool(overrides, { profile, isReaders: transport === 'stdio' })
    : createCallerClientPool({ ...settings, credentialMode }, { ...options, overrides });
}

/** The pool for ambient credentials: every caller asks as this process (pod role, Lambda role, profile). */
export function createAmbientClientPool(
  overrides: ClientOverrides = {},
  own: OwnCredentials = { isReaders: false },
): ClientPool & ClientSource {
  const way = withSockets(overrides);
  const store = createClientStore();
  const clients = new SessionClients({ store, way, credentials: overrides.credentials });
  const source: ClientSource = {
    own,
    hasProxy: overrides.proxyEnv !== undefined,
    async acquire({ region }) {
      return { clients: clients.of(region), isRenewable: false, release: nothing, discard: nothing };
    },
  };
  return {
    ...source,
    forCaller: () => source,
    clientCount: () => store.size,
    close() {
      clients.forget();
      way.requestHandler.destroy();
    },
  };
}

function nothing(): void {}
