import type { InsightsRow } from '../../domain/logs/insights-rows.ts';
import type { QueryLanguage } from '../../domain/logs/query/query-text.ts';
import type { Pages } from './pages.ts';

export const LOG_GROUP_CLASSES = ['STANDARD', 'INFREQUENT_ACCESS', 'ESSENTIALS', 'DELIVERY'] as const;
export type LogGroupClass = (typeof LOG_GROUP_CLASSES)[number];

/** Where in the service's pages an item stands; a listing can go on from there. */
export interface LogGroupPlace {
  readonly offset: number;
  readonly awsToken?: string;
}

export interface LogGroup {
  readonly name: string;
  /** Without `:*`. */
  readonly arn?: string;
  readonly logGroupClass?: string;
  readonly storedBytes?: number;
  /** Absent: events never expire. */
  readonly retentionDays?: number;
  readonly createdEpochMs?: number;
  /** `ACTIVATED`, `DELETED`, `ARCHIVED` or `DISABLED`; absent where there never was a policy. */
  readonly dataProtection?: string;
  /** Size, class and retention are known. */
  readonly isDescribed: boolean;
  readonly place: LogGroupPlace;
}

export interface LogGroupFilter {
  readonly namePrefix?: string | undefined;
  /** Case-sensitive part of the name. May be given together with a prefix, which the service itself refuses. */
  readonly namePattern?: string | undefined;
  readonly logGroupClass?: LogGroupClass | undefined;
  /** 12-digit ids of linked accounts; implies linked accounts. */
  readonly accountIdentifiers?: readonly string[] | undefined;
  readonly includeLinkedAccounts?: boolean | undefined;
}

export interface LogGroupName {
  readonly name: string;
  /** Without `:*`. */
  readonly arn?: string | undefined;
}

export interface LogAnomalyDetector {
  readonly name: string;
  /** `ANALYZING`, `TRAINING`, `INITIALIZING`, `PAUSED`, `FAILED`, `DELETED`. */
  readonly status: string;
}

export interface LogAnomaly {
  readonly pattern: string;
  readonly description: string;
  /** `HIGH`, `MEDIUM` or `LOW`. */
  readonly priority: string;
  readonly firstSeenEpochMs: number;
  readonly lastSeenEpochMs: number;
  /** Still going on. */
  readonly isActive: boolean;
  readonly isSuppressed: boolean;
  readonly sample?: string;
}

export interface LogAnomalies {
  readonly detectors: readonly LogAnomalyDetector[];
  readonly anomalies: readonly LogAnomaly[];
  /** There are more than were read. */
  readonly isTruncated: boolean;
}

export interface SavedQuery {
  readonly name: string;
  readonly query: string;
  readonly language: string;
  /** Empty: it can be run on any log group. */
  readonly logGroups: readonly string[];
  /** What stands as `{{name}}` in the query until it is run (QueryParameter, API reference). */
  readonly parameters: readonly SavedQueryParameter[];
}

export interface SavedQueryParameter {
  readonly name: string;
  readonly defaultValue?: string | undefined;
  readonly description?: string | undefined;
}

export interface QueryRequest {
  readonly query: string;
  readonly language: QueryLanguage;
  /** Names, or names and ARNs; empty where the text says them. */
  readonly logGroups: readonly string[];
  /** Cut to whole seconds, both inclusive, as the service takes them. */
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** 1 to 100,000. */
  readonly limit: number;
}

export const QUERY_STATES = ['scheduled', 'running', 'complete', 'failed', 'cancelled', 'timeout', 'unknown'] as const;
export type QueryState = (typeof QUERY_STATES)[number];

export interface QueryStatistics {
  readonly recordsMatched: number;
  readonly recordsScanned: number;
  readonly bytesScanned: number;
  /** Rows of the whole result, over all pages; the service tells it when the query is complete. */
  readonly rowCount?: number;
}

/** Where a query stands, and some of its rows. */
export interface QuerySnapshot {
  readonly state: QueryState;
  readonly statistics: QueryStatistics;
  readonly rows: readonly InsightsRow[];
  /** There are rows after these. */
  readonly hasMoreRows: boolean;
}

/** What FilterLogEvents is asked for, one page at a time. */
export interface LogEventQuery {
  /** Name, or ARN without `:*`. */
  readonly logGroup: string;
  readonly filterPattern?: string | undefined;
  readonly logStreamPrefix?: string | undefined;
  /** Both inclusive. */
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** Newest first is possible only from 2024 on (API reference, startFromHead). */
  readonly isNewestFirst: boolean;
  /** Most events of the page. */
  readonly limit: number;
  /** From the page before; all else must be the same. */
  readonly awsToken?: string | undefined;
}

