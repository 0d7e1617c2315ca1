/** Past Logs Insights queries, as many as the limit and the time allow. */
import type { Target } from '../../../aws/ports/targets.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import { collectEvidence, type GroupEvidence } from '../../../domain/indexes/index-evidence.ts';
import { DAY_MS } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { countQueries } from './empty.ts';

/** Kept back of the time limit for writing the answer, but no more than a quarter of it. */
const RESERVE_MS = 3_000;
/** CloudWatch keeps the history of queries this long. */
const HISTORY_DAYS = 30;

export interface History {
  /** By the name of the log group. */
  readonly evidence: ReadonlyMap<string, GroupEvidence>;
  /** Those looked at, without the failed ones. */
  readonly queryCount: number;
  readonly failedCount: number;
  /** Why older queries were not looked at; absent: all were. */
  readonly cutBy?: 'limit' | 'time' | 'repetition';
}

export interface HistoryQuestion {
  readonly target: Target;
  /** Undefined: of all log groups. */
  readonly logGroupName?: string;
  readonly maxQueries: number;
  /** Ends the reading; what was read until then counts. */
  readonly signal: AbortSignal;
}

export async function readHistory(question: HistoryQuestion, context: ToolContext): Promise<History> {
  const { target, logGroupName, maxQueries, signal } = question;
  const oldestEpochMs = context.nowEpochMs - HISTORY_DAYS * DAY_MS;
  const pages = context.aws(target).logIndexes.readPastQueries(logGroupName, signal);
  const collector = collectEvidence();
  let readCount = 0;
  let failedCount = 0;
  let cutBy: History['cutBy'];
  for (;;) {
    const step = await attempt(context.signal, pages.next());
    if ('error' in step) {
      if (readCount === 0 || step.error.code !== 'deadline_exceeded') throw step.error;
      cutBy = 'time';
      break;
    }
    if (step.value.done === true) {
      if (!step.value.value) cutBy = 'repetition';
      break;
    }
    const page = step.value.value;
    const recent = page.filter(({ createdEpochMs }) => createdEpochMs >= oldestEpochMs);
    if (readCount + recent.length > maxQueries) cutBy = 'limit';
    const taken = recent.slice(0, maxQueries - readCount);
    // Of a query over several log groups CloudWatch names one, perhaps not the one that was asked for.
    const succeeded = taken
      .filter(({ hasFailed }) => !hasFailed)
      .map((past) => (logGroupName === undefined ? past : { ...past, logGroup: logGroupName }));
    await mapInSlices(succeeded, (past) => collector.add([past]));
    readCount += taken.length;
    failedCount += taken.length - succeeded.length;
    context.reportProgress({ progress: readCount, total: maxQueries, message: 'past queries read' });
    if (cutBy !== undefined || (page.length > 0 && recent.length === 0)) break;
  }
  return {
    evidence: collector.result(),
    queryCount: readCount - failedCount,
    failedCount,
    ...(cutBy !== undefined && { cutBy }),
  };
}

/** When calls to AWS must have ended, so that what is there is still answered. */
export function endOfReading({ deadlineEpochMs, clock }: ToolContext): number {
  return deadlineEpochMs - Math.min(RESERVE_MS, Math.max(0, deadlineEpochMs - clock()) / 4);
}

/** What the advice rests on, in words. */
export function describeHistory({ queryCount, failedCount, cutBy }: History, of: string, raise = ''): string {
  const failed = failedCount === 0 ? '' : `; ${failedCount} that failed left out`;
  const cuts = {
    limit: `; older ones were not read${raise}`,
    time: '; the time was too short for older ones',
    repetition: '; CloudWatch began to repeat itself before older ones came',
  };
  const cut = cutBy === undefined ? '' : cuts[cutBy];
  return `Based on ${countQueries(queryCount)} ${of} in the last ${HISTORY_DAYS} days${failed}${cut}.`;
}
