import type { LogContent } from '../data/content.ts';
import type { Operations } from '../types.ts';
import { listAnomalies, listLogAnomalyDetectors } from './anomaly-operations.ts';
import { describeLogGroups } from './describe-log-groups.ts';
import { describeLogStreams } from './describe-log-streams.ts';
import { describeQueries, describeQueryDefinitions } from './describe-queries.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { describeAccountPolicies, describeFieldIndexes, describeIndexPolicies } from './index-operations.ts';
import { getLogEvents } from './log-events.ts';
import { getLogGroupFields, getLogRecord } from './log-record.ts';
import { QueryRegistry } from './query-registry.ts';
import { getQueryResults, stopQuery } from './query-results.ts';
import { DEFAULT_TIMING, type QueryTiming } from './query-timing.ts';
import { startQuery } from './start-query.ts';

export interface LogsOptions {
  readonly content: LogContent;
  /** How long queries take, for tests. */
  readonly timing?: Partial<QueryTiming>;
}

/** The operations of the embedded CloudWatch Logs; queries that were started live in the returned object. */
export function createLogsOperations(options: LogsOptions): Operations {
  const { content: store } = options;
  const registry = new QueryRegistry();
  const timing: QueryTiming = { ...DEFAULT_TIMING, ...options.timing };
  return {
    DescribeLogGroups: (input, context) => describeLogGroups(store, input, context),
    StartQuery: (input, context) => startQuery(store, registry, timing, input, context),
    GetQueryResults: (input, context) => getQueryResults(registry, input, context),
    StopQuery: (input, context) => stopQuery(registry, input, context),
    DescribeQueries: (input, context) => describeQueries(registry, store.queryHistory(context), input, context),
    DescribeQueryDefinitions: (input, context) => describeQueryDefinitions(store.savedQueries(context), input, context),
    DescribeLogStreams: (input, context) => describeLogStreams(store, input, context),
    FilterLogEvents: (input, context) => filterLogEvents(store, input, context),
    GetLogEvents: (input, context) => getLogEvents(store, input, context),
    GetLogGroupFields: (input, context) => getLogGroupFields(store, input, context),
    DescribeIndexPolicies: (input, context) => describeIndexPolicies(store, input, context),
    DescribeFieldIndexes: (input, context) => describeFieldIndexes(store, input, context),
    DescribeAccountPolicies: (input, context) => describeAccountPolicies(store, input, context),
    ListLogAnomalyDetectors: (input, context) => listLogAnomalyDetectors(store.anomalies(context), input, context),
    ListAnomalies: (input, context) => listAnomalies(store.anomalies(context), input, context),
    GetLogRecord: (input, context) => getLogRecord(store, input, context),
  };
}
