import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  LogGroup as LogGroupDescription,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroup } from '../data/logs/log-group.ts';
import { AwsServiceError, type OperationContext } from '../types.ts';
import { findGroup, type LogStore, toLogGroupArn, visibleGroups } from './log-store.ts';
import { cutPage } from './page.ts';
import { checkCount, invalidParameter } from './refusals.ts';

/** Limits of DescribeLogGroups (API Reference). */
const MAX_ITEMS = 50;
const MAX_ACCOUNTS = 20;
const NAME_PATTERN = /^[.\-_/#A-Za-z0-9]{1,512}$/;

/**
 * Log groups by name, by prefix, by part of the name, or by identifier.
 * @throws InvalidParameterException
 */
export function describeLogGroups(
  store: LogStore,
  input: DescribeLogGroupsRequest,
  context: OperationContext,
): DescribeLogGroupsResponse {
  const size = checkCount(input.limit, 'limit', MAX_ITEMS, MAX_ITEMS);
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers: identifiers } = input;
  checkInput(input);
  const groups = identifiers
    ? identifiers.flatMap((identifier) => findExisting(store, context, identifier))
    : selectGroups(store, input, context);
  const request = JSON.stringify([context.account, context.region, prefix, pattern, input.logGroupClass, identifiers]);
  const { items, nextToken } = cutPage(groups, size, input.nextToken, request);
  const describe = pattern === undefined ? describeFully : describeBriefly;
  return { logGroups: items.map(describe), ...(nextToken !== undefined && { nextToken }) };
}

/** Identifiers filter the list, so one of nothing is no error (API Reference: the operation has no not-found error). */
function findExisting(store: LogStore, context: OperationContext, identifier: string): readonly LogGroup[] {
  try {
    return [findGroup(store, context, identifier)];
  } catch (error) {
    if (error instanceof AwsServiceError && error.name === 'ResourceNotFoundException') return [];
    throw error;
  }
}

function checkInput(input: DescribeLogGroupsRequest): void {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = input;
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  }
  const name = prefix ?? pattern;
  if (name !== undefined && !NAME_PATTERN.test(name)) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at '${prefix === undefined ? 'logGroupNamePattern' : 'logGroupNamePrefix'}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+ and have at most 512 characters`,
    );
  }
  if ((input.accountIdentifiers?.length ?? 0) > MAX_ACCOUNTS) {
    throw invalidParameter(`accountIdentifiers takes at most ${MAX_ACCOUNTS} account IDs.`);
  }
  if (input.accountIdentifiers?.length && input.includeLinkedAccounts !== true) {
    throw invalidParameter('accountIdentifiers may only be given together with includeLinkedAccounts=true.');
  }
  const others = [name, input.logGroupClass, input.accountIdentifiers].some((item) => item !== undefined);
  if (input.logGroupIdentifiers && others) {
    throw invalidParameter('logGroupIdentifiers may only be combined with includeLinkedAccounts.');
  }
  if ((input.logGroupIdentifiers?.length ?? 0) > MAX_ITEMS) {
    throw invalidParameter(`logGroupIdentifiers takes at most ${MAX_ITEMS} log groups.`);
  }
}

function selectGroups(
  store: LogStore,
  input: DescribeLogGroupsRequest,
  context: OperationContext,
): readonly LogGroup[] {
  const accounts = input.accountIdentifiers ?? [];
  return visibleGroups(store, context, input.includeLinkedAccounts === true).filter(
    (group) =>
      group.name.startsWith(input.logGroupNamePrefix ?? '') &&
      group.name.includes(input.logGroupNamePattern ?? '') &&
      isOfClass(group, input.logGroupClass) &&
      (accounts.length === 0 || accounts.includes(group.account)),
  );
}

/** Infrequent Access and Essentials are asked for together (API Reference, logGroupClass). */
function isOfClass(group: LogGroup, wanted: string | undefined): boolean {
  return wanted === undefined || group.logGroupClass === (wanted === 'ESSENTIALS' ? 'INFREQUENT_ACCESS' : wanted);
}

function describeFully(group: LogGroup): LogGroupDescription {
  const arn = toLogGroupArn(group);
  return {
    logGroupName: group.name,
    creationTime: group.creationEpochMs,
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
    metricFilterCount: group.metricFilterCount,
    arn: `${arn}:*`,
    storedBytes: group.storedBytes,
    ...(group.kmsKeyId !== undefined && { kmsKeyId: group.kmsKeyId }),
    ...(group.isDataProtected && { dataProtectionStatus: 'ACTIVATED' as const }),
    logGroupClass: group.logGroupClass,
    logGroupArn: arn,
  };
}

/** With a name pattern the service gives only these (API Reference, logGroupNamePattern). */
function describeBriefly(group: LogGroup): LogGroupDescription {
  return { logGroupName: group.name, creationTime: group.creationEpochMs, arn: `${toLogGroupArn(group)}:*` };
}
