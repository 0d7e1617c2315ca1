/** What every SDK client of this program has in common: time limits, sockets, the way out, and the name that it gives itself. */
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ProxyEnv } from '../config/proxy.ts';
import { VERSION } from '../version.ts';
import { AnswerRoom, takeRoom } from './answers/answer-room.ts';

/** Of the clients of one pool. */
export interface ClientWay {
  /** Instead of AWS's own, for several pools in one process. */
  readonly endpoint?: string | undefined;
  /** Undefined: requests go directly. */
  readonly proxyEnv?: ProxyEnv | undefined;
  /** Of AWS's answers, at once: of all tool calls at work. */
  readonly maxHeldBytes?: number | undefined;
  /** The sockets of all clients of the pool. */
  readonly requestHandler?: NodeHttpHandler | undefined;
}

/** As CloudTrail shows it, so that calls of this server are told from others. */
const PRODUCT = 'cloudwatch-mcp';
export const USER_AGENT = `${PRODUCT}/${VERSION}`;

/** First try and three repetitions, with the SDK's exponential back-off and jitter. */
const MAX_ATTEMPTS = 4;
const CONNECTION_TIMEOUT_MS = 3_000;
/** A single call that takes longer is given up and repeated; the tool's own time limit stands above it. */
const REQUEST_TIMEOUT_MS = 30_000;
/** To one host (a service in a region), of all users: enough for all calls at work without queueing inside the process. */
const MAX_SOCKETS = 256;
/** Kept open unused, to one host: a fan-out asks a hundred hosts, most of them once. */
const MAX_FREE_SOCKETS = 8;

/**
 * The sockets to AWS: one handler for all clients of a process, whatever users and regions they are of.
 */
function createRequestHandler({ proxyEnv, maxHeldBytes }: ClientWay): NodeHttpHandler {
  const agent = {
    keepAlive: true,
    maxSockets: MAX_SOCKETS,
    maxFreeSockets: MAX_FREE_SOCKETS,
    // Without it a proxy that takes a connection and says nothing would hold it for ever.
    timeout: REQUEST_TIMEOUT_MS,
    proxyEnv,
  };
  const handler = new NodeHttpHandler({
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  });
  return takeRoom(handler, new AnswerRoom(maxHeldBytes));
}

/** The same way, with sockets that all its clients share; whoever makes them destroys them, and no client before. */
export function withSockets<Way extends ClientWay>(way: Way): Way & { readonly requestHandler: NodeHttpHandler } {
  return { ...way, requestHandler: way.requestHandler ?? createRequestHandler(way) };
}

export function clientBase(region: string, way: ClientWay) {
  const { endpoint } = way;
  const { requestHandler } = withSockets(way);
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
