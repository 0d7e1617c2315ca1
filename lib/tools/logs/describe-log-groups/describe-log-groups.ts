import { z } from 'zod';
import { LOG_GROUP_CLASSES, type LogGroupFilter } from '../../../aws/ports/logs.ts';
import { logGroupLink, logGroupsLink } from '../../../domain/console-links.ts';
import { selectSavedQueries } from '../../../domain/logs/saved-queries.ts';
import { askTargets } from '../../../tool/ask-targets.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { maxItems, nextToken, whereMany } from '../../../tool/params.ts';
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
import { askLogGroups, explainNoGroups } from './read.ts';

const NAME = 'describe_log_groups';
const MAX_SAVED_QUERIES_SHOWN = 40;
const MAX_ACCOUNTS = 20; // DescribeLogGroups, accountIdentifiers

const namePart = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[.\-_/#A-Za-z0-9]+$/, 'may hold only letters, digits and . - _ / #')
  .optional();

const inputSchema = z.object({
  log_group_name_prefix: namePart.describe('Beginning of the name'),
  log_group_name_pattern: namePart.describe('Part of the name, case-sensitive'),
  log_group_class: z.enum(LOG_GROUP_CLASSES).optional().describe('Default: all'),
  account_identifiers: z
    .array(
      z
        .string()
        .max(12)
        .regex(/^\d{12}$/, 'must be a 12-digit account id'),
    )
    .max(MAX_ACCOUNTS)
    .optional()
    .describe('Linked accounts, 12 digits; only in a monitoring account'),
  include_linked_accounts: z.boolean().default(false).describe('Default false'),
  max_items: maxItems(50, 500),
  next_token: nextToken,
  include_saved_queries: z.boolean().default(true).describe('Default true'),
  ...whereMany,
});

const outputSchema = z.object({
  log_groups: z.array(logGroupOutput),
  saved_queries: z.array(savedQueryOutput),
});

type Input = z.output<typeof inputSchema>;

export const describeLogGroups = defineTool({
  name: NAME,
  title: 'List log groups',
  description:
    'Log groups by name with stored size, retention and class, and the saved Logs Insights queries that fit them. Use it to find the log_group_names for execute_log_insights_query.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const { max_items: limit, next_token: token, ...question } = input;
    const targets = context.targets.many(input);
    const cursor = decodeCursor(NAME, question, token);
    const filter = toFilter(input);
    const hasSavedQueries = input.include_saved_queries;
    const [firstTarget] = targets;
    const isOne = targets.length === 1;
    // One target goes on at the page of the service; several are counted through from their start.
    const place = isOne ? cursor : { offset: 0 };
    const wanted = (isOne ? 0 : cursor.offset) + limit + 1;

    const { answers, warnings } = await askTargets(
      context.signal,
      targets,
      (target) => askLogGroups(target, { filter, place, limit: wanted, hasSavedQueries }, context),
      isOne
        ? undefined
        : (progress, total) => context.reportProgress({ progress, total, message: 'regions and accounts asked' }),
    );

    const listed = answers
      .flatMap(({ target, value }) => value.groups.map((group): ListedGroup => ({ group, target })))
      .slice(isOne ? 0 : cursor.offset);
    const groups = listed.slice(0, limit);
    const isFirst = cursor.offset === 0 && cursor.awsToken === undefined;
    const hasMore = listed.length > limit;
    const names = new Set(groups.map(({ group }) => group.name));
    const saved = answers.flatMap(({ target, value }) =>
      'value' in value.saved && groups.length > 0
        ? selectSavedQueries(value.saved.value, names).map((query) => ({ query, target }))
        : [],
    );
    const shownSaved = saved.slice(0, MAX_SAVED_QUERIES_SHOWN);
    const allWarnings = [
      ...warnings,
      ...answers.flatMap(({ value }) =>
        'error' in value.saved ? [`Saved queries could not be read: ${value.saved.error.publicMessage}`] : [],
      ),
    ];
    const [first] = groups;
    const hints =
      first !== undefined
        ? hintsFor(saved.length, isLinked(input) ? first : undefined)
        : firstTarget !== undefined && isFirst
          ? await explainNoGroups(firstTarget, filter, context)
          : [];
    const text = writeGroups(groups, { isOne, hasAccounts: isLinked(input) });
    return {
      headline: describeHeadline(groups, { ...input, isFirst, hasMore }),
      targets,
      list: {
        noun: 'log group',
        head: text.head,
        items: text.lines,
        isUntrusted: true,
        ...(isFirst && !hasMore && { total: groups.length }),
        nextToken: (shown) => {
          const next = listed[shown];
          if (next === undefined) return undefined;
          return encodeCursor(NAME, question, isOne ? next.group.place : { offset: cursor.offset + shown });
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
      warnings: allWarnings,
      links: [
        first !== undefined && groups.length === 1
          ? logGroupLink(first.target.region, first.group.name)
          : logGroupsLink(first?.target.region ?? firstTarget?.region ?? context.targets.defaultRegion),
      ],
      structured: ({ shown }) => ({
        log_groups: groups.slice(0, shown).map(toGroupOutput),
        saved_queries: shownSaved.map(toSavedQueryOutput),
      }),
    };
  },
});

function toFilter(input: Input): LogGroupFilter {
  return {
    namePrefix: input.log_group_name_prefix,
    namePattern: input.log_group_name_pattern,
    logGroupClass: input.log_group_class,
    accountIdentifiers: input.account_identifiers,
    includeLinkedAccounts: input.include_linked_accounts,
  };
}

function isLinked(input: Input): boolean {
  return input.include_linked_accounts || (input.account_identifiers?.length ?? 0) > 0;
}

function hintsFor(savedCount: number, linked: ListedGroup | undefined): string[] {
  const more = savedCount - MAX_SAVED_QUERIES_SHOWN;
  const [, partition = 'aws'] = linked?.group.arn?.split(':') ?? [];
  return [
    ...(more > 0 ? [`${more} more saved queries fit; ask for fewer log groups to see theirs.`] : []),
    ...(linked === undefined
      ? []
      : [
          `Log groups of linked accounts are queried by ARN: arn:${partition}:logs:${linked.target.region}:<account id>:log-group:<name>.`,
        ]),
  ];
}
