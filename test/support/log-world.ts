/** A Logs Insights over the log groups of a test: the embedded evaluator on the test's own events. */
import type { LogEvent, LogGroup } from '../../local/data/logs/log-group.ts';
import { describeLogGroups } from '../../local/logs/describe-log-groups.ts';
import { filterLogEvents } from '../../local/logs/filter-log-events.ts';
import { parseQuery } from '../../local/logs/insights/parser.ts';
import { planQuery } from '../../local/logs/insights/plan.ts';
import { getLogEvents } from '../../local/logs/log-events.ts';
import { getLogRecord } from '../../local/logs/log-record.ts';
import type { LogStore } from '../../local/logs/log-store.ts';
import { QueryRegistry } from '../../local/logs/query-registry.ts';
import { getQueryResults, stopQuery } from '../../local/logs/query-results.ts';
import { runQuery } from '../../local/logs/query-run.ts';
import { DEFAULT_TIMING, type QueryTiming } from '../../local/logs/query-timing.ts';
import { startQuery } from '../../local/logs/start-query.ts';
import { ACCOUNTS, DEFAULT_REGION } from '../../local/scenario.ts';
import type { Operations } from '../../local/types.ts';
import { BENCH_NOW_EPOCH_MS } from './tool-bench.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const STREAM = 'stream';

export interface WorldEvent {
  readonly timestampEpochMs: number;
  readonly message: string;
  /** Default: `stream`. */
  readonly logStream?: string;
}

export function makeGroup(name: string, events: readonly WorldEvent[], more: Partial<LogGroup> = {}): LogGroup {
  const byMinute = Map.groupBy(
    events.map(
      ({ timestampEpochMs, message, logStream = STREAM }, index): LogEvent => ({
        timestampEpochMs,
        ingestionEpochMs: timestampEpochMs,
        logStream,
        message,
        index,
      }),
    ),
    ({ timestampEpochMs }) => Math.floor(timestampEpochMs / MINUTE_MS) * MINUTE_MS,
  );
  return {
    account: ACCOUNTS.prod.id,
    region: DEFAULT_REGION,
    name,
    logGroupClass: 'STANDARD',
    creationEpochMs: BENCH_NOW_EPOCH_MS - 100 * DAY_MS,
    storedBytes: 1,
    metricFilterCount: 0,
    bytesPerMinute: 1,
    logStreams: [...new Set(events.map(({ logStream = STREAM }) => logStream))].map((stream) => ({
      name: stream,
      firstEpochMs: 0,
    })),
    eventsOfMinute: (minute) =>
      (byMinute.get(minute) ?? []).toSorted((a, b) => a.timestampEpochMs - b.timestampEpochMs),
    ...more,
  };
}

export interface LogWorld {
  readonly operations: Operations;
  /** Replaces all log groups. */
  hold(groups: readonly LogGroup[]): void;
}

export function createLogWorld(timing: Partial<QueryTiming> = {}): LogWorld {
  let store: LogStore = {
    groups: [],
    linkedAccounts: () => [ACCOUNTS.dev.id, ACCOUNTS.data.id],
    indexedFields: () => undefined,
    accountIndexPolicy: () => undefined,
  };
  const registry = new QueryRegistry();
  const allTiming = { ...DEFAULT_TIMING, queryDurationMs: () => 0, ...timing };
  return {
    operations: {
      DescribeLogGroups: (input, context) => describeLogGroups(store, input, context),
      StartQuery: (input, context) => startQuery(store, registry, allTiming, input, context),
      GetQueryResults: (input, context) => getQueryResults(registry, input, context),
      StopQuery: (input, context) => stopQuery(registry, input, context),
      FilterLogEvents: (input, context) => filterLogEvents(store, input, context),
      GetLogEvents: (input, context) => getLogEvents(store, input, context),
      GetLogRecord: (input, context) => getLogRecord(store, input, context),
    },
    hold(groups) {
      store = { ...store, groups: groups.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
    },
  };
}

/** What one query over all log groups gives, wherever they are: rows as records, `@ptr` left out. */
export async function askOneQuery(
  query: string,
  groups: readonly LogGroup[],
  range: { readonly startEpochMs: number; readonly endEpochMs: number },
  limit?: number,
): Promise<Record<string, string>[]> {
  const plan = planQuery(parseQuery(query), { nowEpochMs: BENCH_NOW_EPOCH_MS, limit });
  const { rows } = await runQuery(plan, groups, range, BENCH_NOW_EPOCH_MS);
  return rows.map((row) =>
    Object.fromEntries(row.flatMap(({ field, value }) => (field === '@ptr' ? [] : [[field, value]]))),
  );
}
