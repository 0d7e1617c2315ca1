/** SDK clients, one set per account and region, kept while the process lives so that their connections are reused. */
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsClients } from './connection.ts';
import type { Target } from './ports/targets.ts';

/** First try and three repetitions, with the SDK's exponential back-off and jitter. */
const MAX_ATTEMPTS = 4;
const CONNECTION_TIMEOUT_MS = 3_000;
/** A single call that takes longer is given up and repeated; the tool's own time limit stands above it. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Enough for the widest fan-out of one tool without queueing inside the process. */
const MAX_SOCKETS = 64;

export interface ClientPool {
  clientsFor(target: Target): AwsClients;
  close(): void;
}

export interface ClientOverrides {
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * The pool for ambient credentials: those that the SDK finds by itself (pod role, Lambda role, profile).
 * @param overrides another endpoint and key pair than the environment's, for several pools in one process
 */
export function createAmbientClientPool(overrides: ClientOverrides = {}): ClientPool {
  const pool = new Map<string, AwsClients>();
  let ambient: STSClient['config']['credentials'] | undefined;
  const create = (region: string): AwsClients => {
    const agentOptions = { keepAlive: true, maxSockets: MAX_SOCKETS };
    const base = {
      ...overrides,
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
    const sts = new STSClient(ambient === undefined ? base : { ...base, credentials: ambient });
    // One provider for all clients: the chain is walked once and its credentials are refreshed in one place.
    ambient ??= sts.config.credentials;
    const options = { ...base, credentials: ambient };
    return { sts, cloudwatch: new CloudWatchClient(options), logs: new CloudWatchLogsClient(options) };
  };
  return {
    clientsFor(target) {
      const key = `${target.account}|${target.region}`;
      const known = pool.get(key);
      if (known !== undefined) return known;
      const clients = create(target.region);
      pool.set(key, clients);
      return clients;
    },
    close() {
      for (const { cloudwatch, logs, sts } of pool.values()) {
        cloudwatch.destroy();
        logs.destroy();
        sts.destroy();
      }
      pool.clear();
    },
  };
}
