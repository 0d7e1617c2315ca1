/** Whether a NetworkPolicy lets a flow through, as the API reference has it: rules add up, and what no rule names is refused. */
import { BlockList, isIPv6 } from 'node:net';
import type { Manifest } from './manifests.ts';

/** The other end: a pod with its labels, or an address outside of the cluster. */
export type Peer =
  | { readonly namespace: string; readonly labels?: Readonly<Record<string, string>> }
  | { readonly ip: string };

export interface Flow {
  readonly direction: 'ingress' | 'egress';
  readonly peer: Peer;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

type Labels = Readonly<Record<string, string>>;

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly unknown[];
}

interface Rule {
  readonly from?: readonly PeerRule[];
  readonly to?: readonly PeerRule[];
  readonly ports?: readonly { readonly port: number; readonly protocol?: string }[];
}

interface PeerRule {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export function isAllowed(policy: Manifest, { direction, peer, port, protocol = 'TCP' }: Flow): boolean {
  const rules = (policy.spec[direction] ?? []) as readonly Rule[];
  return rules.some((rule) => {
    const peers = direction === 'ingress' ? rule.from : rule.to;
    const isPort =
      rule.ports === undefined || rule.ports.some((one) => one.port === port && (one.protocol ?? 'TCP') === protocol);
    return isPort && (peers === undefined || peers.some((one) => isPeer(one, peer, policy.metadata.namespace ?? '')));
  });
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: PeerRule, peer: Peer, ownNamespace: string): boolean {
  if ('ip' in peer) return ipBlock !== undefined && isInBlock(ipBlock, peer.ip);
  if (ipBlock !== undefined) return false;
  const isNamespace =
    namespaceSelector === undefined
      ? peer.namespace === ownNamespace
      : matches(namespaceSelector, { 'kubernetes.io/metadata.name': peer.namespace });
  return isNamespace && (podSelector === undefined || matches(podSelector, peer.labels ?? {}));
}

function matches({ matchLabels = {}, matchExpressions }: Selector, labels: Labels): boolean {
  if (matchExpressions !== undefined) throw new Error('matchExpressions are not known here');
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value);
}

function isInBlock({ cidr, except = [] }: NonNullable<PeerRule['ipBlock']>, ip: string): boolean {
  const isIn = (range: string): boolean => {
    const [address = '', prefix = ''] = range.split('/');
    if (isIPv6(address) !== isIPv6(ip)) return false;
    const family = isIPv6(ip) ? 'ipv6' : 'ipv4';
    const list = new BlockList();
    list.addSubnet(address, Number(prefix), family);
    return list.check(ip, family);
  };
  return isIn(cidr) && !except.some(isIn);
}