export interface LogEvent {
  readonly epochMs: number;
  readonly logStream: string;
  readonly message: string;
}

export interface LogEventPage {
  /** In the order asked for; none is no proof that there are none. */
  readonly events: readonly LogEvent[];
  /** Present when there is more to search. */
  readonly awsToken?: string;
}

/** Which events of a log stream GetLogEvents is asked for. */
export interface StreamQuery {
  /** Name, or ARN without `:*`. */
  readonly logGroup: string;
  readonly logStream: string;
  readonly epochMs: number;
  /** Those before the time, or those of this time and later. */
  readonly side: 'before' | 'from';
  /** The nearest ones, 1 to 10,000. */
  readonly limit: number;
}

export interface StreamEvent {
  readonly epochMs: number;
  readonly message: string;
}

export interface StreamEvents {
  /** In time order; those of one millisecond as the service gives them. */
  readonly events: readonly StreamEvent[];
  /** The service says that there are no others on this side. */
  readonly isEnd: boolean;
}

/** A field as CloudWatch discovers it in the events of a log group. */
export interface LogGroupFieldShare {
  readonly name: string;
  /** Of the events looked at, 0 to 100. */
  readonly percent: number;
}

export interface LogField {
  readonly name: string;
  readonly value: string;
}

/** Every method throws AppError only. */
export interface LogsPort {
  /** At most `limit` log groups in the order of their names, from `place` on. */
  listLogGroups(
    filter: LogGroupFilter,
    place: LogGroupPlace,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly LogGroup[]>;
  /**
   * All log groups from `place` on in the order of their names, page by page, as long as the caller goes on asking.
   * @param hasDetails size, class and retention are wanted too: with a name pattern they cost a call more a page
   */
  walkLogGroups(
    filter: LogGroupFilter,
    place: LogGroupPlace,
    hasDetails: boolean,
    signal: AbortSignal,
  ): Pages<LogGroup>;
  /**
   * Those that exist.
   * @param identifiers at most 50 names, or ARNs without `:*`, also of linked accounts
   */
  getLogGroups(identifiers: readonly string[], signal: AbortSignal): Promise<readonly LogGroup[]>;
  /** Anomaly detectors that watch a log group, and all that they found in it. */
  listLogAnomalies(group: LogGroupName, signal: AbortSignal): Promise<LogAnomalies>;
  /** Saved queries of the account and region, at most `limit`. */
  listSavedQueries(limit: number, signal: AbortSignal): Promise<readonly SavedQuery[]>;
  /** @returns the id that AWS gives */
  startQuery(request: QueryRequest, signal: AbortSignal): Promise<string>;
  /**
   * State and the first rows.
   * @param maxRows 1 to 10,000
   * @throws AppError `not_found` for an id that does not exist here (any more)
   */
  peekQuery(awsId: string, maxRows: number, signal: AbortSignal): Promise<QuerySnapshot>;
  /** All rows there are, page by page, as long as the caller goes on asking. */
  readQuery(awsId: string, signal: AbortSignal): AsyncIterable<QuerySnapshot>;
  /**
   * Stops a query that runs.
   * @returns false when it had ended already
   * @throws AppError `not_found`
   */
  stopQuery(awsId: string, signal: AbortSignal): Promise<boolean>;
  /** Events of one log group that match a filter pattern: one page of them. */
  filterEvents(query: LogEventQuery, signal: AbortSignal): Promise<LogEventPage>;
  /**
   * The nearest events of one log stream on one side of a time.
   * @throws AppError `not_found` for a log stream that does not exist (any more)
   */
  readStream(query: StreamQuery, signal: AbortSignal): Promise<StreamEvents>;
  /**
   * Fields of the events in the 8 minutes before and after a time, by default in the last 15 minutes.
   * @param logGroup name, or ARN without `:*`
   */
  listFields(
    logGroup: string,
    centerEpochMs: number | undefined,
    signal: AbortSignal,
  ): Promise<readonly LogGroupFieldShare[]>;
  /**
   * All fields of the event behind an `@ptr`.
   * @throws AppError `not_found` for a pointer that leads nowhere (any more)
   */
  getRecord(pointer: string, signal: AbortSignal): Promise<readonly LogField[]>;
}
