/** Whether the keys of each issuer can be had: without them no token can be verified. */
import { type Fetch, FetchFault } from '../auth/fetch-json.ts';
import { createKeySet } from '../auth/key-set.ts';
import { createKeySource } from '../auth/key-source.ts';
import type { Config } from '../config/config.ts';
import type { IssuerSettings } from '../config/issuers.ts';
import { findProxy, type ProxyConfig } from '../config/proxy.ts';
import { hostOf } from './endpoints.ts';
import { explainNetwork } from './explain-network.ts';
import type { Finding } from './finding.ts';
import { findNetworkFault } from './network-reason.ts';

export interface IssuerCheckOptions {
  readonly fetch: Fetch;
  readonly clock: () => number;
}

export function checkIssuers(
  config: Pick<Config, 'issuers' | 'clockSkewSeconds' | 'podNamespace' | 'region'> & ProxyConfig,
  options: IssuerCheckOptions,
): Promise<Finding[]> {
  return Promise.all(config.issuers.map((settings) => checkIssuer(settings, config, options)));
}

async function checkIssuer(
  settings: IssuerSettings,
  config: Omit<Parameters<typeof checkIssuers>[0], 'issuers'>,
  options: IssuerCheckOptions,
): Promise<Finding> {
  const { issuer, audiences } = settings;
  const { clockSkewSeconds, podNamespace = '<namespace>', region } = config;
  const proxy = findProxy(settings.jwksUri ?? issuer, config);
  try {
    const { ids } = createKeySet(await createKeySource({ issuer: settings, ...options })(), {
      issuer,
      clockSkewSeconds,
    });
    if (ids.length === 0) {
      const text = `${issuer} publishes no usable key → ask who runs it for its signing keys.`;
      return { check: 'issuer', state: 'failed', text, reason: 'issuer_answer', next: askIssuer(settings) };
    }
    const text = `${issuer} publishes ${ids.length === 1 ? 'one key' : `${ids.length} keys`}; tokens must be for ${audiences.join(' or ')}${proxy === undefined ? '' : ` (asked through the proxy ${proxy})`}.`;
    return { check: 'issuer', state: 'ok', text };
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    const fault = findNetworkFault(error);
    if (fault !== undefined) {
      const host = hostOf(settings.jwksUri ?? issuer);
      const { text, reason, next } = explainNetwork(fault, { namespace: podNamespace, region, host, proxy });
      return { check: 'issuer', state: 'failed', text: `The keys of ${issuer} cannot be had: ${text}`, reason, next };
    }
    const text = `The keys of ${issuer} cannot be had: it ${error.message} → check AWS_IDENTITY_CENTER_ISSUER.`;
    return { check: 'issuer', state: 'failed', text, reason: 'issuer_answer', next: askIssuer(settings) };
  }
}

function askIssuer({ issuer, jwksUri }: IssuerSettings): string {
  return `curl -sS ${jwksUri ?? `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`}`;
}
