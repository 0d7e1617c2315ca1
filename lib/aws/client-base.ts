/** What every SDK client of this program has in common: time limits, sockets, the way out, and the name that it gives itself. */
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { ProxyEnv } from '../config/proxy.ts';
import { VERSION } from '../version.ts';

/** Of the clients of one pool. */
export interface ClientWay {
  /** Instead of AWS's own, for several pools in one process. */
  readonly endpoint?: string | undefined;
  /** Undefined: requests go directly. */
  readonly proxyEnv?: ProxyEnv | undefined;
}

/** As CloudTrail shows it, so that calls of this server are told from others. */
const PRODUCT = 'cloudwatch-mcp';
export const USER_AGENT = `${PRODUCT}/${VERSION}`;

/** First try and three repetitions, with the SDK's exponential back-off and jitter. */
const MAX_ATTEMPTS = 4;
const CONNECTION_TIMEOUT_MS = 3_000;
/** A single call that takes longer is given up and repeated; the tool's own time limit stands above it. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Enough for the widest fan-out of one tool without queueing inside the process. */
const MAX_SOCKETS = 64;

export function clientBase(region: string, { endpoint, proxyEnv }: ClientWay) {
  // Without the time limit a proxy that takes a connection and says nothing would hold it for ever.
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: REQUEST_TIMEOUT_MS, proxyEnv };
  const requestHandler = {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  };
  const own = { requestHandler, customUserAgent: USER_AGENT, userAgentAppId: PRODUCT };
  return {
    ...own,
    ...(endpoint !== undefined && { endpoint }),
    region,
    maxAttempts: MAX_ATTEMPTS,
    // The clients that the chain makes of itself (STS for IRSA, SSO) take the same way. Metadata is asked without a client.
    credentialDefaultProvider: (init: object) => defaultProvider({ ...init, clientConfig: own }),
  };
}
