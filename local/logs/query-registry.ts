import type { LogGroup } from '../data/logs/log-group.ts';
import type { OperationContext } from '../types.ts';
import type { Plan } from './insights/plan.ts';
import { type QueryOutcome, runQuery } from './query-run.ts';
import type { TimeRange } from './scan-events.ts';

/** A query ends as `Timeout` after this (API Reference, GetQueryResults: status). */
const TIMEOUT_MS = 60 * 60_000;
/** Longest time in `Scheduled`. */
const SCHEDULED_MS = 50;
/** Queries that are remembered, and among them those whose outcome is kept; another is run again when asked for. */
const MAX_QUERIES = 10_000;
const MAX_OUTCOMES = 50;

export type QueryStatus = 'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout';

export interface QueryRecord {
  readonly queryId: string;
  readonly account: string;
  readonly region: string;
  readonly queryString: string;
  readonly queryLanguage: string;
  readonly principalArn: string;
  readonly groups: readonly LogGroup[];
  readonly range: TimeRange;
  readonly plan: Plan;
  /** What it will scan, for whoever asks before it has run. */
  readonly estimatedBytes: number;
  /** What it scanned; known once its results were asked for. */
  bytesScanned?: number;
  readonly createdEpochMs: number;
  readonly durationMs: number;
  readonly isFailing: boolean;
  cancelledEpochMs?: number;
}

export interface QueryProgress {
  readonly status: QueryStatus;
  /** Share of the events that was scanned, 0 to 1. */
  readonly share: number;
  readonly elapsedMs: number;
}

/** Where a query stands at an instant. */
export function progressOf(query: QueryRecord, nowEpochMs: number): QueryProgress {
  const { cancelledEpochMs } = query;
  const elapsedMs = Math.max(0, (cancelledEpochMs ?? nowEpochMs) - query.createdEpochMs);
  const scheduledMs = Math.min(SCHEDULED_MS, query.durationMs / 4);
  const share =
    query.durationMs <= 0 ? 1 : Math.min(1, Math.max(0, (elapsedMs - scheduledMs) / (query.durationMs - scheduledMs)));
  if (cancelledEpochMs !== undefined) {
    return { status: 'Cancelled', share, elapsedMs };
  }
  if (elapsedMs >= TIMEOUT_MS && query.durationMs > TIMEOUT_MS) {
    return { status: 'Timeout', share: TIMEOUT_MS / query.durationMs, elapsedMs: TIMEOUT_MS };
  }
  if (elapsedMs >= query.durationMs) {
    return { status: query.isFailing ? 'Failed' : 'Complete', share: 1, elapsedMs: query.durationMs };
  }
  return { status: elapsedMs < scheduledMs ? 'Scheduled' : 'Running', share, elapsedMs };
}

export function isEnded(status: QueryStatus): boolean {
  return status !== 'Scheduled' && status !== 'Running';
}

async function runAndNote(query: QueryRecord): Promise<QueryOutcome> {
  const outcome = await runQuery(query.plan, query.groups, query.range, query.createdEpochMs);
  query.bytesScanned = outcome.bytesScanned;
  return outcome;
}

/** The queries that were started, of all accounts and regions. */
export class QueryRegistry {
  readonly #queries = new Map<string, QueryRecord>();
  readonly #outcomes = new Map<string, Promise<QueryOutcome>>();

  add(query: QueryRecord): void {
    this.#queries.set(query.queryId, query);
    if (this.#queries.size > MAX_QUERIES) {
      const [oldest] = this.#queries.keys();
      this.#queries.delete(oldest ?? '');
      this.#outcomes.delete(oldest ?? '');
    }
  }

  /** A query is only known to the account and region that started it. */
  find(queryId: string, context: Pick<OperationContext, 'account' | 'region'>): QueryRecord | undefined {
    const query = this.#queries.get(queryId);
    return query?.account === context.account && query.region === context.region ? query : undefined;
  }

  /** Newest first. */
  list(context: Pick<OperationContext, 'account' | 'region'>): readonly QueryRecord[] {
    return [...this.#queries.values()]
      .filter(({ account, region }) => account === context.account && region === context.region)
      .reverse();
  }

  countRunning(context: OperationContext): number {
    return this.list(context).filter((query) => !isEnded(progressOf(query, context.nowEpochMs).status)).length;
  }

  /** The full outcome of a query; what of it may be seen yet is for the caller to say. */
  outcomeOf(query: QueryRecord): Promise<QueryOutcome> {
    const known = this.#outcomes.get(query.queryId);
    const outcome = known ?? runAndNote(query);
    this.#outcomes.delete(query.queryId);
    this.#outcomes.set(query.queryId, outcome);
    if (this.#outcomes.size > MAX_OUTCOMES) {
      const [leastRecent] = this.#outcomes.keys();
      this.#outcomes.delete(leastRecent ?? '');
    }
    return outcome;
  }
}
