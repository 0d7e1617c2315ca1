/** Which way requests leave the process: the one place that decides between a forward proxy and the direct way. */
import type { Config } from './config.ts';
import { isListed } from './no-proxy.ts';

export type ProxyConfig = Pick<Config, 'httpsProxy' | 'httpProxy' | 'noProxy'>;

/** What Node's http and https agents take as `proxyEnv`. */
export type ProxyEnv = {
  readonly HTTPS_PROXY?: string;
  readonly HTTP_PROXY?: string;
  readonly NO_PROXY: string;
};

/**
 * Never through a proxy: this machine, and the link-local addresses that give credentials: instance metadata (IMDS),
 * tasks of ECS, EKS Pod Identity. A proxy there would get the credentials of its own machine, or hand ours on.
 */
const ALWAYS_DIRECT = [
  '.localhost',
  '127.0.0.0-127.255.255.255',
  '::1',
  '169.254.0.0-169.254.255.255',
  'fd00:ec2::23',
  'fd00:ec2::254',
] as const;

/** Undefined without a proxy. */
export function toProxyEnv({ httpsProxy, httpProxy, noProxy }: ProxyConfig): ProxyEnv | undefined {
  if (httpsProxy === undefined && httpProxy === undefined) return undefined;
  return {
    ...(httpsProxy !== undefined && { HTTPS_PROXY: httpsProxy }),
    ...(httpProxy !== undefined && { HTTP_PROXY: httpProxy }),
    NO_PROXY: [...ALWAYS_DIRECT, ...noProxy.entries].join(','),
  };
}

/** The proxy that a request to `url` takes, without user and password; undefined where it goes directly. */
export function findProxy(url: string, { httpsProxy, httpProxy, noProxy }: ProxyConfig): string | undefined {
  const target = URL.parse(url);
  const isTls = target?.protocol === 'https:';
  const proxy = isTls ? httpsProxy : httpProxy;
  if (target === null || proxy === undefined) return undefined;
  const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = target.port === '' ? (isTls ? '443' : '80') : target.port;
  return isListed([...ALWAYS_DIRECT, ...noProxy.entries], host, port) ? undefined : nameProxy(proxy);
}

/** `http://proxy.example.com:3128`, whatever user and password are in it. */
export function nameProxy(proxy: string): string {
  return URL.parse(proxy)?.origin ?? 'the proxy';
}
