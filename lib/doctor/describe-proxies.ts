/** By which proxies requests leave, as the configuration has it; whether they lead anywhere is told of each host. */
import { nameProxy, type ProxyConfig } from '../config/proxy.ts';
import type { Finding } from './finding.ts';

/** Each is a name; more stand in the list of settings above. */
const MAX_NAMED = 10;

/** Nothing where there is no proxy. */
export function describeProxies({ httpsProxy, httpProxy, noProxy }: ProxyConfig): Finding[] {
  const ways = [
    ...(httpsProxy === undefined ? [] : [`https through ${nameProxy(httpsProxy)} (HTTPS_PROXY)`]),
    ...(httpProxy === undefined ? [] : [`http through ${nameProxy(httpProxy)} (HTTP_PROXY)`]),
  ];
  if (ways.length === 0) return [];
  const { entries } = noProxy;
  const named = entries.slice(0, MAX_NAMED).join(', ');
  const rest = entries.length > MAX_NAMED ? ` and ${entries.length - MAX_NAMED} more` : '';
  const direct = entries.length === 0 ? '' : `, and of NO_PROXY: ${named}${rest}`;
  const text = `Requests leave ${ways.join(' and ')}; directly those to loopback and to the addresses of AWS metadata${direct}.`;
  return [{ check: 'proxy', state: 'ok', text }];
}
