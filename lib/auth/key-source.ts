/** Where the keys of an issuer are, and getting them: the discovery document first, `/.well-known/jwks.json` where there is none. */
import type { IssuerSettings } from '../config/issuers.ts';
import { isLoopbackHost, isSafeToFetch } from '../config/url-rules.ts';
import { HOUR_MS } from '../domain/time.ts';
import { type Fetch, FetchFault, type FetchLimits, fetchJson } from './fetch-json.ts';

export interface KeySourceOptions {
  readonly issuer: Pick<IssuerSettings, 'issuer' | 'jwksUri'>;
  readonly fetch: Fetch;
  readonly clock: () => number;
  readonly limits?: FetchLimits;
}

/** Asks the issuer for its key set, unparsed. @throws FetchFault */
export type KeySource = () => Promise<unknown>;

export function createKeySource({ issuer, fetch, clock, limits }: KeySourceOptions): KeySource {
  const get = (url: string): Promise<unknown> => fetchJson(url, fetch, limits);
  let found: { readonly uri: string; readonly epochMs: number } | undefined;

  async function findUri(): Promise<string> {
    if (issuer.jwksUri !== undefined) return issuer.jwksUri;
    if (found !== undefined && clock() - found.epochMs < HOUR_MS) return found.uri;
    const uri = await discover(issuer.issuer, get);
    found = { uri, epochMs: clock() };
    return uri;
  }

  return async () => {
    const uri = await findUri();
    try {
      return await get(uri);
    } catch (error) {
      // It may have moved: the next attempt asks anew where it is.
      found = undefined;
      throw error;
    }
  };
}

/** OpenID Connect Discovery 1.0, sections 4 and 4.3. */
async function discover(issuer: string, get: (url: string) => Promise<unknown>): Promise<string> {
  const base = issuer.replace(/\/$/, '');
  let document: Readonly<Record<string, unknown>>;
  try {
    document = toRecord(await get(`${base}/.well-known/openid-configuration`));
  } catch (error) {
    if (error instanceof FetchFault && isClientError(error.status)) return `${base}/.well-known/jwks.json`;
    throw error;
  }
  if (document.issuer !== issuer) throw new FetchFault('names another issuer in its discovery document');
  const uri = document.jwks_uri;
  if (typeof uri !== 'string' || !isAsSafeAs(uri, issuer)) {
    throw new FetchFault('gives no usable jwks_uri in its discovery document');
  }
  return uri;
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return { ...(value as object) };
}

function isClientError(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500;
}

/** An issuer elsewhere must not send us to a service of this machine. */
function isAsSafeAs(uri: string, issuer: string): boolean {
  const url = URL.parse(uri);
  if (url === null || !isSafeToFetch(url)) return false;
  return url.protocol === 'https:' || isLoopbackHost(URL.parse(issuer)?.hostname ?? '');
}
