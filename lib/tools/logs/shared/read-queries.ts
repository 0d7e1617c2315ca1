/** Runs the queries of one analysis: one deadline, one scan budget for all; each may fail by itself. */
import type { QueryStatistics } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import type { InsightsRow } from '../../../domain/logs/insights-rows.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { NO_STATISTICS } from './answer-query.ts';
import { isRunning } from './follow-query.ts';
import { type QueryRun, runQuery, stopUnread } from './run-query.ts';

/** Kept for stopping queries and for the answer itself. */
const ANSWER_MARGIN_MS = 1_000;
const STOP_TIMEOUT_MS = 1_000;
/** Less time than this is not worth starting a query that the answer can do without. */
const MIN_TIME_MS = 3_000;
/** A query holds at most this much text. */
const MAX_CHARS = 12_000_000;
const MAX_VALUE_CHARS = 4_000;

export interface AnalysisQuery {
  /** What it is about, for warnings: "The count of events …". */
  readonly about: string;
  readonly text: string;
  readonly range: TimeRange;
  /** Rows, 1 to 10,000. */
  readonly limit: number;
  /** Fields that each row has by the text of the query, or how their names begin; a row without them is no answer to it. */
  readonly columns: readonly string[];
}

export interface AnalysisResult {
  readonly rows: readonly InsightsRow[];
  readonly statistics: QueryStatistics;
  /** The query ended and gave the rows that were asked for. */
  readonly isWhole: boolean;
  /** There are more rows than were asked for, or than are held. */
  readonly isCut: boolean;
  readonly problem?: string;
  readonly error?: AppError;
}

export interface QueryRunner {
  run(query: AnalysisQuery): Promise<AnalysisResult>;
  /** Whether time and budget are left for a query that reads so much. */
  readonly hasRoomFor: (bytes: number) => boolean;
  readonly results: () => readonly AnalysisResult[];
}

/** What all queries of a call have scanned together. */
export interface ScanMeter {
  readonly maxBytes: number;
  readonly bytes: () => number;
  readonly set: (query: AnalysisQuery, bytes: number) => void;
}

export function createScanMeter(maxBytes: number): ScanMeter {
  const scanned = new Map<AnalysisQuery, number>();
  return {
    maxBytes,
    bytes: () => [...scanned.values()].reduce((sum, bytes) => sum + bytes, 0),
    set: (query, bytes) => scanned.set(query, bytes),
  };
}

export interface RunnerOptions {
  readonly target: Target;
  /** Name, or ARN. */
  readonly reference: string;
  /** Shared by the log groups of a call. */
  readonly meter: ScanMeter;
  /** Told after each query. */
  readonly onEnd?: () => void;
}

export function createQueryRunner(
  { target, reference, meter, onEnd }: RunnerOptions,
  context: ToolContext,
): QueryRunner {
  const results: AnalysisResult[] = [];
  const untilEpochMs = context.deadlineEpochMs - ANSWER_MARGIN_MS;
  // Each query reports its own looks; a client wants to see the analysis as a whole.
  const quiet = { ...context, reportProgress: () => undefined };

  const ask = async (query: AnalysisQuery): Promise<AnalysisResult> => {
    const run = await attempt(
      context.signal,
      runQuery(
        {
          target,
          request: { query: query.text, language: 'CWLI', logGroups: [reference], ...query.range, limit: query.limit },
          names: reference.startsWith('arn:') ? [] : [reference],
          untilEpochMs,
          maxScanBytes: meter.maxBytes,
          isOverBudget: (bytes) => {
            meter.set(query, bytes);
            return meter.bytes() > meter.maxBytes;
          },
          collect: {
            offset: 0,
            limit: query.limit,
            maxRowChars: MAX_VALUE_CHARS,
            hasPointers: false,
            maxChars: MAX_CHARS,
          },
        },
        quiet,
      ),
    );
    if ('error' in run) return failed(query, run.error);
    const { value } = run;
    meter.set(query, value.snapshot?.statistics.bytesScanned ?? 0);
    if (value.end === 'time' && isRunning(value.snapshot))
      await stopUnread(context.aws(target).logs, value.awsId, STOP_TIMEOUT_MS);
    return toResult(query, value);
  };

  return {
    hasRoomFor: (bytes) => untilEpochMs - context.clock() >= MIN_TIME_MS && meter.bytes() + bytes <= meter.maxBytes,
    results: () => results,
    async run(query) {
      const result = await ask(query);
      results.push(result);
      onEnd?.();
      return result;
    },
  };
}

function failed(query: AnalysisQuery, error: AppError): AnalysisResult {
  return {
    rows: [],
    statistics: NO_STATISTICS,
    isWhole: false,
    isCut: false,
    problem: `${query.about} could not be had: ${error.publicMessage}`,
    error,
  };
}

function toResult(query: AnalysisQuery, run: QueryRun): AnalysisResult {
  const { rows, total, warning } = run.window;
  if (rows.some((row) => query.columns.some((name) => !row.some(({ field }) => field.startsWith(name)))))
    return failed(query, unreadableRows());
  const statistics = run.snapshot?.statistics ?? NO_STATISTICS;
  const problem = warning === undefined ? describeEnd(query, run) : `${query.about}: ${warning}`;
  const isCut = rows.length >= query.limit || rows.length < (total ?? 0);
  return { rows, statistics, isWhole: problem === undefined, isCut, ...(problem !== undefined && { problem }) };
}

function unreadableRows(): AppError {
  return new AppError(
    'unreadable_answer',
    'CloudWatch gave rows without columns that the query names → try again in a moment, or run the query by execute_log_insights_query.',
  );
}

function describeEnd({ about }: AnalysisQuery, { end, snapshot }: QueryRun): string | undefined {
  if (end === 'scan')
    return `${about} was stopped by the scan budget and is not whole → shorten the time range, or raise max_scan_gb.`;
  if (snapshot === undefined || isRunning(snapshot))
    return `${about} was not ready in time, was stopped and is not whole → shorten the time range.`;
  if (snapshot.state === 'complete') return undefined;
  return `${about} ended as ${snapshot.state} in CloudWatch and is not whole → call again.`;
}
