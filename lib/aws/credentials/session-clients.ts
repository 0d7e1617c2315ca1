/** SDK clients of one identity, one set per region, made when they are first needed. */
import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { STSClient } from '@aws-sdk/client-sts';
import { readStrictly } from '../answers/read-strictly.ts';
import { type ClientWay, clientBase } from '../client-base.ts';

export interface AwsClients {
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly sts: STSClient;
}

export type CredentialSource = NonNullable<CloudWatchClientConfig['credentials']>;

export interface ClientOverrides extends ClientWay {
  /** Of the process itself, instead of those that the SDK finds. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Names, keys and a token: some thousand characters. The parser of its XML is slow. */
export const MAX_STS_BYTES = 64_000;

export class SessionClients {
  readonly #byRegion = new Map<string, AwsClients>();
  readonly #way: ClientWay;
  #credentials: CredentialSource | undefined;

  /** @param credentials undefined: those that the SDK finds by itself (pod role, Lambda role, profile) */
  constructor(credentials: CredentialSource | undefined, way: ClientWay = {}) {
    this.#credentials = credentials;
    this.#way = way;
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
    const base = clientBase(region, this.#way);
    const known = this.#credentials;
    const sts = readStrictly(
      new STSClient(known === undefined ? base : { ...base, credentials: known }),
      MAX_STS_BYTES,
    );
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
