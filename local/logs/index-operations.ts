import type {
  DescribeAccountPoliciesRequest,
  DescribeAccountPoliciesResponse,
  DescribeFieldIndexesRequest,
  DescribeFieldIndexesResponse,
  DescribeIndexPoliciesRequest,
  DescribeIndexPoliciesResponse,
  IndexPolicy,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroup } from '../data/logs/log-group.ts';
import { ACCOUNTS, DEFAULT_REGION, LOG_GROUPS } from '../scenario.ts';
import type { OperationContext } from '../types.ts';
import { findGroup, type LogStore, toLogGroupArn } from './log-store.ts';
import { invalidParameter } from './refusals.ts';

const DAY_MS = 86_400_000;
/** Log groups in one request (API Reference, DescribeIndexPolicies and DescribeFieldIndexes). */
const MAX_LOG_GROUPS = 100;

const ACCOUNT_POLICY = { name: 'shop-request-ids', prefix: '/aws/lambda/shop-', fields: ['@requestId'] } as const;
const GROUP_POLICIES: Readonly<Record<string, readonly string[]>> = {
  [LOG_GROUPS.checkout]: ['requestId', 'orderId'],
  [LOG_GROUPS.apiAccess]: ['requestId'],
};

/** A log group's own policy, else the account's when it covers the group. */
export function describeIndexPolicies(
  store: LogStore,
  input: DescribeIndexPoliciesRequest,
  context: OperationContext,
): DescribeIndexPoliciesResponse {
  return {
    indexPolicies: requireGroups(store, input.logGroupIdentifiers, context).flatMap((group) =>
      policyOf(group, context),
    ),
  };
}

/** The fields that are indexed in each of the log groups. */
export function describeFieldIndexes(
  store: LogStore,
  input: DescribeFieldIndexesRequest,
  context: OperationContext,
): DescribeFieldIndexesResponse {
  const groups = requireGroups(store, input.logGroupIdentifiers, context);
  return {
    fieldIndexes: groups.flatMap((group) =>
      indexedFields(group).map((fieldIndexName) => ({
        logGroupIdentifier: toLogGroupArn(group),
        fieldIndexName,
        lastScanTime: context.nowEpochMs,
        firstEventTime: context.nowEpochMs - 20 * DAY_MS,
        lastEventTime: context.nowEpochMs,
        type: 'FIELD_INDEX' as const,
      })),
    ),
  };
}

/** Account-level policies; only field indexes have one here. */
export function describeAccountPolicies(
  input: DescribeAccountPoliciesRequest,
  context: OperationContext,
): DescribeAccountPoliciesResponse {
  if (input.policyType === undefined) {
    throw invalidParameter('policyType must be given.');
  }
  const isHere = context.account === ACCOUNTS.prod.id && context.region === DEFAULT_REGION;
  const isNamed = input.policyName === undefined || input.policyName === ACCOUNT_POLICY.name;
  if (input.policyType !== 'FIELD_INDEX_POLICY' || !isHere || !isNamed) {
    return { accountPolicies: [] };
  }
  return {
    accountPolicies: [
      {
        policyName: ACCOUNT_POLICY.name,
        policyDocument: JSON.stringify({ Fields: ACCOUNT_POLICY.fields }),
        lastUpdatedTime: context.nowEpochMs - 50 * DAY_MS,
        policyType: 'FIELD_INDEX_POLICY',
        scope: 'ALL',
        selectionCriteria: `LogGroupNamePrefix IN ["${ACCOUNT_POLICY.prefix}"]`,
        accountId: context.account,
      },
    ],
  };
}

function requireGroups(
  store: LogStore,
  identifiers: readonly string[] | undefined,
  context: OperationContext,
): readonly LogGroup[] {
  if (!identifiers || identifiers.length < 1 || identifiers.length > MAX_LOG_GROUPS) {
    throw invalidParameter(`logGroupIdentifiers takes 1 to ${MAX_LOG_GROUPS} log groups.`);
  }
  return identifiers.map((identifier) => findGroup(store, context, identifier));
}

function ownFields(group: LogGroup): readonly string[] | undefined {
  return group.account === ACCOUNTS.prod.id && group.region === DEFAULT_REGION ? GROUP_POLICIES[group.name] : undefined;
}

function isCoveredByAccount(group: LogGroup): boolean {
  return (
    group.account === ACCOUNTS.prod.id &&
    group.region === DEFAULT_REGION &&
    group.name.startsWith(ACCOUNT_POLICY.prefix)
  );
}

/** The fields that a policy of the log group, or of its account, indexes. */
export function indexedFields(group: LogGroup): readonly string[] {
  return ownFields(group) ?? (isCoveredByAccount(group) ? ACCOUNT_POLICY.fields : []);
}

function policyOf(group: LogGroup, { nowEpochMs }: OperationContext): IndexPolicy[] {
  const own = ownFields(group);
  const fields = indexedFields(group);
  if (fields.length === 0) {
    return [];
  }
  return [
    {
      logGroupIdentifier: toLogGroupArn(group),
      lastUpdateTime: nowEpochMs - 30 * DAY_MS,
      policyDocument: JSON.stringify({ Fields: fields }),
      ...(!own && { policyName: ACCOUNT_POLICY.name }),
      source: own ? 'LOG_GROUP' : 'ACCOUNT',
    },
  ];
}
