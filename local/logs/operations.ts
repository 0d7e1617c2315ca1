import { createAnomalyData } from '../data/logs/anomalies.ts';
import { createLogCatalog } from '../data/logs/catalog.ts';
import { createQueryHistory } from '../data/logs/query-history.ts';
import { createSavedQueries } from '../data/logs/saved-queries.ts';
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
  readonly seed: number;
  /** Read once: the incident is told back from this instant. Requests bring their own time. */
  readonly nowEpochMs: () => number;
  /** How long queries take, for tests. */
  readonly timing?: Partial<QueryTiming>;
}

/** The operations of the embedded CloudWatch Logs; queries that were started live in the returned object. */
export function createLogsOperations(options: LogsOptions): Operations {
  const nowEpochMs = options.nowEpochMs();
  const store = createLogCatalog(options.seed, nowEpochMs);
  const savedQueries = createSavedQueries(options.seed, nowEpochMs);
  const history = createQueryHistory(options.seed, nowEpochMs);
  const anomalies = createAnomalyData(options.seed, nowEpochMs);
  const registry = new QueryRegistry();
  const timing: QueryTiming = { ...DEFAULT_TIMING, ...options.timing };
  return {
    DescribeLogGroups: (input, context) => describeLogGroups(store, input, context),
    StartQuery: (input, context) => startQuery(store, registry, timing, input, context),
    GetQueryResults: (input, context) => getQueryResults(registry, input, context),
    StopQuery: (input, context) => stopQuery(registry, input, context),
    DescribeQueries: (input, context) => describeQueries(registry, history, input, context),
    DescribeQueryDefinitions: (input, context) => describeQueryDefinitions(savedQueries, input, context),
    DescribeLogStreams: (input, context) => describeLogStreams(store, input, context),
    FilterLogEvents: (input, context) => filterLogEvents(store, input, context),
    GetLogEvents: (input, context) => getLogEvents(store, input, context),
    GetLogGroupFields: (input, context) => getLogGroupFields(store, input, context),
    DescribeIndexPolicies: (input, context) => describeIndexPolicies(store, input, context),
    DescribeFieldIndexes: (input, context) => describeFieldIndexes(store, input, context),
    DescribeAccountPolicies: (input, context) => describeAccountPolicies(input, context),
    ListLogAnomalyDetectors: (input, context) => listLogAnomalyDetectors(anomalies, input, context),
    ListAnomalies: (input, context) => listAnomalies(anomalies, input, context),
    GetLogRecord: (input, context) => getLogRecord(store, input, context),
  };
}
