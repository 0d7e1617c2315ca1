import type {
  DescribeAccountPoliciesRequest,
  DescribeAccountPoliciesResponse,
  DescribeFieldIndexesRequest,
  DescribeFieldIndexesResponse,
  DescribeIndexPoliciesRequest,
  DescribeIndexPoliciesResponse,
  IndexPolicy,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AccountIndexPolicy } from '../data/content.ts';
import type { LogGroup } from '../data/logs/log-group.ts';
import type { OperationContext } from '../types.ts';
import { findGroup, type LogStore, toLogGroupArn } from './log-store.ts';
import { invalidParameter } from './refusals.ts';

const DAY_MS = 86_400_000;
/** Log groups in one request (API Reference, DescribeIndexPolicies and DescribeFieldIndexes). */
const MAX_LOG_GROUPS = 100;

/** A log group's own policy, else the account's when it covers the group. */
export function describeIndexPolicies(
  store: LogStore,
  input: DescribeIndexPoliciesRequest,
  context: OperationContext,
): DescribeIndexPoliciesResponse {
  return {
    indexPolicies: requireGroups(store, input.logGroupIdentifiers, context).flatMap((group) =>
      policyOf(store, group, context),
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
      fieldsOf(store, group).map((fieldIndexName) => ({
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
  store: LogStore,
  input: DescribeAccountPoliciesRequest,
  context: OperationContext,
): DescribeAccountPoliciesResponse {
  if (input.policyType === undefined) {
    throw invalidParameter('policyType must be given.');
  }
  const policy = store.accountIndexPolicy(context);
  const isAsked = input.policyType === 'FIELD_INDEX_POLICY' && (input.policyName ?? policy?.name) === policy?.name;
  if (policy === undefined || !isAsked) {
    return { accountPolicies: [] };
  }
  return {
    accountPolicies: [
      {
        policyName: policy.name,
        policyDocument: JSON.stringify({ Fields: policy.fields }),
        lastUpdatedTime: context.nowEpochMs - 50 * DAY_MS,
        policyType: 'FIELD_INDEX_POLICY',
        scope: 'ALL',
        selectionCriteria: `LogGroupNamePrefix IN ["${policy.prefix}"]`,
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

/** The account's policy where the group has none of its own and its name is covered. */
function coveringPolicy(store: LogStore, group: LogGroup): AccountIndexPolicy | undefined {
  const policy = store.accountIndexPolicy(group);
  return policy !== undefined && group.name.startsWith(policy.prefix) ? policy : undefined;
}

/** The fields that a policy of the log group, or of its account, indexes. */
export function fieldsOf(store: LogStore, group: LogGroup): readonly string[] {
  return store.indexedFields(group) ?? coveringPolicy(store, group)?.fields ?? [];
}

function policyOf(store: LogStore, group: LogGroup, { nowEpochMs }: OperationContext): IndexPolicy[] {
  const own = store.indexedFields(group);
  const fields = fieldsOf(store, group);
  if (fields.length === 0) {
    return [];
  }
  const policyName = own ? undefined : coveringPolicy(store, group)?.name;
  return [
    {
      logGroupIdentifier: toLogGroupArn(group),
      lastUpdateTime: nowEpochMs - 30 * DAY_MS,
      policyDocument: JSON.stringify({ Fields: fields }),
      ...(policyName !== undefined && { policyName }),
      source: own ? 'LOG_GROUP' : 'ACCOUNT',
    },
  ];
}
