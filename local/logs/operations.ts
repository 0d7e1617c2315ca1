import { createLogCatalog } from '../data/logs/catalog.ts';
import type { Operations } from '../types.ts';
import { describeLogGroups } from './describe-log-groups.ts';
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
  const store = createLogCatalog(options.seed, options.nowEpochMs());
  const registry = new QueryRegistry();
  const timing: QueryTiming = { ...DEFAULT_TIMING, ...options.timing };
  return {
    DescribeLogGroups: (input, context) => describeLogGroups(store, input, context),
    StartQuery: (input, context) => startQuery(store, registry, timing, input, context),
    GetQueryResults: (input, context) => getQueryResults(registry, input, context),
    StopQuery: (input, context) => stopQuery(registry, input, context),
  };
}
