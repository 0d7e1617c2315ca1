/** A forward proxy that does not let a request through: for callers, who can do nothing about it and must know that. */

/** Of Node's agents, where the proxy answers CONNECT with anything but 200, or not at all. */
const PROXY_CODE = 'ERR_PROXY_TUNNEL';

/** One sentence, what → what next; undefined where no proxy refused. Names neither the proxy nor what it said. */
export function describeProxyFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== PROXY_CODE) return undefined;
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? ` (HTTP ${error.statusCode})` : '';
  return `The forward proxy of this server does not let it reach AWS${status} → tell the administrator: --doctor says which proxy, and why.`;
}
