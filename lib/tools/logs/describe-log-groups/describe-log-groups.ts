import { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { logGroupLink, logGroupsLink } from '../../../domain/console-links.ts';
import { selectSavedQueries } from '../../../domain/logs/saved-queries.ts';
import { askTargets } from '../../../tool/ask-targets.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import {
  describeHeadline,
  type ListedGroup,
  logGroupOutput,
  SAVED_QUERIES_TITLE,
  savedQueryOutput,
  toGroupOutput,
  toSavedQueryOutput,
  writeGroups,
  writeSavedQuery,
} from './answer.ts';
import { compareSizes, describeUnknownSizes, warnOfWalks } from './answer-size.ts';
import { inputSchema, isLinked, toFilter } from './arguments.ts';
import { askLogGroups, explainNoGroups, type TargetLogGroups } from './read.ts';

const NAME = 'describe_log_groups';
const MAX_SAVED_QUERIES_SHOWN = 40;

const outputSchema = z.object({
  log_groups: z.array(logGroupOutput),
  saved_queries: z.array(savedQueryOutput),
  compared: z.int().optional().describe('by size: log groups whose sizes were compared'),
});

export const describeLogGroups = defineTool({
  name: NAME,
  title: 'List log groups',
  description:
    'Log groups by name, or the largest first, with stored size, retention and class, and the saved Logs Insights queries that fit them. Use it to find the log_group_names for execute_log_insights_query.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const { max_items: limit, next_token: token, ...question } = input;
    const targets = context.targets.many(input);
    const cursor = decodeCursor(NAME, question, token);
    const filter = toFilter(input);
    const [firstTarget] = targets;
    const isOne = targets.length === 1;
    const isBySize = input.order_by === 'size';
    // One target goes on by name at the page of the service; all else is counted through from its start.
    const isPlaced = isOne && !isBySize;
    const offset = isPlaced ? 0 : cursor.offset;

    const { answers, warnings } = await askTargets(
      context.signal,
      targets,
      (target) =>
        askLogGroups(
          target,
          {
            filter,
            order: input.order_by,
            place: isPlaced ? cursor : { offset: 0 },
            limit: offset + limit + 1,
            hasSavedQueries: input.include_saved_queries,
            targets: targets.length,
          },
          context,
        ),
      isOne
        ? undefined
        : (progress, total) => context.reportProgress({ progress, total, message: 'regions and accounts asked' }),
    );

    const found = answers.flatMap(({ target, value }) => value.groups.map((group): ListedGroup => ({ group, target })));
    const listed = (isBySize ? found.sort(compareSizes) : found).slice(offset);
    const groups = listed.slice(0, limit);
    const isFirst = cursor.offset === 0 && cursor.awsToken === undefined;
    const hasMore = listed.length > limit;
    const total = isFirst || !isPlaced ? addTotals(answers.map(({ value }) => value.total)) : undefined;
    const saved = findSaved(answers, groups);
    const shownSaved = saved.slice(0, MAX_SAVED_QUERIES_SHOWN);
    const [first] = groups;
    const hints =
      first !== undefined
        ? hintsFor(saved.length, isLinked(input) ? first : undefined, hasMore && !isBySize)
        : firstTarget !== undefined && isFirst
          ? await explainNoGroups(firstTarget, filter, context)
          : [];
    const text = writeGroups(groups, { isOne, hasAccounts: isLinked(input) });
    return {
      headline: describeHeadline(groups, { ...input, isFirst, hasMore, total, all: isBySize ? found : undefined }),
      targets,
      facts: isBySize ? describeUnknownSizes(found) : [],
      list: {
        noun: 'log group',
        head: text.head,
        items: text.lines,
        isUntrusted: true,
        total,
        offset,
        nextToken: (shown) => {
          const next = listed[shown];
          if (next === undefined) return undefined;
          return encodeCursor(NAME, question, isPlaced ? next.group.place : { offset: offset + shown });
        },
      },
      sections: [
        {
          title: SAVED_QUERIES_TITLE,
          items: shownSaved.map(({ query, target }) =>
            writeSavedQuery(query, isOne ? '' : `${target.account}/${target.region}`),
          ),
          isUntrusted: true,
        },
      ],
      hints,
      warnings: [...warnings, ...collectWarnings(answers)],
      link:
        first !== undefined && groups.length === 1
          ? logGroupLink(first.target.region, first.group.name)
          : logGroupsLink(first?.target.region ?? firstTarget?.region ?? context.targets.defaultRegion),
      structured: ({ shown }) => ({
        log_groups: groups.slice(0, shown).map(toGroupOutput),
        saved_queries: shownSaved.map(toSavedQueryOutput),
        ...(isBySize && { compared: found.length }),
      }),
    };
  },
});

type Answers = readonly { readonly target: Target; readonly value: TargetLogGroups }[];

/** Those of the log groups listed. */
function findSaved(answers: Answers, groups: readonly ListedGroup[]) {
  const names = new Set(groups.map(({ group }) => group.name));
  return answers.flatMap(({ target, value }) =>
    'value' in value.saved && groups.length > 0
      ? selectSavedQueries(value.saved.value, names).map((query) => ({ query, target }))
      : [],
  );
}

function collectWarnings(answers: Answers): string[] {
  return [
    ...warnOfWalks(answers.map(({ target, value }) => ({ target, walk: value.walk }))),
    ...answers.flatMap(({ value }) =>
      'error' in value.saved ? [`Saved queries could not be read: ${value.saved.error.publicMessage}`] : [],
    ),
  ];
}

/** Undefined where one is not known. */
function addTotals(totals: readonly (number | undefined)[]): number | undefined {
  return totals.reduce<number | undefined>(
    (sum, total) => (sum === undefined || total === undefined ? undefined : sum + total),
    0,
  );
}

function hintsFor(savedCount: number, linked: ListedGroup | undefined, hasLarger: boolean): string[] {
  const more = savedCount - MAX_SAVED_QUERIES_SHOWN;
  const [, partition = 'aws'] = linked?.group.arn?.split(':') ?? [];
  return [
    ...(hasLarger ? ['order_by=size shows the largest first.'] : []),
    ...(more > 0 ? [`${more} more saved queries fit; ask for fewer log groups to see theirs.`] : []),
    ...(linked === undefined
      ? []
      : [
          `Log groups of linked accounts are queried by ARN: arn:${partition}:logs:${linked.target.region}:<account id>:log-group:<name>.`,
        ]),
  ];
}
