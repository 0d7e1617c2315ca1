/** Log groups and saved queries in words and as structured items. Pure. */
import { z } from 'zod';
import type { LogGroup, SavedQuery } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { cleanLine, cleanText, clip, inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, formatCount, listSome, nounOf } from '../../../domain/text/counts.ts';
import { formatBytes } from '../../../domain/text/log-size.ts';
import { findNearest } from '../../../domain/text/nearest.ts';
import { formatTime } from '../../../domain/time.ts';

export interface ListedGroup {
  readonly group: LogGroup;
  readonly target: Target;
}

export const SAVED_QUERIES_TITLE = 'Saved queries for these log groups (run them with execute_log_insights_query):';

const MAX_QUERY_TEXT_CHARS = 300;
const MAX_QUERY_OUTPUT_CHARS = 2_000;
/** Of a saved query (PutQueryDefinition API reference); AWS's answer need not keep to them. */
const MAX_QUERY_NAME_CHARS = 255;
const MAX_QUERY_GROUPS = 50;
const MAX_GROUP_NAME_CHARS = 512;
const MAX_PARAMETERS = 20;

export const logGroupOutput = z.object({
  name: z.string(),
  arn: z.string().optional(),
  account: z.string(),
  region: z.string(),
  class: z.string().optional(),
  stored_bytes: z.number().optional(),
  retention_days: z.int().optional().describe('absent: never expires'),
  created: z.string().optional(),
  data_protection: z.string().optional(),
});

export const savedQueryOutput = z.object({
  name: z.string(),
  query_string: z.string(),
  query_language: z.string(),
  log_groups: z.array(z.string()).describe('empty: runs on any log group'),
  parameters: z
    .array(z.object({ name: z.string(), default: z.string().optional(), description: z.string().optional() }))
    .optional()
    .describe('values that take the place of {{name}}'),
  account: z.string(),
  region: z.string(),
});

export function toGroupOutput({ group, target }: ListedGroup): z.input<typeof logGroupOutput> {
  return {
    name: group.name,
    arn: group.arn,
    account: target.account,
    region: target.region,
    class: group.logGroupClass,
    stored_bytes: group.storedBytes,
    retention_days: group.retentionDays,
    ...(group.createdEpochMs !== undefined && { created: formatTime(group.createdEpochMs) }),
    data_protection: group.dataProtection,
  };
}

export function toSavedQueryOutput({
  query,
  target,
}: {
  query: SavedQuery;
  target: Target;
}): z.input<typeof savedQueryOutput> {
  return {
    name: clip(query.name, MAX_QUERY_NAME_CHARS),
    query_string: clip(query.query, MAX_QUERY_OUTPUT_CHARS),
    query_language: clip(query.language, MAX_QUERY_NAME_CHARS),
    log_groups: query.logGroups.slice(0, MAX_QUERY_GROUPS).map((name) => clip(name, MAX_GROUP_NAME_CHARS)),
    ...(query.parameters.length > 0 && {
      parameters: query.parameters.slice(0, MAX_PARAMETERS).map(({ name, defaultValue, description }) => ({
        name: clip(name, MAX_QUERY_NAME_CHARS),
        ...(defaultValue !== undefined && { default: clip(defaultValue, MAX_QUERY_NAME_CHARS) }),
        ...(description !== undefined && { description: clip(description, MAX_QUERY_NAME_CHARS) }),
      })),
    }),
    account: target.account,
    region: target.region,
  };
}

export function writeGroups(
  groups: readonly ListedGroup[],
  options: { readonly isOne: boolean; readonly hasAccounts: boolean },
): { readonly head: string; readonly lines: readonly string[] } {
  const columns = [...(options.isOne ? [] : ['account/region']), ...(options.hasAccounts ? ['account id'] : [])];
  return {
    head: [...columns, 'log group', 'stored', 'retention', 'class'].join(' | '),
    lines: groups.map(({ group, target }) =>
      [
        ...(options.isOne ? [] : [`${target.account}/${target.region}`]),
        ...(options.hasAccounts ? [group.arn?.split(':')[4] ?? '-'] : []),
        cleanLine(group.name),
        group.storedBytes === undefined ? '-' : formatBytes(group.storedBytes),
        group.isDescribed ? describeRetention(group.retentionDays) : '-',
        group.logGroupClass ?? '-',
        ...(group.dataProtection === 'ACTIVATED' ? ['data protection masks sensitive text'] : []),
      ].join(' | '),
    ),
  };
}

function describeRetention(days: number | undefined): string {
  return days === undefined ? 'never expires' : countOf(days, 'day');
}

/** Lines stay lines: a comment ends at the end of its own. */
export function writeSavedQuery(query: SavedQuery, where: string): string {
  const scope = query.logGroups.length === 0 ? 'any log group' : countOf(query.logGroups.length, 'log group');
  const about = [scope, ...(query.language === 'CWLI' ? [] : [query.language]), ...(where === '' ? [] : [where])];
  const lines = cleanText(query.query)
    .split('\n')
    .map((line) => line.trim());
  const text = lines.filter((line) => line !== '').join('\n    ');
  const head = `${clip(cleanLine(query.name), 100)} (${about.join(', ')}): ${clip(text, MAX_QUERY_TEXT_CHARS)}`;
  return query.parameters.length === 0 ? head : `${head}\n    ${writeParameters(query.parameters)}`;
}

