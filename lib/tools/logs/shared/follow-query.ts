/**
 * Watches a query until it ends, its time is over or it has read too much. Not here: starting it, reading all its rows.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogsPort, QuerySnapshot } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { formatBytes } from '../../../domain/text/log-size.ts';
import { formatDuration } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';

const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 2_000;
const PAUSE_GROWTH = 1.4;
/** Pauses vary by this share, so that many queries do not ask in step. */
const JITTER = 0.25;
const MIN_FIRST_LOOK_MS = 3_000;

export interface FollowOptions {
  readonly target: Target;
  readonly awsId: string;
  readonly untilEpochMs: number;
  /** A query that has scanned more is stopped. */
  readonly maxScanBytes: number;
  /** For a budget that several queries share: told at each look what this one has scanned; true stops it. */
  readonly isOverBudget?: ((bytesScanned: number) => boolean) | undefined;
  /** Rows to bring with each look. */
  readonly peekRows: number;
}

export interface Followed {
  readonly end: 'ended' | 'time' | 'scan';
  /** Undefined when CloudWatch throttled or failed at every look. */
  readonly snapshot: QuerySnapshot | undefined;
}

export function isRunning(snapshot: QuerySnapshot | undefined): boolean {
  return snapshot === undefined || snapshot.state === 'scheduled' || snapshot.state === 'running';
}

/** @throws AppError when looking is refused for good; a throttle or a failure of the service is waited out */
export async function followQuery(options: FollowOptions, context: ToolContext): Promise<Followed> {
  const { awsId, untilEpochMs, maxScanBytes, peekRows } = options;
  const { logs } = context.aws(options.target);
  const startedEpochMs = context.clock();
  let snapshot: QuerySnapshot | undefined;
  for (let looks = 1; ; looks += 1) {
    // The first look is worth waiting for even where nobody waits for the end of the query.
    const limit = startTimeLimit(context, Math.max(untilEpochMs, startedEpochMs + MIN_FIRST_LOOK_MS));
    const look = await attempt(context.signal, logs.peekQuery(awsId, peekRows, limit.signal)).finally(limit.end);
    if ('value' in look) snapshot = look.value;
    else if (!look.error.isRetryable) throw look.error;
    const bytesScanned = snapshot?.statistics.bytesScanned ?? 0;
    const isOver = options.isOverBudget?.(bytesScanned) === true || bytesScanned > maxScanBytes;
    if (snapshot !== undefined && !isRunning(snapshot)) return { end: 'ended', snapshot };
    if (snapshot !== undefined && isOver) {
      return { end: 'scan', snapshot: await stopAndLook(logs, options, snapshot, context.signal) };
    }
    const nowEpochMs = context.clock();
    if (nowEpochMs >= untilEpochMs) return { end: 'time', snapshot };
    const waited = formatDuration(nowEpochMs - startedEpochMs);
    context.reportProgress({ progress: looks, message: `${describeState(snapshot)}, ${waited}` });
    // An abort ends the pause; the next look then reports it.
    await sleep(Math.min(pauseMs(looks, Math.random()), untilEpochMs - nowEpochMs), undefined, {
      signal: context.signal,
    }).catch(() => undefined);
  }
}

/**
 * @param looks how often was looked already, from 1
 * @param random 0 to 1
 */
export function pauseMs(looks: number, random: number): number {
  const base = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * PAUSE_GROWTH ** (looks - 1));
  return Math.min(MAX_PAUSE_MS, base * (1 - JITTER + 2 * JITTER * random));
}

/** The rows of a stopped query stay; a second look also tells its final statistics. */
async function stopAndLook(
  logs: LogsPort,
  { awsId, peekRows }: FollowOptions,
  snapshot: QuerySnapshot,
  signal: AbortSignal,
): Promise<QuerySnapshot> {
  const stopped = await attempt(signal, logs.stopQuery(awsId, signal));
  const last = await attempt(signal, logs.peekQuery(awsId, peekRows, signal));
  if ('value' in last) return last.value;
  return 'value' in stopped ? { ...snapshot, state: 'cancelled' } : snapshot;
}

function describeState(snapshot: QuerySnapshot | undefined): string {
  if (snapshot === undefined) return 'waiting for CloudWatch';
  return `${snapshot.state}, ${formatBytes(snapshot.statistics.bytesScanned)} scanned`;
}
