/**
 * Which Host and Origin header values this server answers to: the guard against DNS rebinding and foreign web pages.
 * Pure. Not here: who may call (auth), and which paths are guarded (paths.ts).
 */
import type { Config } from '../config/config.ts';

export interface HostPolicy {
  /** `domainName` is the Function URL's own name, where there is one. */
  isHostAllowed(host: string | undefined, domainName: string | undefined): boolean;
  /** True for an absent Origin (no browser), a listed one, and that of the very host that was asked. */
  isOriginAllowed(origin: string | undefined, host: string | undefined): boolean;
}

type HostSettings = Pick<Config, 'allowedHosts' | 'allowedOrigins' | 'host' | 'podNamespace'> &
  Partial<Pick<Config, 'resourceUrl'>>;

const SERVICE_NAME = 'cloudwatch-mcp';
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
/** Listening on these means any address, so their text says nothing about how clients name us. */
const WILDCARD_ADDRESSES = new Set(['0.0.0.0', '::', '[::]', '']);

export function createHostPolicy(settings: HostSettings): HostPolicy {
  const allowedHosts = new Set(
    [...listDefaultHosts(settings), ...settings.allowedHosts].map((host) => host.toLowerCase()),
  );
  const allowedOrigins = new Set(settings.allowedOrigins.map((origin) => origin.toLowerCase()));

  function isHostAllowed(host: string | undefined, domainName: string | undefined): boolean {
    if (host === undefined) return false;
    const value = host.toLowerCase();
    const name = stripPort(value);
    if (name === undefined) return false;
    return (
      allowedHosts.has(value) ||
      allowedHosts.has(name) ||
      (domainName !== undefined && name === domainName.toLowerCase())
    );
  }

  function isOriginAllowed(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined) return true;
    const value = origin.toLowerCase();
    if (allowedOrigins.has(value)) return true;
    return (
      host !== undefined && (value === `http://${host.toLowerCase()}` || value === `https://${host.toLowerCase()}`)
    );
  }

  return { isHostAllowed, isOriginAllowed };
}

function listDefaultHosts({ host, podNamespace, resourceUrl }: HostSettings): string[] {
  const hosts = [...LOCAL_HOSTS, ...listClusterHosts(podNamespace)];
  const published = resourceUrl === undefined ? null : URL.parse(resourceUrl);
  if (published !== null) hosts.push(published.hostname);
  if (!WILDCARD_ADDRESSES.has(host)) hosts.push(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
  return hosts;
}

/** Names of the Service inside of the cluster. */
function listClusterHosts(podNamespace: string | undefined): string[] {
  if (podNamespace === undefined) return [SERVICE_NAME];
  const inNamespace = `${SERVICE_NAME}.${podNamespace}`;
  return [SERVICE_NAME, inNamespace, `${inNamespace}.svc`, `${inNamespace}.svc.cluster.local`];
}

/**
 * Whether a request was sent to the name that the server is published under (MCP_RESOURCE_URL), and not to one of those
 * that the cluster has for it. A caller may write any allowed Host; with another one it gains what the cluster's pods have.
 */
export function isPublishedHost(
  { resourceUrl, podNamespace }: Pick<Config, 'resourceUrl' | 'podNamespace'>,
  host: string | undefined,
): boolean {
  const published = resourceUrl === undefined ? undefined : URL.parse(resourceUrl)?.hostname;
  if (published === undefined || host === undefined || listClusterHosts(podNamespace).includes(published)) return false;
  return stripPort(host.toLowerCase()) === published;
}

/** The host without its port; undefined where the value is no `host[:port]`. */
function stripPort(value: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/.exec(value)?.[1];
}
