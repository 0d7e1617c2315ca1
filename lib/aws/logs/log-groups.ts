/** DescribeLogGroups: pages, and the two things it does not do (prefix with pattern, details with pattern). */
import {
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandInput,
  type LogGroup as SdkLogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import { inParallel } from '../../domain/async/in-parallel.ts';
import type { AwsConnection } from '../connection.ts';
import { endlessList, pages, readAll } from '../pages.ts';
import type { LogGroup, LogGroupFilter, LogGroupPlace } from '../ports/logs.ts';
import type { Pages } from '../ports/pages.ts';

/** DescribeLogGroups gives at most 50 a page, and takes at most 50 identifiers. */
const PAGE_SIZE = 50;
/** DescribeLogGroups allows 10 a second (CloudWatch Logs quotas). */
const CONCURRENCY = 5;

export async function listLogGroups(
  aws: AwsConnection,
  filter: LogGroupFilter,
  place: LogGroupPlace,
  limit: number,
  signal: AbortSignal,
): Promise<LogGroup[]> {
  const found: LogGroup[] = [];
  const list = walkNames(aws, filter, place, signal);
  while (found.length < limit) {
    const page = await list.next();
    if (page.done !== true) for (const group of page.value) found.push(group);
    else if (page.value) break;
    else throw endlessList();
  }
  const groups = found.slice(0, limit);
  return filter.namePattern === undefined ? groups : describeFully(aws, groups, filter, signal);
}

/**
 * All log groups from a place on, a page of the service at a time.
 * @param hasDetails size, class and retention are wanted: with a name pattern they cost a call more a page
 */
export async function* walkLogGroups(
  aws: AwsConnection,
  filter: LogGroupFilter,
  place: LogGroupPlace,
  hasDetails: boolean,
  signal: AbortSignal,
): Pages<LogGroup> {
  const list = walkNames(aws, filter, place, signal);
  let page = await list.next();
  for (; page.done !== true; page = await list.next())
    yield hasDetails && filter.namePattern !== undefined
      ? await describeFully(aws, page.value, filter, signal)
      : page.value;
  return page.value;
}

/** With a name pattern the service gives names only. */
async function* walkNames(
  aws: AwsConnection,
  filter: LogGroupFilter,
  place: LogGroupPlace,
  signal: AbortSignal,
): Pages<LogGroup> {
  const { namePrefix, namePattern } = filter;
  const input = toInput(filter);
  const isWanted = ({ name, place: { awsToken, offset } }: LogGroup): boolean =>
    (namePattern === undefined || name.startsWith(namePrefix ?? '')) &&
    (awsToken !== place.awsToken || offset >= place.offset);
  const list = pages(
    async (awsToken) => {
      const page = await describe(aws, { ...input, limit: PAGE_SIZE, nextToken: awsToken }, signal);
      const items = (page.logGroups ?? []).map((group, offset) =>
        toLogGroup(group, { offset, ...(awsToken !== undefined && { awsToken }) }),
      );
      return { items, nextToken: page.nextToken };
    },
    undefined,
    place.awsToken,
  );
  let page = await list.next();
  for (; page.done !== true; page = await list.next()) yield page.value.filter(isWanted);
  return page.value;
}

/**
 * The log groups among these names and ARNs that exist.
 * @param identifiers at most 50
 */
export async function getLogGroups(
  aws: AwsConnection,
  identifiers: readonly string[],
  signal: AbortSignal,
): Promise<LogGroup[]> {
  const hasArn = identifiers.some((identifier) => identifier.startsWith('arn:'));
  const input = { logGroupIdentifiers: [...identifiers], ...(hasArn && { includeLinkedAccounts: true }) };
  return readAll(async (nextToken) => {
    const page = await describe(aws, { ...input, nextToken }, signal);
    return {
      items: (page.logGroups ?? []).map((group, offset) => toLogGroup(group, { offset })),
      nextToken: page.nextToken,
    };
  });
}

/** A pattern goes to the service in place of a prefix: of the two it is the one that a client cannot page to. */
function toInput(filter: LogGroupFilter): DescribeLogGroupsCommandInput {
  const { namePrefix, namePattern, logGroupClass, accountIdentifiers } = filter;
  return {
    ...(namePattern !== undefined && { logGroupNamePattern: namePattern }),
    ...(namePattern === undefined && namePrefix !== undefined && { logGroupNamePrefix: namePrefix }),
    ...(logGroupClass !== undefined && { logGroupClass }),
    ...(accountIdentifiers?.length && { accountIdentifiers: [...accountIdentifiers] }),
    ...((filter.includeLinkedAccounts === true || accountIdentifiers?.length) && { includeLinkedAccounts: true }),
  };
}

/** With a name pattern the service gives names only (API reference, logGroupNamePattern); the rest is asked for by identifier. */
async function describeFully(
  aws: AwsConnection,
  groups: readonly LogGroup[],
  filter: LogGroupFilter,
  signal: AbortSignal,
): Promise<LogGroup[]> {
  const lacking = groups.filter(({ isDescribed }) => !isDescribed);
  const isLinked = filter.includeLinkedAccounts === true || filter.accountIdentifiers !== undefined;
  const chunks = Array.from({ length: Math.ceil(lacking.length / PAGE_SIZE) }, (_, index) =>
    lacking.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
  );
  const pages = await inParallel(chunks, CONCURRENCY, (chunk) => {
    const logGroupIdentifiers = chunk.map(({ name, arn }) => (isLinked ? (arn ?? name) : name));
    return describe(aws, { logGroupIdentifiers, ...(isLinked && { includeLinkedAccounts: true }) }, signal);
  });
  const described = new Map(pages.flatMap(({ logGroups = [] }) => logGroups.map((group) => [keyOf(group), group])));
  return groups.map((group) => {
    const full = group.isDescribed ? undefined : described.get(group.arn ?? group.name);
    return full === undefined ? group : toLogGroup(full, group.place);
  });
}

function describe(aws: AwsConnection, input: DescribeLogGroupsCommandInput, signal: AbortSignal) {
  return aws.call('logs:DescribeLogGroups', signal, ({ logs }, options) =>
    logs.send(new DescribeLogGroupsCommand(input), options),
  );
}

function keyOf(group: SdkLogGroup): string {
  return arnOf(group) ?? group.logGroupName ?? '';
}

function arnOf(group: SdkLogGroup): string | undefined {
  return group.logGroupArn ?? group.arn?.replace(/:\*$/, '');
}

function toLogGroup(group: SdkLogGroup, place: LogGroupPlace): LogGroup {
  const arn = arnOf(group);
  return {
    name: group.logGroupName ?? '',
    ...(arn !== undefined && { arn }),
    ...(group.logGroupClass !== undefined && { logGroupClass: group.logGroupClass }),
    ...(group.storedBytes !== undefined && { storedBytes: group.storedBytes }),
    ...(group.retentionInDays !== undefined && { retentionDays: group.retentionInDays }),
    ...(group.creationTime !== undefined && { createdEpochMs: group.creationTime }),
    ...(group.dataProtectionStatus !== undefined && { dataProtection: group.dataProtectionStatus }),
    isDescribed: group.storedBytes !== undefined || group.logGroupClass !== undefined,
    place,
  };
}
