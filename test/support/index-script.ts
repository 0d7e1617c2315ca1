/** A history of queries, fields, indexes and policies that a test makes up, for the tools that recommend field indexes. */
import type { RequestLog } from '../../local/wire/request-log.ts';
import type { LogsBenchOptions } from './logs-bench.ts';
import { BENCH_NOW_EPOCH_MS } from './tool-bench.ts';

const MINUTE_MS = 60_000;
export const SCRIPTED_GROUP = '/aws/lambda/shop-checkout';

/** The text of a query on {@link SCRIPTED_GROUP}, or what differs from that. */
type ScriptedQuery = string | { readonly queryString: string; readonly [key: string]: unknown };

export interface IndexScript {
  /** Newest first, a minute apart. */
  readonly queries: readonly ScriptedQuery[];
  /** As of DescribeIndexPolicies. */
  readonly policies?: readonly Record<string, unknown>[];
  /** As of DescribeAccountPolicies. */
  readonly accountPolicies?: readonly Record<string, unknown>[];
  /** Names of the fields that one event of ten has; default: those of the embedded data. */
  readonly fields?: readonly string[];
  /** As of DescribeFieldIndexes. */
  readonly indexes?: readonly Record<string, unknown>[];
  /** Names of the log groups that exist; default: those of the embedded data. */
  readonly logGroups?: readonly string[];
}

const READS = [
  'DescribeQueries',
  'DescribeLogGroups',
  'DescribeAccountPolicies',
  'DescribeIndexPolicies',
  'DescribeFieldIndexes',
  'GetLogGroupFields',
];

/** Whether all that the tools read has been asked for, and all but these operations has been answered. */
export function isAllAnsweredBut(late: readonly string[], requests: RequestLog): boolean {
  return READS.every((operation) => {
    const asked = requests.of(operation);
    return asked.length > 0 && (late.includes(operation) || asked.every(({ status }) => status === 200));
  });
}

export function scriptIndexes(script: IndexScript): Pick<LogsBenchOptions, 'logs'> {
  const { queries, policies = [], accountPolicies = [], fields, indexes = [], logGroups } = script;
  const infos = queries.map((query, index) => ({
    status: 'Complete',
    createTime: BENCH_NOW_EPOCH_MS - (index + 1) * MINUTE_MS,
    logGroupName: SCRIPTED_GROUP,
    ...(typeof query === 'string' ? { queryString: query } : query),
  }));
  return {
    logs: {
      DescribeQueries: ({ maxResults = 1_000, nextToken = '0' }: { maxResults?: number; nextToken?: string }) => {
        const end = Number(nextToken) + maxResults;
        return {
          queries: infos.slice(Number(nextToken), end),
          ...(end < infos.length && { nextToken: String(end) }),
        };
      },
      DescribeIndexPolicies: () => ({ indexPolicies: policies }),
      DescribeAccountPolicies: () => ({ accountPolicies }),
      DescribeFieldIndexes: () => ({ fieldIndexes: indexes }),
      ...(fields !== undefined && {
        GetLogGroupFields: () => ({ logGroupFields: fields.map((name) => ({ name, percent: 10 })) }),
      }),
      ...(logGroups !== undefined && {
        DescribeLogGroups: () => ({
          logGroups: logGroups.map((logGroupName) => ({ logGroupName, logGroupClass: 'STANDARD', storedBytes: 1 })),
        }),
      }),
    },
  };
}
