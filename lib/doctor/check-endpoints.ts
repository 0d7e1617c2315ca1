/** Whether the network leads to AWS at all: any answer counts, a refusal too. Needs no credentials. */
import type { Config } from '../config/config.ts';
import { findProxy, type ProxyConfig } from '../config/proxy.ts';
import { type Endpoint, hostOf } from './endpoints.ts';
import { explainNetwork } from './explain-network.ts';
import type { Finding } from './finding.ts';
import { findNetworkFault } from './network-reason.ts';

/** Asks a URL. Resolves with the time that the other side gives, in epoch milliseconds. @throws what the socket says */
export type Probe = (url: string, signal: AbortSignal) => Promise<number | undefined>;

export interface Reached {
  readonly findings: readonly Finding[];
  /** What AWS says its time is; undefined where nobody answered with one. */
  readonly awsEpochMs: number | undefined;
}

export async function checkEndpoints(
  endpoints: readonly Endpoint[],
  config: Pick<Config, 'podNamespace'> & ProxyConfig,
  probe: Probe,
  newSignal: () => AbortSignal,
): Promise<Reached> {
  // Several services may be led to one address.
  const different = endpoints.filter(({ url }, index) => endpoints.findIndex((other) => other.url === url) === index);
  const asked = await Promise.all(different.map((endpoint) => ask(endpoint)));
  return {
    findings: asked.map(({ finding }) => finding),
    awsEpochMs: asked.find(({ epochMs }) => epochMs !== undefined)?.epochMs,
  };

  async function ask(endpoint: Endpoint): Promise<{ finding: Finding; epochMs?: number | undefined }> {
    const host = hostOf(endpoint.url);
    const proxy = findProxy(endpoint.url, config);
    try {
      const epochMs = await probe(endpoint.url, newSignal());
      return {
        finding: {
          check: 'endpoint',
          state: 'ok',
          text: `${host} can be reached${proxy === undefined ? '' : ` through the proxy ${proxy}`}.`,
        },
        epochMs,
      };
    } catch (error) {
      const fault = findNetworkFault(error) ?? { reason: 'broken_off', code: 'unknown error' };
      const place = {
        namespace: config.podNamespace ?? '<namespace>',
        region: endpoint.region,
        host,
        service: endpoint.service,
        proxy,
      };
      return { finding: { check: 'endpoint', state: 'failed', ...explainNetwork(fault, place) } };
    }
  }
}
