/** SDK clients of one identity, one per region and service, out of the store of the process. */
import { randomUUID } from 'node:crypto';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { STSClient } from '@aws-sdk/client-sts';
import { readStrictly } from '../answers/read-strictly.ts';
import { type ClientWay, clientBase } from '../client-base.ts';
import type { ClientStore } from './client-store.ts';

/** Each is made when it is first asked for. */
export interface AwsClients {
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly cloudtrail: CloudTrailClient;
  readonly sts: STSClient;
}

export type CredentialSource = NonNullable<CloudWatchClientConfig['credentials']>;

export interface ClientOverrides extends ClientWay {
  /** Of the process itself, instead of those that the SDK finds. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Names, keys and a token: some thousand characters. The parser of its XML is slow. */
export const MAX_STS_BYTES = 64_000;

export interface SessionClientsOptions {
  readonly store: ClientStore;
  readonly way: ClientWay;
  /** Undefined: those that the SDK finds by itself (pod role, Lambda role, profile). */
  readonly credentials?: CredentialSource | undefined;
}

export class SessionClients {
  readonly #store: ClientStore;
  readonly #way: ClientWay;
  readonly #id = randomUUID();
  readonly #keys = new Set<string>();
  #credentials: CredentialSource | undefined;

  constructor({ store, way, credentials }: SessionClientsOptions) {
    this.#store = store;
    this.#way = way;
    this.#credentials = credentials;
  }

  of(region: string): AwsClients {
    const take = <Client extends object>(service: string, create: () => Client): Client => {
      const key = `${this.#id} ${region} ${service}`;
      this.#keys.add(key);
      return this.#store.take(key, create);
    };
    const options = () => ({ ...clientBase(region, this.#way), credentials: this.#credentialsFor(region) });
    return {
      get cloudwatch() {
        return take('cloudwatch', () => readStrictly(new CloudWatchClient(options())));
      },
      get logs() {
        return take('logs', () => readStrictly(new CloudWatchLogsClient(options())));
      },
      get cloudtrail() {
        return take('cloudtrail', () => readStrictly(new CloudTrailClient(options())));
      },
      get sts() {
        return take('sts', () => readStrictly(new STSClient(options()), MAX_STS_BYTES));
      },
    };
  }

  /** The identity is over: nothing of it is kept. */
  forget(): void {
    for (const key of this.#keys) this.#store.forget(key);
    this.#keys.clear();
  }

  /** One provider for all clients: the chain is walked once and its credentials are refreshed in one place. */
  #credentialsFor(region: string): CredentialSource {
    this.#credentials ??= new STSClient(clientBase(region, this.#way)).config.credentials;
    return this.#credentials;
  }
}
