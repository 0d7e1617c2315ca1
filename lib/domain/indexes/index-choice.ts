/** Evidence + what is indexed already → which fields of one log group to index. Pure. */

import { isDefaultIndexed, isIndexable, MAX_INDEXED_FIELDS } from '../logs/query/index-fields.ts';
import type { FieldEvidence, GroupEvidence } from './index-evidence.ts';

export interface GroupFacts {
  /** Of the policies that count for the group. */
  readonly policyFields: readonly string[];
  /** The policy is the group's own, so that it is for the queries on this group alone. */
  readonly hasOwnPolicy: boolean;
  /** Indexed without one of these policies: by default, or for the data source of the events. */
  readonly otherFields: readonly string[];
  /** Indexed by CloudWatch itself, after recent queries. */
  readonly autoFields: readonly string[];
  /** Percent of the events looked at that have the field; absent: it could not be asked. */
  readonly shares?: ReadonlyMap<string, number>;
}

export interface FieldAdvice {
  readonly evidence: FieldEvidence;
  /** Whole percent of the events looked at; absent where it could not be asked, or none of them has it. */
  readonly percent?: number;
  /** CloudWatch indexes it by itself for now. */
  readonly isAuto: boolean;
}

export interface GroupChoice {
  /** The fields to add, best first, as many as the policy has room for. */
  readonly recommended: readonly FieldAdvice[];
  /** Would follow, but the policy has no room. */
  readonly beyondLimit: readonly FieldAdvice[];
  /** Not one of the events looked at has them: misspelt, or rare. */
  readonly unseen: readonly FieldAdvice[];
  readonly alreadyIndexed: readonly FieldAdvice[];
  /** Fields that CloudWatch makes and does not index, or whose name is too long. */
  readonly reserved: readonly FieldAdvice[];
  /** Filtered on only in ways that no index helps. */
  readonly notHelped: readonly FieldAdvice[];
  /** Fields of the group's own policy that no query asked for. */
  readonly unused: readonly string[];
}

export function chooseFields(evidence: GroupEvidence | undefined, facts: GroupFacts): GroupChoice {
  const fields = (evidence?.fields ?? []).map((each): FieldAdvice => {
    const percent = facts.shares?.get(each.field);
    return { evidence: each, isAuto: facts.autoFields.includes(each.field), ...(percent !== undefined && { percent }) };
  });
  const indexed = new Set([...facts.policyFields, ...facts.otherFields]);
  const isIndexed = ({ evidence: { field } }: FieldAdvice) => isDefaultIndexed(field) || indexed.has(field);
  const helped = fields.filter((advice) => advice.evidence.queries > 0);
  const candidates = helped.filter((advice) => !isIndexed(advice) && isIndexable(advice.evidence.field));
  // A sample without a single field says nothing about the fields.
  const isSampled = facts.shares !== undefined && facts.shares.size > 0;
  const isUnseen = (advice: FieldAdvice) => isSampled && advice.percent === undefined;
  const seen = candidates.filter((advice) => !isUnseen(advice));
  const room = Math.max(0, MAX_INDEXED_FIELDS - facts.policyFields.length);
  const used = new Set(helped.map((advice) => advice.evidence.field));
  return {
    recommended: seen.slice(0, room),
    beyondLimit: seen.slice(room),
    unseen: candidates.filter(isUnseen),
    alreadyIndexed: helped.filter(isIndexed),
    reserved: helped.filter((advice) => !isIndexed(advice) && !isIndexable(advice.evidence.field)),
    notHelped: fields.filter((advice) => advice.evidence.queries === 0),
    unused: facts.hasOwnPolicy ? facts.policyFields.filter((field) => !used.has(field)) : [],
  };
}
