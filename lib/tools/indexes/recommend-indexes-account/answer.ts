/** Advice for a whole account in words. Pure. */
import type { AccountPlan, PolicyProposal } from '../../../domain/indexes/account-index-plan.ts';
import { quoteForShell } from '../../../domain/indexes/index-policy.ts';
import { cleanLine, inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, listSome } from '../../../domain/text/counts.ts';
import type { Section } from '../../../tool/types.ts';
import { HINT_USE } from '../shared/answer-policy.ts';
import { countQueries } from '../shared/empty.ts';
import type { AccountAdvice } from './read.ts';

export function describeAdvice(advice: AccountAdvice, fieldCount: number, groupCount: number): string {
  const read = advice.history.queryCount;
  if (fieldCount > 0)
    return `${fieldCount === 1 ? 'One field is' : `${fieldCount} fields are`} worth an index, in ${countOf(groupCount, 'log group')}.`;
  return read === 0
    ? 'Nothing to recommend: no Logs Insights query ran here in the last 30 days.'
    : 'No further field needs an index by the queries of the last 30 days.';
}

export function describeCoverage(advice: AccountAdvice): string[] {
  const { leftOut, unfit, unattributedQueries, groups } = advice;
  const parts = [
    `${countOf(groups.length, 'log group')} with queries that an index may help`,
    ...(leftOut > 0 ? [`${leftOut} more with less use not looked at`] : []),
    ...(unfit > 0 ? [`${unfit} left out that no longer exist or are not of class STANDARD`] : []),
    ...(unattributedQueries > 0 ? [`${countQueries(unattributedQueries)} without a named log group left out`] : []),
  ];
  return [`${parts.join('; ')}.`];
}

export function describePolicies({ policies, arePoliciesKnown }: AccountAdvice): string {
  if (!arePoliciesKnown) return 'What index policies there are is not fully known.';
  if (policies.length === 0) return 'The account has no field index policy of its own level.';
  const names = policies.map(
    ({ policyName, selection }) =>
      `${inlineName(policyName)} (${selection === undefined ? ALL_GROUPS : inlineName(selection)})`,
  );
  return `Field index policies of the account: ${names.join(', ')}.`;
}

function describeScope(selection: string | undefined): string {
  return selection === undefined ? ALL_GROUPS : cleanLine(selection);
}

const ALL_GROUPS = 'all log groups';
const MAX_NAMED_GROUPS = 10;

export function sectionsOfPlan(plan: AccountPlan, region: string): readonly Section[] {
  return [
    ...plan.proposals.map((proposal) => ({
      title: `${proposal.isNew ? 'New policy' : 'Present policy, extended,'} of the account, to be read and applied by a person (this tool changes nothing):`,
      items: writeProposal(proposal, region),
      isUntrusted: true,
    })),
    ...(plan.ownPolicies.length === 0
      ? []
      : [
          {
            title: 'Better served by a policy of their own (recommend_indexes_loggroup writes it):',
            items: plan.ownPolicies.map(cleanLine),
            isUntrusted: true,
          },
        ]),
  ];
}

function writeProposal(proposal: PolicyProposal, region: string): readonly string[] {
  const { policyName, selection, added, beyondLimit, logGroups, document } = proposal;
  const criteria = selection === undefined ? '' : ` --selection-criteria ${quoteForShell(selection)}`;
  return [
    `${cleanLine(policyName)} (${describeScope(selection)}) adds: ${added.map(cleanLine).join(', ')}`,
    ...(beyondLimit.length > 0 ? [`no room for: ${beyondLimit.map(cleanLine).join(', ')}`] : []),
    `for: ${listSome(logGroups.map(cleanLine), MAX_NAMED_GROUPS)}`,
    document,
    `aws logs put-account-policy --region ${region} --policy-name ${quoteForShell(policyName)} --policy-type FIELD_INDEX_POLICY --policy-document ${quoteForShell(document)}${criteria}`,
  ];
}

export function hintsOf(advice: AccountAdvice, plan: AccountPlan, fieldCount: number): string[] {
  if (fieldCount === 0) {
    return advice.history.queryCount === 0
      ? [
          'CloudWatch keeps the history of queries for 30 days, by account and region → ask the account and region in which people query (list_targets shows them); a monitoring account has its own history.',
        ]
      : [
          'Indexes help field = value and field in [values] only; recommend_indexes_loggroup shows how a log group is filtered.',
        ];
  }
  return [
    ...(plan.proposals.length > 0
      ? [
          'A policy of the account indexes its fields in every log group that it covers; a log group with a policy of its own ignores it.',
        ]
      : []),
    ...(advice.arePoliciesKnown || plan.proposals.length > 0
      ? []
      : ['No policy is written out, since the present ones are not known and PutAccountPolicy replaces them.']),
    HINT_USE,
  ];
}
