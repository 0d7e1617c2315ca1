/** The protected-resource metadata (RFC 9728), open to all, and GET /auth/whoami. Only with authentication on. */
import { describeResource } from '../lib/auth/resource-metadata.ts';
import { AppError } from '../lib/errors.ts';
import type { HostPolicy } from '../lib/http/host-policy.ts';
import { jsonResult } from '../lib/http/json-result.ts';
import { compose } from '../lib/middleware/compose.ts';
import { hostOrigin } from '../lib/middleware/host-origin.ts';
import { method } from '../lib/middleware/method.ts';
import type { ComposedHandler } from '../lib/middleware/types.ts';
import type { App } from './app.ts';
import type { AuthChain } from './auth-chain.ts';

const OK = 200;
/** What tools call the account of this process's own credentials. */
const AMBIENT_ACCOUNT = 'default';

export function createMetadataRoute(
  { config }: Pick<App, 'config'>,
  { resourceUrlOf }: Pick<AuthChain, 'resourceUrlOf'>,
): ComposedHandler {
  return compose(async (event) => jsonResult(OK, describeResource(config, resourceUrlOf(event))), [method('GET')]);
}

/** What the token says, and what configuration makes of it. AWS is not asked. */
export function createWhoamiRoute(
  { config, clock = Date.now }: Pick<App, 'config' | 'clock'>,
  policy: HostPolicy,
  { bearer }: Pick<AuthChain, 'bearer'>,
): ComposedHandler {
  const named = config.roles.map(({ alias, accountId }) => ({ alias, id: accountId }));
  const accounts = named.length === 0 ? [{ alias: AMBIENT_ACCOUNT }] : named;
  return compose(
    async (_event, { caller }) => {
      if (caller === undefined) throw new AppError('unauthorized', 'There is no caller: send a token.');
      const { subject, issuer, audiences, scopes, expiresEpochMs } = caller.principal;
      return jsonResult(OK, {
        subject,
        issuer,
        audience: audiences,
        scopes,
        expiresInSeconds: Math.max(0, Math.floor((expiresEpochMs - clock()) / 1_000)),
        accounts,
      });
    },
    [method('GET'), hostOrigin(policy), ...bearer],
  );
}
