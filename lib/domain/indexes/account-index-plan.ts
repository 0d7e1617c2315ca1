/** Which field index policies of the account to make or extend. Pure. */

import { MAX_INDEXED_FIELDS } from '../logs/query/index-fields.ts';
import { extendPolicy, readPolicy, readScope, writeSelection } from './index-policy.ts';

export interface PlannedGroup {
  readonly name: string;
  /** Worth an index, best first. */
  readonly fields: readonly { readonly field: string; readonly queries: number }[];
  /** It has a policy of its own, for which those of the account do not count. */
  readonly hasOwnPolicy: boolean;
}

export interface ExistingPolicy {
  readonly policyName: string;
  readonly selection?: string;
  readonly document: string;
}

export interface PolicyProposal {
  readonly policyName: string;
  readonly isNew: boolean;
  /** Absent: for all log groups. */
  readonly selection?: string;
  readonly added: readonly string[];
  /** Would follow, but the policy has no room. */
  readonly beyondLimit: readonly string[];
  readonly logGroups: readonly string[];
  readonly document: string;
}

export interface AccountPlan {
  readonly proposals: readonly PolicyProposal[];
  /** Log groups that want a policy of their own. */
  readonly ownPolicies: readonly string[];
}

const NEW_POLICY = 'field-indexes';
/** Fewer log groups than this are better served by policies of their own. */
const MIN_SHARED = 2;

export function planAccount(groups: readonly PlannedGroup[], policies: readonly ExistingPolicy[]): AccountPlan {
  const open = groups.filter(({ hasOwnPolicy, fields }) => !hasOwnPolicy && fields.length > 0);
  const own = groups.filter(({ hasOwnPolicy, fields }) => hasOwnPolicy && fields.length > 0);
  const scoped = policies
    .map((policy) => ({ policy, scope: readScope(policy.selection) }))
    .filter(({ scope }) => scope.kind !== 'other');
  const proposals =
    scoped.length > 0
      ? scoped.flatMap(({ policy, scope }) => {
          const covered =
            scope.kind === 'prefixes'
              ? open.filter(({ name }) => scope.prefixes.some((prefix) => name.startsWith(prefix)))
              : open;
          return propose(policy, covered, rankFields(covered, 1));
        })
      : proposeFirst(open);
  const served = new Set(proposals.flatMap(({ logGroups }) => logGroups));
  return {
    proposals,
    ownPolicies: [...own, ...open.filter(({ name }) => !served.has(name))].map(({ name }) => name),
  };
}

/** Where the account has no policy, one for the log groups that share fields, by the beginning that their names share. */
function proposeFirst(open: readonly PlannedGroup[]): readonly PolicyProposal[] {
  const shared = rankFields(open, MIN_SHARED);
  const sharing = open.filter(({ fields }) => fields.some(({ field }) => shared.includes(field)));
  const prefix = commonPrefix(sharing.map(({ name }) => name));
  const policy = {
    policyName: NEW_POLICY,
    ...(prefix !== '' && { selection: writeSelection([prefix]) }),
    document: '',
  };
  return propose(policy, sharing, shared);
}

function propose(
  policy: ExistingPolicy,
  groups: readonly PlannedGroup[],
  ranked: readonly string[],
): readonly PolicyProposal[] {
  const isNew = policy.document === '';
  const { fields, isReadable } = readPolicy(policy.document);
  if (!isNew && !isReadable) return [];
  const missing = ranked.filter((field) => !fields.includes(field));
  const added = missing.slice(0, Math.max(0, MAX_INDEXED_FIELDS - fields.length));
  if (added.length === 0) return [];
  return [
    {
      policyName: policy.policyName,
      isNew,
      ...(policy.selection !== undefined && { selection: policy.selection }),
      added,
      beyondLimit: missing.slice(added.length),
      logGroups: groups
        .filter((group) => group.fields.some(({ field }) => added.includes(field)))
        .map(({ name }) => name),
      document: extendPolicy(policy.document, added),
    },
  ];
}

/** Fields that at least `minGroups` of the log groups want, by the queries that they would help. */
function rankFields(groups: readonly PlannedGroup[], minGroups: number): readonly string[] {
  const tallies = new Map<string, { groups: number; queries: number }>();
  for (const { field, queries } of groups.flatMap((group) => group.fields)) {
    const tally = tallies.get(field) ?? { groups: 0, queries: 0 };
    tallies.set(field, { groups: tally.groups + 1, queries: tally.queries + queries });
  }
  return [...tallies]
    .filter(([, tally]) => tally.groups >= minGroups)
    .sort(([a, x], [b, y]) => y.queries - x.queries || (a < b ? -1 : 1))
    .map(([field]) => field);
}

const SEPARATOR = /[/_.#-]/;

/** Cut at the last separator; empty where it would be a mere first sign. */
function commonPrefix(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  let length = first.length;
  for (const name of rest) while (!name.startsWith(first.slice(0, length))) length -= 1;
  while (length > 0 && !SEPARATOR.test(first.charAt(length - 1))) length -= 1;
  return length > 1 ? first.slice(0, length) : '';
}
