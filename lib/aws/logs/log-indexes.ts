/** The history of Logs Insights queries, and field indexes with their policies, over the SDK. */
import {
  DescribeAccountPoliciesCommand,
  DescribeFieldIndexesCommand,
  DescribeIndexPoliciesCommand,
  DescribeQueriesCommand,
  IndexCategory,
  IndexSource,
  PolicyType,
  type QueryInfo,
  QueryStatus,
} from '@aws-sdk/client-cloudwatch-logs';
import { SECOND_MS } from '../../domain/time.ts';
import type { AwsConnection } from '../connection.ts';
import { pages, readAll } from '../pages.ts';
import {
  type AccountIndexPolicy,
  type FieldIndex,
  type GroupIndexPolicy,
  INDEX_CATEGORIES,
  type LogIndexesPort,
  type PastQuery,
} from '../ports/log-indexes.ts';
import type { Pages } from '../ports/pages.ts';

/** DescribeQueries gives at most 1,000 a page. */
const PAGE_QUERIES = 1_000;
/** Times below this are seconds: the API reference says milliseconds, examples of AWS show seconds. */
const MAX_EPOCH_SECONDS = 99_999_999_999;

export function createLogIndexesPort(aws: AwsConnection): LogIndexesPort {
  return {
    readPastQueries: (logGroupName, signal) => readPastQueries(aws, logGroupName, signal),
    listGroupPolicies: (logGroups, signal) => listGroupPolicies(aws, logGroups, signal),
    listAccountPolicies: (signal) => listAccountPolicies(aws, signal),
    listFieldIndexes: (logGroups, signal) => listFieldIndexes(aws, logGroups, signal),
  };
}

function readPastQueries(aws: AwsConnection, logGroupName: string | undefined, signal: AbortSignal): Pages<PastQuery> {
  return pages(async (nextToken) => {
    const input = { maxResults: PAGE_QUERIES, logGroupName, nextToken };
    const page = await aws.call(
      'logs:DescribeQueries',
      signal,
      ({ logs }, options) => logs.send(new DescribeQueriesCommand(input), options),
      { subject: 'log group' },
    );
    return { items: (page.queries ?? []).map(toPastQuery), nextToken: page.nextToken };
  });
}

function toPastQuery(info: QueryInfo): PastQuery {
  const { createTime = 0 } = info;
  return {
    query: info.queryString ?? '',
    language: info.queryLanguage ?? 'CWLI',
    ...(info.logGroupName !== undefined && info.logGroupName !== '' && { logGroup: info.logGroupName }),
    hasFailed: info.status === QueryStatus.Failed,
    createdEpochMs: createTime > MAX_EPOCH_SECONDS ? createTime : createTime * SECOND_MS,
    ...(info.bytesScanned !== undefined && { bytesScanned: info.bytesScanned }),
  };
}

async function listGroupPolicies(
  aws: AwsConnection,
  logGroups: readonly string[],
  signal: AbortSignal,
): Promise<GroupIndexPolicy[]> {
  return readAll(async (nextToken) => {
    const input = { logGroupIdentifiers: [...logGroups], nextToken };
    const page = await aws.call(
      'logs:DescribeIndexPolicies',
      signal,
      ({ logs }, options) => logs.send(new DescribeIndexPoliciesCommand(input), options),
      { subject: 'log group' },
    );
    const items = (page.indexPolicies ?? []).map(({ logGroupIdentifier = '', policyDocument = '', ...policy }) => ({
      logGroup: logGroupIdentifier,
      isOwn: policy.source !== IndexSource.ACCOUNT,
      ...(policy.policyName !== undefined && { policyName: policy.policyName }),
      document: policyDocument,
    }));
    return { items, nextToken: page.nextToken };
  });
}

async function listAccountPolicies(aws: AwsConnection, signal: AbortSignal): Promise<AccountIndexPolicy[]> {
  return readAll(async (nextToken) => {
    const input = { policyType: PolicyType.FIELD_INDEX_POLICY, nextToken };
    const page = await aws.call('logs:DescribeAccountPolicies', signal, ({ logs }, options) =>
      logs.send(new DescribeAccountPoliciesCommand(input), options),
    );
    const items = (page.accountPolicies ?? []).map(({ policyName = '', policyDocument = '', selectionCriteria }) => ({
      policyName,
      ...(selectionCriteria !== undefined && selectionCriteria !== '' && { selection: selectionCriteria }),
      document: policyDocument,
    }));
    return { items, nextToken: page.nextToken };
  });
}

async function listFieldIndexes(
  aws: AwsConnection,
  logGroups: readonly string[],
  signal: AbortSignal,
): Promise<FieldIndex[]> {
  // Left to itself the service leaves out those that it makes itself (API reference, indexCategories).
  const asked = { logGroupIdentifiers: [...logGroups], indexCategories: Object.values(IndexCategory) };
  return readAll(async (nextToken) => {
    const input = { ...asked, nextToken };
    const page = await aws.call(
      'logs:DescribeFieldIndexes',
      signal,
      ({ logs }, options) => logs.send(new DescribeFieldIndexesCommand(input), options),
      { subject: 'log group' },
    );
    const items = (page.fieldIndexes ?? []).map(({ logGroupIdentifier, fieldIndexName = '', indexCategory }) => ({
      ...(logGroupIdentifier !== undefined && { logGroup: logGroupIdentifier }),
      field: fieldIndexName,
      category: INDEX_CATEGORIES.find((category) => category === indexCategory?.toLowerCase()) ?? 'unknown',
    }));
    return { items, nextToken: page.nextToken };
  });
}
