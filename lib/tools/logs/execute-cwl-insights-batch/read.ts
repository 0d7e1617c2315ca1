/** Runs the chunks of a batch side by side until one deadline; a failure of one is its own, a wrong query is everybody's. */
import type { Target } from '../../../aws/ports/targets.ts';
import type { BatchPlan } from '../../../domain/logs/batch/batch-plan-types.ts';
import { halveRange } from '../../../domain/logs/batch/batch-ranges.ts';
import { formatBytes, GIGABYTE } from '../../../domain/text/log-size.ts';
import { SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import type { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { type QueryRun, runQuery } from '../shared/run-query.ts';
import { paceContext } from './read-pace.ts';

const MAX_ROWS = 100_000; // StartQuery, limit
/** Rows of `stats` that are brought of each chunk. */
export const MAX_GROUP_ROWS = 10_000;
/** What is held of all rows of one chunk of groups, so that many chunks fit into memory. */
const MAX_GROUPS_CHARS = 4_000_000;
const MAX_ROW_CHARS = 4_000;
/** Below this no limit but the one that was sent cuts rows (GetQueryResults, maxItems). */
const SERVICE_ROWS = 10_000;
/** A range is not halved more often than this in one call. */
const MAX_SPLITS = 64;

export interface BatchChunk {
  readonly target: Target;
  /** Names and ARNs, at most 50. */
  readonly groups: readonly string[];
  /** How its rows are marked, e.g. `us-east-1 #2`. */
  readonly label: string;
}

/** One query of the batch: a chunk, or a part of its time range. */
export interface Piece {
  readonly chunk: BatchChunk;
  readonly range: TimeRange;
  readonly result: { readonly value: QueryRun } | { readonly error: AppError };
  /** Its rows were cut by a limit, and the range could not be halved any further. */
  readonly isCut: boolean;
}

export interface BatchJob {
  readonly chunks: readonly BatchChunk[];
  readonly plan: BatchPlan;
  readonly range: TimeRange;
  readonly untilEpochMs: number;
  readonly maxScanGb: number;
  readonly hasPointers: boolean;
}

export interface BatchRun {
  readonly pieces: readonly Piece[];
  /** What all queries scanned, those whose range was halved included. */
  readonly scannedBytes: number;
  readonly splits: number;
}

/** @throws AppError `query_failed` when the first query is refused as wrong: the text is the same for all */
export async function runBatch(job: BatchJob, context: ToolContext): Promise<BatchRun> {
  const batch = new BatchRunner(job, context);
  return batch.run();
}

class BatchRunner {
  readonly #job: BatchJob;
  readonly #context: ToolContext;
  readonly #paced: ToolContext;
  readonly #stop = new AbortController();
  readonly #scanned = new Map<number, number>();
  #openGate: () => void = () => undefined;
  #refusal: AppError | undefined;
  #started = 0;
  #queries: number;
  #done = 0;
  #splits = 0;

  constructor(job: BatchJob, context: ToolContext) {
    this.#job = job;
    this.#context = context;
    this.#queries = job.chunks.length;
    this.#paced = paceContext(context, {
      signal: AbortSignal.any([context.signal, this.#stop.signal]),
      untilEpochMs: job.untilEpochMs,
      onStart: (error) => this.#onStart(error),
    });
  }

  async run(): Promise<BatchRun> {
    const [first, ...others] = this.#job.chunks;
    if (first === undefined) return { pieces: [], scannedBytes: 0, splits: 0 };
    const gate = new Promise<void>((resolve) => {
      this.#openGate = resolve;
    });
    this.#report();
    const ask = (chunk: BatchChunk) => this.#runRange(chunk, this.#job.range, this.#job.plan.limit);
    const start = ask(first);
    start.then(this.#openGate, this.#openGate);
    try {
      const pieces = await Promise.all([start, ...others.map((chunk) => gate.then(() => ask(chunk)))]);
      if (this.#refusal !== undefined) throw this.#refusal;
      return { pieces: pieces.flat(), scannedBytes: this.#scannedBytes(), splits: this.#splits };
    } catch (error) {
      // Whatever still runs in CloudWatch is stopped by the abort of its own call.
      this.#stop.abort(error);
      throw error;
    }
  }

  /** The first start tells whether the text is a query at all; only then the others follow. */
  #onStart(error: AppError | undefined): void {
    if (error === undefined) this.#started += 1;
    else if (error.code === 'query_failed' && this.#started === 0) {
      this.#refusal ??= error;
      this.#stop.abort(error);
    }
    this.#openGate();
  }

  /** @param wanted rows that the merged answer can take from this range */
  async #runRange(chunk: BatchChunk, range: TimeRange, wanted: number): Promise<readonly Piece[]> {
    const result = await attempt(this.#context.signal, this.#ask(chunk, range));
    this.#done += 1;
    const isCut = 'value' in result && isCutByLimit(result.value, this.#job.plan, wanted);
    const halves = isCut && this.#mayHalve() ? halveRange(range) : undefined;
    if (halves === undefined) {
      this.#report();
      return [{ chunk, range, result, isCut }];
    }
    this.#splits += 1;
    this.#queries += 2;
    this.#report();
    const { plan } = this.#job;
    const timeOrder = plan.kind === 'events' ? plan.timeOrder : undefined;
    const [before, after] = timeOrder === 'oldest' ? [halves.older, halves.newer] : [halves.newer, halves.older];
    if (timeOrder === undefined) {
      const both = [before, after].map((half) => this.#runRange(chunk, half, wanted));
      return (await Promise.all(both)).flat();
    }
    const pieces = await this.#runRange(chunk, before, wanted);
    const found = countRows(pieces) - guessDoubles(pieces);
    if (found < wanted) return [...pieces, ...(await this.#runRange(chunk, after, wanted - found))];
    this.#queries -= 1;
    return pieces;
  }

  #mayHalve(): boolean {
    return (
      this.#splits < MAX_SPLITS &&
      this.#context.clock() < this.#job.untilEpochMs &&
      this.#scannedBytes() <= this.#job.maxScanGb * GIGABYTE
    );
  }

  #ask(chunk: BatchChunk, range: TimeRange): Promise<QueryRun> {
    const { plan, untilEpochMs, maxScanGb } = this.#job;
    const isGroups = plan.kind === 'groups';
    const limit = isGroups ? MAX_GROUP_ROWS : plan.limit;
    const id = this.#scanned.size;
    this.#scanned.set(id, 0);
    return runQuery(
      {
        target: chunk.target,
        request: {
          query: plan.query,
          language: 'CWLI',
          logGroups: chunk.groups,
          ...range,
          limit: Math.min(plan.isOwnLimit && !isGroups ? limit : limit + 1, MAX_ROWS),
        },
        names: chunk.groups.filter((group) => !group.startsWith('arn:')),
        untilEpochMs,
        maxScanBytes: maxScanGb * GIGABYTE,
        isOverBudget: (bytes) => {
          this.#scanned.set(id, bytes);
          return this.#scannedBytes() > maxScanGb * GIGABYTE;
        },
        collect: {
          offset: 0,
          limit,
          maxRowChars: MAX_ROW_CHARS,
          ...(isGroups && { maxChars: MAX_GROUPS_CHARS }),
          hasPointers: plan.kind === 'events' || this.#job.hasPointers,
        },
      },
      this.#paced,
    );
  }

  #scannedBytes(): number {
    return [...this.#scanned.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  #report(): void {
    this.#context.reportProgress({
      progress: this.#done,
      total: this.#queries,
      message: `${this.#done} of ${this.#queries} queries done, ${formatBytes(this.#scannedBytes())} scanned`,
    });
  }
}

/** Rows of the query, those that are not held included. */
export function rowsOf({ result }: Piece): number {
  return 'value' in result ? (result.value.window.total ?? result.value.window.rows.length) : 0;
}

/** Rows of all pieces, without the doubles of their seams as far as rows are held. */
export function countRows(pieces: readonly Piece[]): number {
  const pointers = pieces.flatMap(({ result }) =>
    'value' in result
      ? result.value.window.rows.flatMap((row) => row.find(({ field }) => field === '@ptr')?.value ?? [])
      : [],
  );
  return pieces.reduce((sum, piece) => sum + rowsOf(piece), 0) - (pointers.length - new Set(pointers).size);
}

/** Of seams whose rows are not all held: twice the usual events of a second, so that no half is left out for doubles. */
function guessDoubles(pieces: readonly Piece[]): number {
  const perSecond = pieces.map((piece) => {
    const { startEpochMs, endEpochMs } = piece.range;
    return rowsOf(piece) / Math.max(1, (endEpochMs - startEpochMs) / SECOND_MS);
  });
  return (pieces.length - 1) * Math.ceil(2 * Math.max(0, ...perSecond));
}

/** A limit of the service, not of the caller, has kept rows back. Groups are never cut at the events matched. */
function isCutByLimit({ snapshot, window }: QueryRun, plan: BatchPlan, wanted: number): boolean {
  if (plan.kind !== 'events' || !plan.isOnePerEvent || snapshot?.state !== 'complete') return false;
  const rows = window.total ?? window.rows.length;
  return rows >= SERVICE_ROWS && rows < Math.min(wanted, snapshot.statistics.recordsMatched);
}
