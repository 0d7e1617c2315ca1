/** Whether the keys of each issuer can be had: without them no token can be verified. */
import { type Fetch, FetchFault } from '../auth/fetch-json.ts';
import { createKeySet } from '../auth/key-set.ts';
import { createKeySource } from '../auth/key-source.ts';
import type { Config } from '../config/config.ts';
import type { IssuerSettings } from '../config/issuers.ts';
import type { Finding } from './finding.ts';

export interface IssuerCheckOptions {
  readonly fetch: Fetch;
  readonly clock: () => number;
}

export function checkIssuers(
  { issuers, clockSkewSeconds }: Pick<Config, 'issuers' | 'clockSkewSeconds'>,
  options: IssuerCheckOptions,
): Promise<Finding[]> {
  return Promise.all(issuers.map((settings) => checkIssuer(settings, clockSkewSeconds, options)));
}

async function checkIssuer(
  settings: IssuerSettings,
  clockSkewSeconds: number,
  options: IssuerCheckOptions,
): Promise<Finding> {
  const { issuer, audiences } = settings;
  try {
    const { ids } = createKeySet(await createKeySource({ issuer: settings, ...options })(), {
      issuer,
      clockSkewSeconds,
    });
    if (ids.length === 0) {
      return { state: 'failed', text: `${issuer} publishes no usable key → ask who runs it for its signing keys.` };
    }
    const text = `${issuer} publishes ${ids.length === 1 ? 'one key' : `${ids.length} keys`}; tokens must be for ${audiences.join(' or ')}.`;
    return { state: 'ok', text };
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    return {
      state: 'failed',
      text: `The keys of ${issuer} cannot be had: it ${error.message} → check AWS_IDENTITY_CENTER_ISSUER, and whether this network reaches it.`,
    };
  }
}
