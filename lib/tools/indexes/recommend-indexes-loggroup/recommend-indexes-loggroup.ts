import { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { logGroupLink } from '../../../domain/console-links.ts';
import { chooseFields, type GroupChoice } from '../../../domain/indexes/index-choice.ts';
import { type LogGroupId, parseLogGroupId } from '../../../domain/logs/log-group-id.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { where } from '../../../tool/params.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { Answer, ToolContext } from '../../../tool/types.ts';
import { targetOfLogGroups } from '../../logs/shared/choose-target.ts';
import {
  ADVICE_HEAD,
  adviceOutput,
  MAX_LISTED,
  otherUseOutput,
  sectionsOf,
  toAdviceOutput,
  toOtherUse,
  writeAdvice,
} from '../shared/answer-advice.ts';
import { describeGroupPolicy } from '../shared/answer-policy.ts';
import { explainNoAdvice, headlineOf } from '../shared/empty.ts';
import { type KnownGroup, readGroupFacts } from '../shared/read-group-facts.ts';
import { describeHistory, endOfReading, type History, readHistory } from '../shared/read-query-history.ts';
import { findGroup } from './read.ts';

const MAX_QUERIES = 5_000;

const inputSchema = z.object({
  log_group_identifier: z.string().min(1).max(2_048).describe('Name or ARN, from describe_log_groups'),
  ...where,
});

const outputSchema = z.object({
  log_group: z.string(),
  queries_analyzed: z.int(),
  recommended: z.array(adviceOutput).describe('best first'),
  already_indexed: z.array(adviceOutput),
  not_seen: z.array(adviceOutput).describe('in no event of the sample'),
  beyond_limit: z.array(adviceOutput).describe('no room in the policy'),
  not_helped: z.array(otherUseOutput).describe('filtered on in ways that no index helps'),
  unused_indexes: z.array(z.string()),
  policy_document: z.string().optional().describe('for PutIndexPolicy, to be applied by a person'),
});

type Output = z.input<typeof outputSchema>;

export const recommendIndexesLoggroup = defineTool({
  name: 'recommend_indexes_loggroup',
  title: 'Recommend field indexes for a log group',
  description:
    'Which fields of one log group to index so that Logs Insights queries scan less: from the queries of the last 30 days (equality and in), how many events have the fields, and the policies there are. Gives the reasons and a policy document for a person to apply; changes nothing. describe_log_groups finds the log group.',
  toolset: 'indexes',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const id = parseLogGroupId(input.log_group_identifier, 'log_group_identifier');
    const target = targetOfLogGroups([id], input, context.targets);
    const read = await readGroup(target, id, context);
    if (read.isUnfit !== undefined) return answerUnfit(id, target, read.isUnfit);
    const { history, known, warnings } = read;
    const choice = chooseFields(history.evidence.get(id.name), known.facts);
    const policy = describeGroupPolicy(id.arn ?? id.name, target.region, known, choice);
    const { recommended } = choice;
    return {
      headline: headlineOf(id.name, history.queryCount, choice),
      targets: [target],
      facts: [describeHistory(history, 'on it'), policy.fact],
      list: {
        noun: 'field',
        total: recommended.length,
        head: ADVICE_HEAD,
        items: recommended.map((advice) => writeAdvice(advice, context.nowEpochMs)),
        isUntrusted: true,
      },
      sections: [...(policy.section === undefined ? [] : [policy.section]), ...sectionsOf(choice)],
      hints: [...policy.hints, ...explainNoAdvice(history.queryCount, choice)],
      warnings,
      link: logGroupLink(target.region, id.name),
      structured: ({ shown }) => ({
        log_group: id.arn ?? id.name,
        queries_analyzed: history.queryCount,
        recommended: recommended.slice(0, shown).map(toAdviceOutput),
        ...toOutput(choice),
        policy_document: policy.document,
      }),
    };
  },
});

type ReadGroup =
  | { readonly isUnfit: string }
  | {
      readonly isUnfit?: undefined;
      readonly history: History;
      readonly known: KnownGroup;
      readonly warnings: readonly string[];
    };

async function readGroup(target: Target, id: LogGroupId, context: ToolContext): Promise<ReadGroup> {
  const limit = startTimeLimit(context, endOfReading(context));
  try {
    const { group, warnings } = await findGroup(target, id, limit.signal, context);
    const logClass = group?.logGroupClass ?? 'STANDARD';
    if (logClass !== 'STANDARD') return { isUnfit: logClass };
    const [history, known] = await Promise.all([
      readHistory({ target, logGroupName: id.name, maxQueries: MAX_QUERIES, signal: limit.signal }, context),
      readGroupFacts(target, id.arn ?? id.name, limit.signal, context),
    ]);
    return { history, known, warnings: [...warnings, ...known.warnings] };
  } finally {
    limit.end();
  }
}

function toOutput(choice: GroupChoice) {
  return {
    already_indexed: choice.alreadyIndexed.slice(0, MAX_LISTED).map(toAdviceOutput),
    not_seen: choice.unseen.slice(0, MAX_LISTED).map(toAdviceOutput),
    beyond_limit: choice.beyondLimit.slice(0, MAX_LISTED).map(toAdviceOutput),
    not_helped: choice.notHelped.slice(0, MAX_LISTED).map(toOtherUse),
    unused_indexes: [...choice.unused],
  };
}

/** Only class STANDARD has field indexes (API reference, PutIndexPolicy). */
function answerUnfit(id: LogGroupId, target: Target, logClass: string): Answer<Output> {
  return {
    headline: `No field can be indexed: ${inlineName(id.name)} is of class ${logClass}, and only class STANDARD has field indexes.`,
    targets: [target],
    list: { noun: 'field', items: [], total: 0 },
    hints: ['The class of a log group cannot be changed; queries on it cost less if their time range is narrow.'],
    link: logGroupLink(target.region, id.name),
    structured: () => ({
      log_group: id.arn ?? id.name,
      queries_analyzed: 0,
      recommended: [],
      already_indexed: [],
      not_seen: [],
      beyond_limit: [],
      not_helped: [],
      unused_indexes: [],
    }),
  };
}
