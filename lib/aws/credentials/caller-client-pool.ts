/** SDK clients per user and role: credentials are asked for by the first call that needs them, and go with their clients. */

import type { Caller } from '../../auth/principal.ts';
import type { RoleSettings } from '../../config/roles.ts';
import { AppError, isAppError } from '../../errors.ts';
import { withSockets } from '../client-base.ts';
import { type AwsCredentials, keepUntil } from './aws-credentials.ts';
import type { ClientPool, ClientPoolOptions, ClientSource } from './client-source.ts';
import { createClientStore } from './client-store.ts';
import { toCredentialKey } from './credential-key.ts';
import { LeaseCache, type Loaded } from './lease-cache.ts';
import { SessionClients } from './session-clients.ts';

import { createStsExchange, type ExchangeSettings } from './sts-exchange.ts';
import { isRefusal } from './translate-sts-error.ts';

/** Users × accounts whose credentials are kept at once. */
const MAX_ENTRIES = 1_000;
/** A refused user who tries again at once would be refused again. */
const REFUSAL_MS = 30_000;

export function createCallerClientPool(
  settings: ExchangeSettings,
  { overrides = {}, clock = Date.now, metrics }: ClientPoolOptions = {},
): ClientPool {
  const way = withSockets(overrides);
  const store = createClientStore({ clock });
  const exchange = createStsExchange(settings, way);
  const cache = new LeaseCache<SessionClients>({
    maxEntries: MAX_ENTRIES,
    refusalMs: REFUSAL_MS,
    isRefusal,
    dispose: (clients) => clients.forget(),
    clock,
  });

  async function openSession(role: RoleSettings, caller: Caller): Promise<AwsCredentials> {
    const startedMs = performance.now();
    const report = (outcome: string): void =>
      metrics?.observeExchange(outcome, (performance.now() - startedMs) / 1_000);
    try {
      const credentials = await exchange.openSession(role, caller);
      report('ok');
      return credentials;
    } catch (error) {
      report(isAppError(error) ? error.code : 'internal');
      throw error;
    }
  }

  function sourceOf(caller: Caller): ClientSource {
    return {
      hasProxy: overrides.proxyEnv !== undefined,
      async acquire(target, signal) {
        const role = settings.roles.find(({ alias }) => alias === target.account);
        if (role === undefined) throw noRole(target.account);
        const key = toCredentialKey({
          caller,
          roleArn: role.roleArn,
          durationSeconds: settings.sessionDurationSeconds,
          policy: settings.sessionPolicy,
        });
        const load = async (): Promise<Loaded<SessionClients>> => {
          const credentials = await openSession(role, caller);
          const { accessKeyId, secretAccessKey, sessionToken } = credentials;
          return {
            value: new SessionClients({ store, way, credentials: { accessKeyId, secretAccessKey, sessionToken } }),
            keepUntilEpochMs: keepUntil(credentials, caller.principal.expiresEpochMs, clock()),
          };
        };
        const lease = await cache.acquire(key, load, signal);
        return {
          clients: lease.value.of(target.region),
          isRenewable: true,
          release: () => lease.release(),
          discard: () => lease.discard(),
        };
      },
    };
  }

  return {
    forCaller: (caller) => (caller === undefined ? NOBODY : sourceOf(caller)),
    cachedCount: () => cache.size,
    clientCount: () => store.size,
    close() {
      cache.close();
      way.requestHandler.destroy();
    },
  };
}

/** A configuration that lets this happen does not start; should it happen all the same, nobody gets anything. */
const NOBODY: ClientSource = {
  async acquire() {
    throw new AppError(
      'aws_config',
      'Nobody is signed in, and this server asks AWS for signed-in users only → tell the administrator to switch authentication on, or to choose ambient credentials.',
    );
  },
};

function noRole(account: string): AppError {
  return new AppError(
    'invalid_input',
    `Account ${JSON.stringify(account.slice(0, 40))} may not be asked through this server → list_targets shows those that may.`,
  );
}
