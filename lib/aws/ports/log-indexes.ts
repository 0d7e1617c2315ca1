import type { QueryLanguage } from '../../domain/logs/query/query-text.ts';
import type { Pages } from './pages.ts';

/** A Logs Insights query that somebody ran, or a schedule. */
export interface PastQuery {
  readonly query: string;
  readonly language: QueryLanguage;
  /** The one that CloudWatch names; a query over several may have more. */
  readonly logGroup?: string;
  readonly hasFailed: boolean;
  readonly createdEpochMs: number;
  /** Absent where the service does not tell it. */
  readonly bytesScanned?: number;
}

/** The field index policy that counts for a log group. */
export interface GroupIndexPolicy {
  /** Name or ARN, as CloudWatch gives it. */
  readonly logGroup: string;
  /** Of the group itself, else one of the account that covers it. */
  readonly isOwn: boolean;
  /** Of a policy of the account. */
  readonly policyName?: string;
  /** JSON, as it was put. */
  readonly document: string;
}

export interface AccountIndexPolicy {
  readonly policyName: string;
  /** Absent: all log groups. */
  readonly selection?: string;
  /** JSON, as it was put. */
  readonly document: string;
}

export const INDEX_CATEGORIES = ['default', 'custom', 'auto', 'inactive', 'unknown'] as const;
type IndexCategory = (typeof INDEX_CATEGORIES)[number];

export interface FieldIndex {
  /** Name or ARN; absent where CloudWatch does not say it. */
  readonly logGroup?: string;
  readonly field: string;
  /** `auto`: CloudWatch made it from recent queries and may drop it. */
  readonly category: IndexCategory;
}

/** Every method throws AppError only. */
export interface LogIndexesPort {
  /**
   * Queries of the account and region, page by page, newest first, as long as the caller goes on asking.
   * @param logGroupName only those of this log group; a name, no ARN
   */
  readPastQueries(logGroupName: string | undefined, signal: AbortSignal): Pages<PastQuery>;
  /**
   * Policies in force; a log group without one has no entry.
   * @param logGroups 1 to 100 names or ARNs, all of which must exist
   */
  listGroupPolicies(logGroups: readonly string[], signal: AbortSignal): Promise<readonly GroupIndexPolicy[]>;
  /** Field index policies of the account in this region. */
  listAccountPolicies(signal: AbortSignal): Promise<readonly AccountIndexPolicy[]>;
  /**
   * Indexed fields, those included that CloudWatch indexes by itself.
   * @param logGroups 1 to 100 names or ARNs, all of which must exist
   */
  listFieldIndexes(logGroups: readonly string[], signal: AbortSignal): Promise<readonly FieldIndex[]>;
}
