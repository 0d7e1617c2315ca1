/** With whose credentials AWS would be asked, by the configured mode, and whether that works. */
import type { Caller } from '../auth/principal.ts';
import type { TokenVerifier } from '../auth/verifier.ts';
import { createPorts } from '../aws/create-ports.ts';
import type { ClientPool } from '../aws/credentials/client-source.ts';
import type { AwsPorts } from '../aws/ports/ports.ts';
import { createTargets } from '../aws/targets.ts';
import type { Config, Environment } from '../config/config.ts';
import { isAppError } from '../errors.ts';
import { checkAlarms, checkIdentity } from './check-aws.ts';
import { describeCredentialSource } from './credential-source.ts';
import type { Finding } from './finding.ts';

export interface CredentialCheckOptions {
  readonly env: Environment;
  /** Clients of the process itself. */
  readonly ambient: ClientPool;
  /** Clients by the configured mode. */
  readonly pool: ClientPool;
  readonly verifier: TokenVerifier | undefined;
  /** Of a user, to go the whole way with it. */
  readonly token: string | undefined;
  /** A signal for one call. */
  readonly newSignal: () => AbortSignal;
}

export async function checkCredentials(config: Config, options: CredentialCheckOptions): Promise<Finding[]> {
  const ports = (pool: ClientPool, caller?: Caller): AwsPorts =>
    createPorts(pool.forCaller(caller), createTargets(config).one({}));
  const findings: Finding[] = [];
  if (config.credentialMode !== 'web-identity') {
    findings.push({ state: 'ok', text: describeCredentialSource(options.env) });
    findings.push(await checkIdentity('this process', ports(options.ambient).identity, options.newSignal()));
  }
  if (config.credentialMode === 'ambient') {
    findings.push(await checkAlarms(ports(options.ambient).alarms, config.region, options.newSignal()));
    return [...findings, ...(await checkToken(options)).findings];
  }
  const { caller, findings: ofToken } = await checkToken(options);
  findings.push(...ofToken);
  if (caller === undefined) {
    const text = `AWS is asked with the credentials of each user (${config.credentialMode}), so it was not asked now: pass a user's token with --token-stdin to try.`;
    return [...findings, { state: 'unknown', text }];
  }
  const { identity, alarms } = ports(options.pool, caller);
  // One after the other: the first fetches the credentials, and a refusal is told once.
  const found = await checkIdentity('this user', identity, options.newSignal());
  findings.push(found);
  if (found.state === 'ok') findings.push(await checkAlarms(alarms, config.region, options.newSignal()));
  return findings;
}

/** No finding where no token was given. */
async function checkToken({
  token,
  verifier,
}: CredentialCheckOptions): Promise<{ caller?: Caller; findings: Finding[] }> {
  if (token === undefined) return { findings: [] };
  if (verifier === undefined) {
    return { findings: [{ state: 'unknown', text: 'Authentication is off: the token was not looked at.' }] };
  }
  try {
    const principal = await verifier.verify(token);
    const text = `The token is accepted: subject ${JSON.stringify(principal.subject)} of ${principal.issuer}.`;
    return { caller: { principal, token }, findings: [{ state: 'ok', text }] };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { findings: [{ state: 'failed', text: `The token is refused: ${error.publicMessage}` }] };
  }
}
