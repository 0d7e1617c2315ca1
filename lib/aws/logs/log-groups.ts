/** DescribeLogGroups: pages, and the two things it does not do (prefix with pattern, details with pattern). */
import {
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandInput,
  type LogGroup as SdkLogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AwsConnection } from '../connection.ts';
import type { LogGroup, LogGroupFilter, LogGroupPlace } from '../ports/logs.ts';

/** DescribeLogGroups gives at most 50 a page, and takes at most 50 identifiers. */
const PAGE_SIZE = 50;

export async function listLogGroups(
  aws: AwsConnection,
  filter: LogGroupFilter,
  place: LogGroupPlace,
  limit: number,
  signal: AbortSignal,
): Promise<LogGroup[]> {
  const { namePrefix, namePattern } = filter;
  const input = toInput(filter);
  const found: LogGroup[] = [];
  let { offset, awsToken } = place;
  for (;;) {
    const page = await describe(aws, { ...input, limit: PAGE_SIZE, nextToken: awsToken }, signal);
    for (const [index, group] of (page.logGroups ?? []).entries()) {
      const isWanted = namePattern === undefined || (group.logGroupName ?? '').startsWith(namePrefix ?? '');
      const groupPlace = { offset: index, ...(awsToken !== undefined && { awsToken }) };
      if (index >= offset && isWanted && found.length < limit) found.push(toLogGroup(group, groupPlace));
    }
    offset = 0;
    awsToken = page.nextToken;
    if (awsToken === undefined || found.length >= limit) break;
  }
  return namePattern === undefined ? found : describeFully(aws, found, filter, signal);
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
  const found: LogGroup[] = [];
  let awsToken: string | undefined;
  do {
    const page = await describe(aws, { ...input, nextToken: awsToken }, signal);
    found.push(...(page.logGroups ?? []).map((group, offset) => toLogGroup(group, { offset })));
    awsToken = page.nextToken;
  } while (awsToken !== undefined);
  return found;
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
  const pages = await Promise.all(
    chunks.map((chunk) => {
      const logGroupIdentifiers = chunk.map(({ name, arn }) => (isLinked ? (arn ?? name) : name));
      return describe(aws, { logGroupIdentifiers, ...(isLinked && { includeLinkedAccounts: true }) }, signal);
    }),
  );
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