/** The service puts in no values for those who send the text themselves. */
function writeParameters(parameters: SavedQuery['parameters']): string {
  const told = parameters.map(({ name, defaultValue, description }) => {
    const byDefault = defaultValue === undefined ? '' : ` (default ${defaultValue})`;
    return `{{${name}}}${byDefault}${description === undefined || description === '' ? '' : `: ${description}`}`;
  });
  return clip(cleanLine(`before it is run, a value takes the place of ${told.join('; ')}`), MAX_QUERY_TEXT_CHARS);
}

export interface HeadlineFacts {
  readonly log_group_name_prefix?: string | undefined;
  readonly log_group_name_pattern?: string | undefined;
  readonly log_group_class?: string | undefined;
  /** There are none before these. */
  readonly isFirst: boolean;
  /** There are log groups after these. */
  readonly hasMore: boolean;
  /** How many there are in all, where they were counted. */
  readonly total: number | undefined;
  /** All whose sizes were compared, where these are the largest. */
  readonly all: readonly ListedGroup[] | undefined;
}

export function describeHeadline(groups: readonly ListedGroup[], facts: HeadlineFacts): string {
  const { log_group_name_prefix: prefix, log_group_name_pattern: pattern, log_group_class: logClass, total } = facts;
  const name = [
    ...(prefix === undefined ? [] : [`beginning with ${inlineName(prefix)}`]),
    ...(pattern === undefined ? [] : [`containing ${inlineName(pattern)}`]),
  ].join(' and ');
  const which = `${name === '' ? '' : ` with a name ${name}`}${logClass === undefined ? '' : ` of class ${logClass}`}`;
  if (groups.length === 0) return facts.isFirst ? `No log group${which}.` : 'No further log groups.';
  const storedBytes = sumBytes(groups);
  const endless = groups.filter(({ group }) => group.isDescribed && group.retentionDays === undefined).length;
  const sums = `${formatBytes(storedBytes)} stored${facts.all === undefined ? '' : describeShare(storedBytes, facts)}${endless === 0 ? '' : `, ${endless} never ${nounOf(endless, 'expires', 'expire')}`}`;
  const count = countOf(groups.length, 'log group');
  const of =
    facts.hasMore && total !== undefined ? `${formatCount(groups.length)} of ${countOf(total, 'log group')}` : count;
  const begin =
    facts.all === undefined ? (facts.isFirst ? 'first' : 'next') : facts.isFirst ? 'largest' : 'next largest';
  if (facts.hasMore) return `The ${begin} ${of}${which}: ${sums}${total === undefined ? '; there are more' : ''}.`;
  return facts.isFirst ? `${count}${which}: ${sums}.` : `The last ${count}${which}: ${sums}.`;
}

function sumBytes(groups: readonly ListedGroup[]): number {
  return groups.reduce((sum, { group }) => sum + (group.storedBytes ?? 0), 0);
}

/** ` of 12 TB (83 %)`; nothing where these are all. */
function describeShare(storedBytes: number, { all = [], hasMore, isFirst }: HeadlineFacts): string {
  const whole = sumBytes(all);
  if (whole === 0 || (isFirst && !hasMore)) return '';
  return ` of ${formatBytes(whole)} (${Math.round((storedBytes / whole) * 100)} %)`;
}

/**
 * @param existing names in the account and region that were asked first
 * @param others accounts that let the caller in as well
 */
export function hintNoGroups(
  name: string | undefined,
  existing: readonly string[],
  logClass: string | undefined,
  others: readonly string[],
): string[] {
  if (existing.length === 0)
    return [
      `There is no log group at all here → ask another region${others.length === 0 ? '' : ` or account (${listSome(others, MAX_OTHERS)})`}; list_targets shows them.`,
    ];
  const near = name === undefined ? [] : findNearNames(name, existing);
  return [
    ...(near.length > 0 ? [`Near names: ${near.map(inlineName).join(', ')}.`] : []),
    `There are ${existing.length} log groups here; names are case-sensitive → try a shorter log_group_name_pattern${logClass === undefined ? '' : ', leave log_group_class out'}, or another region.`,
  ];
}

const MAX_NEAR_NAMES = 3;
const MAX_OTHERS = 5;

/** Names near the whole of a name, else those with a word near to it. */
function findNearNames(name: string, existing: readonly string[]): string[] {
  const whole = findNearest(name, existing, MAX_NEAR_NAMES);
  if (whole.length > 0) return whole;
  const words = new Set(existing.flatMap((other) => other.split(/[^A-Za-z0-9]+/)).filter((word) => word.length > 2));
  const near = findNearest(name, words, MAX_NEAR_NAMES);
  return near.flatMap((word) => existing.filter((other) => other.includes(word))).slice(0, MAX_NEAR_NAMES);
}
