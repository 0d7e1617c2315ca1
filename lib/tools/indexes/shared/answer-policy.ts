/** The index policy of one log group: what it is, and what it should become. Pure. */

import type { GroupChoice } from '../../../domain/indexes/index-choice.ts';
import { extendPolicy, quoteForShell, readPolicy, readScope } from '../../../domain/indexes/index-policy.ts';
import { MAX_INDEXED_FIELDS } from '../../../domain/logs/query/index-fields.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import type { Section } from '../../../tool/types.ts';
import type { KnownGroup } from './read-group-facts.ts';

/** What an index does (User Guide, "Create field indexes to improve query performance"). */
export const HINT_USE =
  'An index counts for events that arrive after it was made, and saves most where one value stands in few events (ids), least where it stands in many (levels).';

const MAX_NAMED_FIELDS = 20;

export interface GroupPolicyText {
  /** The present state. */
  readonly fact: string;
  readonly document?: string;
  readonly section?: Section;
  readonly hints: readonly string[];
}

export function describeGroupPolicy(
  logGroup: string,
  region: string,
  known: KnownGroup,
  choice: GroupChoice,
): GroupPolicyText {
  const fact = describePresent(logGroup, known);
  if (choice.recommended.length === 0) return { fact, hints: [] };
  const added = choice.recommended.map(({ evidence }) => evidence.field);
  const document = extendPolicy(known.policy?.document, added);
  const command = `aws logs put-index-policy --region ${region} --log-group-identifier ${quoteForShell(logGroup)} --policy-document ${quoteForShell(document)}`;
  return {
    fact,
    document,
    section: {
      title: 'Policy for the log group, to be read and applied by a person (this tool changes nothing):',
      items: [document, command],
      isUntrusted: true,
    },
    hints: [hintEffect(known), HINT_USE],
  };
}

function describePresent(logGroup: string, { policy, isPolicyKnown, accountPolicies }: KnownGroup): string {
  if (!isPolicyKnown) return 'What its index policy holds is not known.';
  if (policy === undefined) return 'It has no index policy, and none of the account covers it.';
  const { fields } = readPolicy(policy.document);
  const names = fields.slice(0, MAX_NAMED_FIELDS).map(inlineName).join(', ');
  const count = `${fields.length} of at most ${MAX_INDEXED_FIELDS} fields${fields.length === 0 ? '' : `: ${names}`}`;
  if (!policy.isOwn) {
    const name = policy.policyName === undefined ? '' : ` ${inlineName(policy.policyName)}`;
    return `The policy${name} of the account covers it and indexes ${count}.`;
  }
  const ignored = accountPolicies.find(({ selection }) => covers(selection, logGroup));
  const note =
    ignored === undefined
      ? ''
      : ` For that reason the policy ${inlineName(ignored.policyName)} of the account does not count here.`;
  return `Its own policy indexes ${count}.${note}`;
}

function covers(selection: string | undefined, logGroup: string): boolean {
  const scope = readScope(selection);
  if (scope.kind === 'prefixes') return scope.prefixes.some((prefix) => logGroup.startsWith(prefix));
  return scope.kind === 'all';
}

function hintEffect({ policy, isPolicyKnown }: KnownGroup): string {
  if (!isPolicyKnown)
    return 'PutIndexPolicy replaces the whole document: add the fields of the present policy before it is applied.';
  if (policy === undefined) return 'The document would be the first policy of the log group.';
  return policy.isOwn
    ? 'The document replaces the present policy and keeps all of its fields.'
    : 'With a policy of its own the log group no longer uses that of the account; the document therefore repeats its fields. recommend_indexes_account shows what to add for all log groups.';
}
