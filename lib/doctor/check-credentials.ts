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
import type { Endpoint } from './endpoints.ts';
import type { AwsPlace } from './explain-aws.ts';
import type { Finding } from './finding.ts';

export interface CredentialCheckOptions {
  readonly env: Environment;
  readonly endpoints: readonly Endpoint[];
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
  const at = (service: Endpoint['service'], issuer?: string): AwsPlace => ({
    config,
    endpoint: findEndpoint(options.endpoints, service),
    issuer,
  });
  const findings: Finding[] = [];
  if (config.credentialMode !== 'web-identity') {
    findings.push({ check: 'credentials', state: 'ok', text: describeCredentialSource(options.env) });
    const { identity } = ports(options.ambient);
    findings.push(await checkIdentity('this process', identity, at('sts'), options.newSignal()));
  }
  if (config.credentialMode === 'ambient') {
    findings.push(await checkAlarms(ports(options.ambient).alarms, at('monitoring'), options.newSignal()));
    return [...findings, ...(await checkToken(options)).findings];
  }
  const { caller, findings: ofToken } = await checkToken(options);
  findings.push(...ofToken);
  if (caller === undefined) {
    const text = `AWS is asked with the credentials of each user (${config.credentialMode}), so it was not asked now: pass a user's token with --token-stdin to try.`;
    return [...findings, { check: 'identity', state: 'unknown', text, next: tryWithToken(config) }];
  }
  const { identity, alarms } = ports(options.pool, caller);
  const issuer = config.credentialMode === 'web-identity' ? caller.principal.issuer : undefined;
  // One after the other: the first fetches the credentials, and a refusal is told once.
  const found = await checkIdentity('this user', identity, at('sts', issuer), options.newSignal());
  findings.push(found);
  if (found.state === 'ok') findings.push(await checkAlarms(alarms, at('monitoring', issuer), options.newSignal()));
  return findings;
}

function tryWithToken({ podNamespace = '<namespace>' }: Config): string {
  return `kubectl exec -i -n ${podNamespace} deploy/cloudwatch-mcp -- node server.mjs --doctor --token-stdin < token.txt`;
}

function findEndpoint(endpoints: readonly Endpoint[], service: Endpoint['service']): Endpoint {
  const found = endpoints.find((endpoint) => endpoint.service === service);
  if (found === undefined) throw new Error(`There is no endpoint of ${service}.`);
  return found;
}

/** What is in the token, without its signature. */
const SHOW_CLAIMS = "cut -d. -f2 token.txt | tr '_-' '/+' | base64 -d 2>/dev/null";

/** No finding where no token was given. */
async function checkToken({
  token,
  verifier,
}: CredentialCheckOptions): Promise<{ caller?: Caller; findings: Finding[] }> {
  if (token === undefined) return { findings: [] };
  if (verifier === undefined) {
    return {
      findings: [{ check: 'token', state: 'unknown', text: 'Authentication is off: the token was not looked at.' }],
    };
  }
  try {
    const principal = await verifier.verify(token);
    const text = `The token is accepted: subject ${JSON.stringify(principal.subject)} of ${principal.issuer}.`;
    return { caller: { principal, token }, findings: [{ check: 'token', state: 'ok', text }] };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const text = `The token is refused: ${error.publicMessage}`;
    // Keys that cannot be had are told by the check of the issuer.
    const reason = error.code === 'temporarily_unavailable' ? 'issuer_answer' : 'token_refused';
    return { findings: [{ check: 'token', state: 'failed', text, reason, next: SHOW_CLAIMS }] };
  }
}
