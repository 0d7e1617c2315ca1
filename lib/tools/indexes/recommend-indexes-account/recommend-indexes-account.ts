import { z } from 'zod';
import { logGroupsLink } from '../../../domain/console-links.ts';
import { planAccount } from '../../../domain/indexes/account-index-plan.ts';
import type { FieldAdvice } from '../../../domain/indexes/index-choice.ts';
import { cleanLine } from '../../../domain/text/clean-text.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { where } from '../../../tool/params.ts';
import { ADVICE_HEAD, adviceOutput, toAdviceOutput, writeAdvice } from '../shared/answer-advice.ts';
import { describeHistory } from '../shared/read-query-history.ts';
import { describeAdvice, describeCoverage, describePolicies, hintsOf, sectionsOfPlan } from './answer.ts';
import { type AccountGroup, readAccount } from './read.ts';

const MAX_QUERIES = 10_000;

const inputSchema = z.object({
  max_queries: z
    .int()
    .min(1)
    .max(MAX_QUERIES)
    .default(5_000)
    .describe('Past queries to read, newest first; default 5000'),
  ...where,
});

const outputSchema = z.object({
  queries_analyzed: z.int(),
  recommended: z.array(adviceOutput.extend({ log_group: z.string() })).describe('best first'),
  policies: z
    .array(
      z.object({
        policy_name: z.string(),
        is_new: z.boolean(),
        selection_criteria: z.string().optional().describe('absent: all log groups'),
        added_fields: z.array(z.string()),
        log_groups: z.array(z.string()),
        policy_document: z.string(),
      }),
    )
    .describe('for PutAccountPolicy, to be applied by a person'),
  own_policy_log_groups: z.array(z.string()).describe('better served by recommend_indexes_loggroup'),
});

interface Row {
  readonly group: AccountGroup;
  readonly advice: FieldAdvice;
}

export const recommendIndexesAccount = defineTool({
  name: 'recommend_indexes_account',
  title: 'Recommend field indexes for an account',
  description:
    'Which fields to index in which log groups of an account and region, so that Logs Insights queries scan less: from the queries of the last 30 days, the events, and the index policies there are. Gives the reasons and policy documents for a person to apply; changes nothing. For one log group use recommend_indexes_loggroup.',
  toolset: 'indexes',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const target = context.targets.one(input);
    const account = await readAccount(target, input.max_queries, context);
    const rows = account.groups
      .flatMap((group) => group.choice.recommended.map((advice): Row => ({ group, advice })))
      .sort(byWorth);
    const plan = account.arePoliciesKnown
      ? planAccount(account.groups.map(toPlanned), account.policies)
      : { proposals: [], ownPolicies: [] };
    const groupCount = new Set(rows.map(({ group }) => group.name)).size;
    const fieldCount = new Set(rows.map(({ advice }) => advice.evidence.field)).size;
    return {
      headline: describeAdvice(account, fieldCount, groupCount),
      targets: [target],
      facts: [
        describeHistory(account.history, 'here', ': raise max_queries'),
        ...describeCoverage(account),
        describePolicies(account),
      ],
      list: {
        noun: 'recommendation',
        total: rows.length,
        head: `log group | ${ADVICE_HEAD}`,
        items: rows.map(({ group, advice }) => `${cleanLine(group.name)} | ${writeAdvice(advice, context.nowEpochMs)}`),
        isUntrusted: true,
        narrowBy: 'ask recommend_indexes_loggroup for one log group',
      },
      sections: sectionsOfPlan(plan, target.region),
      hints: hintsOf(account, plan, fieldCount),
      warnings: account.warnings,
      link: logGroupsLink(target.region),
      structured: ({ shown }) => ({
        queries_analyzed: account.history.queryCount,
        recommended: rows
          .slice(0, shown)
          .map(({ group, advice }) => ({ ...toAdviceOutput(advice), log_group: group.name })),
        policies: plan.proposals.map((proposal) => ({
          policy_name: proposal.policyName,
          is_new: proposal.isNew,
          selection_criteria: proposal.selection,
          added_fields: [...proposal.added],
          log_groups: [...proposal.logGroups],
          policy_document: proposal.document,
        })),
        own_policy_log_groups: [...plan.ownPolicies],
      }),
    };
  },
});

function byWorth(a: Row, b: Row): number {
  return (
    b.advice.evidence.scannedBytes - a.advice.evidence.scannedBytes ||
    b.advice.evidence.queries - a.advice.evidence.queries
  );
}

function toPlanned({ name, choice, hasOwnPolicy }: AccountGroup) {
  const fields = [...choice.recommended, ...choice.beyondLimit].map(({ evidence: { field, queries } }) => ({
    field,
    queries,
  }));
  return { name, hasOwnPolicy, fields };
}
