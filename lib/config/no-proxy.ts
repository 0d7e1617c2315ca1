/**
 * `NO_PROXY` in the forms that other programs take → the forms that Node's agents take, and whether one of them is meant.
 * Node knows `*`, names, `name:port`, `.suffix`, `*.suffix`, IPv4 addresses and `first-last` (node:http, "Built-in Proxy
 * Support"); curl and Go also take a bare name for what is below it, and networks.
 */
import { isIPv4, isIPv6 } from 'node:net';

export interface NoProxy {
  /** As Node takes them. */
  readonly entries: readonly string[];
  /** What no form fits, as it was written: it has no effect. */
  readonly ignored: readonly string[];
}

/** More would be searched for every request. */
const MAX_ENTRIES = 1_000;
const NAME = /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/;

export function readNoProxy(text: string): NoProxy {
  const written = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  const read = written.slice(0, MAX_ENTRIES).map((entry) => ({ entry, forms: toForms(entry) }));
  return {
    entries: read.flatMap(({ forms }) => forms),
    ignored: [
      ...read.filter(({ forms }) => forms.length === 0).map(({ entry }) => entry),
      ...written.slice(MAX_ENTRIES),
    ],
  };
}

function toForms(entry: string): readonly string[] {
  if (entry === '*' || isRange(entry)) return [entry];
  if (entry.includes('/')) return toRange(entry);
  const [, bracketed, port = ''] = /^\[([^\]]*)\](:\d{1,5})?$/.exec(entry) ?? [];
  const address = bracketed ?? entry;
  if (isIPv6(address)) return [`${canonical(address)}${port}`];
  const [host = '', hostPort] = entry.split(':');
  if (hostPort !== undefined) return NAME.test(host) && /^\d{1,5}$/.test(hostPort) ? [entry] : [];
  if (isIPv4(host)) return [host];
  if (NAME.test(host)) return [`.${host}`];
  return /^\*?\./.test(host) && NAME.test(host.replace(/^\*?\./, '')) ? [host] : [];
}

function isRange(entry: string): boolean {
  const [first = '', last = '', ...more] = entry.split('-');
  return more.length === 0 && isIPv4(first) && isIPv4(last);
}

/** `10.0.0.0/8` → `10.0.0.0-10.255.255.255`. Node has no ranges of IPv6. */
function toRange(entry: string): readonly string[] {
  const [address = '', prefix = '', ...more] = entry.split('/');
  const bits = Number(prefix);
  if (more.length > 0 || !isIPv4(address) || !/^\d{1,2}$/.test(prefix) || bits > 32) return [];
  const size = 2 ** (32 - bits);
  const first = Math.floor(toNumber(address) / size) * size;
  return [`${toAddress(first)}-${toAddress(first + size - 1)}`];
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** As the host of a URL spells it. */
function canonical(address: string): string {
  return URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? address;
}

/** Whether an entry of those forms means a host, as Node decides it. @param port as a number in text, never empty */
export function isListed(entries: readonly string[], host: string, port: string): boolean {
  return entries.some((entry) => {
    if (entry === '*' || entry === host || entry === `${host}:${port}`) return true;
    if (entry.startsWith('.')) return host === entry.slice(1) || host.endsWith(entry);
    if (entry.startsWith('*.')) return host.endsWith(entry.slice(1));
    if (!isRange(entry) || !isIPv4(host)) return false;
    const [first = '', last = ''] = entry.split('-');
    return toNumber(first) <= toNumber(host) && toNumber(host) <= toNumber(last);
  });
}
