/** Starts a query, follows it and brings its rows; a query that nobody will read is stopped. */
import type { LogsPort, QueryRequest } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { nameMissingGroups } from './empty-log-groups.ts';
import { type Followed, followQuery } from './follow-query.ts';
import { type CollectOptions, collectRows, type RowWindow } from './read-rows.ts';

/** Rows that each look brings, so that a small result needs no further call. */
const MAX_PEEK_ROWS = 200;
/** For the last word to AWS after the caller has gone. */
const STOP_TIMEOUT_MS = 5_000;

export interface RunOptions {
  readonly target: Target;
  readonly request: QueryRequest;
  /** Names among `request.logGroups` that are not ARNs, to say which one is wrong. */
  readonly names: readonly string[];
  readonly untilEpochMs: number;
  readonly maxScanBytes: number;
  readonly isOverBudget?: ((bytesScanned: number) => boolean) | undefined;
  readonly collect: Pick<CollectOptions, 'offset' | 'limit' | 'maxRowChars' | 'hasPointers' | 'maxChars'>;
}

export interface QueryRun extends Followed {
  readonly awsId: string;
  readonly window: RowWindow;
}

export async function runQuery(options: RunOptions, context: ToolContext): Promise<QueryRun> {
  const { target, untilEpochMs } = options;
  const { logs } = context.aws(target);
  const release = await context.querySlots.take(target, Math.max(0, untilEpochMs - context.clock()), context.signal);
  try {
    const awsId = await start(logs, options, context);
    return await follow(awsId, options, context);
  } finally {
    release();
  }
}

async function follow(awsId: string, options: RunOptions, context: ToolContext): Promise<QueryRun> {
  const { target, request, untilEpochMs, maxScanBytes, isOverBudget, collect } = options;
  const { logs } = context.aws(target);
  return stopOnFailure(logs, awsId, async () => {
    const peekRows = Math.min(request.limit, MAX_PEEK_ROWS);
    const followed = await followQuery({ target, awsId, untilEpochMs, maxScanBytes, isOverBudget, peekRows }, context);
    const { snapshot } = followed;
    context.addScannedBytes(snapshot?.statistics.bytesScanned ?? 0);
    const window: RowWindow =
      snapshot === undefined
        ? { rows: [], total: undefined }
        : await collectRows(snapshot, { target, awsId, ...collect }, context);
    return { ...followed, awsId, window };
  });
}

/**
 * Not abortable on purpose: once the request is out, AWS may have started the query, and without the id of its
 * answer nobody could stop it. The caller does not wait for it: an abort ends the call at once.
 */
async function start(logs: LogsPort, { request, names, target }: RunOptions, context: ToolContext): Promise<string> {
  if (context.signal.aborted)
    throw new AppError(
      'cancelled',
      'The call was cancelled before the query was started → call again if it is still wanted.',
    );
  const endless = new AbortController().signal;
  const started = await attempt(endless, logs.startQuery(request, endless));
  if ('value' in started) return started.value;
  if (started.error.code === 'not_found' && names.length > 0)
    throw await nameMissingGroups(started.error, names, logs, target, context.signal);
  throw started.error;
}

async function stopOnFailure<Value>(logs: LogsPort, awsId: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    await stopUnread(logs, awsId, STOP_TIMEOUT_MS);
    throw error;
  }
}

/** Whether the last word about a query arrives changes nothing for the caller, who may be gone. */
export async function stopUnread(logs: LogsPort, awsId: string, timeoutMs: number): Promise<void> {
  const endless = new AbortController().signal;
  await attempt(endless, logs.stopQuery(awsId, AbortSignal.timeout(timeoutMs)));
}
