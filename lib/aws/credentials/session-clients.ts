/** SDK clients of one identity, one set per region, made when they are first needed. */
import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { STSClient } from '@aws-sdk/client-sts';
import { readStrictly } from '../answers/read-strictly.ts';

export interface AwsClients {
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly sts: STSClient;
}

export type CredentialSource = NonNullable<CloudWatchClientConfig['credentials']>;

export interface ClientOverrides {
  /** Instead of AWS's own, for several pools in one process. */
  readonly endpoint?: string;
  /** Of the process itself, instead of those that the SDK finds. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** First try and three repetitions, with the SDK's exponential back-off and jitter. */
const MAX_ATTEMPTS = 4;
const CONNECTION_TIMEOUT_MS = 3_000;
/** A single call that takes longer is given up and repeated; the tool's own time limit stands above it. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Enough for the widest fan-out of one tool without queueing inside the process. */
const MAX_SOCKETS = 64;

/** What every client of this program has in common. */
export function clientBase(region: string, endpoint: string | undefined) {
  const agentOptions = { keepAlive: true, maxSockets: MAX_SOCKETS };
  return {
    ...(endpoint !== undefined && { endpoint }),
    region,
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      httpAgent: agentOptions,
      httpsAgent: agentOptions,
    },
  };
}

export class SessionClients {
  readonly #byRegion = new Map<string, AwsClients>();
  readonly #endpoint: string | undefined;
  #credentials: CredentialSource | undefined;

  /** @param credentials undefined: those that the SDK finds by itself (pod role, Lambda role, profile) */
  constructor(credentials: CredentialSource | undefined, endpoint?: string) {
    this.#credentials = credentials;
    this.#endpoint = endpoint;
  }

  of(region: string): AwsClients {
    const known = this.#byRegion.get(region);
    if (known !== undefined) return known;
    const clients = this.#create(region);
    this.#byRegion.set(region, clients);
    return clients;
  }

  destroy(): void {
    for (const { cloudwatch, logs, sts } of this.#byRegion.values()) {
      cloudwatch.destroy();
      logs.destroy();
      sts.destroy();
    }
    this.#byRegion.clear();
  }

  #create(region: string): AwsClients {
    const base = clientBase(region, this.#endpoint);
    const known = this.#credentials;
    const sts = readStrictly(new STSClient(known === undefined ? base : { ...base, credentials: known }));
    // One provider for all clients: the chain is walked once and its credentials are refreshed in one place.
    const credentials = known ?? sts.config.credentials;
    this.#credentials = credentials;
    const options = { ...base, credentials };
    return {
      sts,
      cloudwatch: readStrictly(new CloudWatchClient(options)),
      logs: readStrictly(new CloudWatchLogsClient(options)),
    };
  }
}
