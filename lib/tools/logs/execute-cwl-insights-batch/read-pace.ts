/**
 * Logs Insights for a call with many queries: starts and looks are paced per account and region, and a start that
 * CloudWatch refuses for the moment is tried again. Not here: how many run at once (target-slots.ts).
 */
import type { LogsPort } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import { createPace, pause, type Rate } from '../../../tool/pace.ts';
import type { ToolContext } from '../../../tool/types.ts';

/** CloudWatch throttles both at some ten per second, account and region; a burst passes or is repeated by the SDK. */
const STARTS: Rate = { perSecond: 8, burst: 12 };
const LOOKS: Rate = { perSecond: 10, burst: 40 };
const FIRST_RETRY_MS = 1_000;
const MAX_RETRIES = 3;

export interface PaceOptions {
  /** Ends all waiting and all queries of the call. */
  readonly signal: AbortSignal;
  /** Nothing is started after it. */
  readonly untilEpochMs: number;
  /** Told of each start: undefined, or why there is none. */
  readonly onStart: (error: AppError | undefined) => void;
}

/** The context for the queries of a batch; its progress is reported by the batch itself. */
export function paceContext(context: ToolContext, options: PaceOptions): ToolContext {
  const places = new Map<string, LogsPort>();
  const logsOf = (target: Target): LogsPort => {
    const key = `${target.account}/${target.region}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    const logs = paceLogs(context.aws(target).logs, context.clock, options);
    places.set(key, logs);
    return logs;
  };
  return {
    ...context,
    signal: options.signal,
    reportProgress: () => undefined,
    aws: (target) => ({ ...context.aws(target), logs: logsOf(target) }),
  };
}

function paceLogs(logs: LogsPort, clock: () => number, { signal, untilEpochMs, onStart }: PaceOptions): LogsPort {
  const starts = createPace(STARTS, clock);
  const looks = createPace(LOOKS, clock);
  const tryStart: LogsPort['startQuery'] = async (request, startSignal) => {
    for (let retries = 0; ; retries += 1) {
      await starts(signal);
      if (clock() >= untilEpochMs)
        throw new AppError('deadline_exceeded', 'No time was left to start this query → ask for less, or call again.');
      const started = await attempt(startSignal, logs.startQuery(request, startSignal));
      if ('value' in started) return started.value;
      const pauseMs = FIRST_RETRY_MS * 2 ** retries;
      const isWorthIt = ['throttled', 'limit_exceeded'].includes(started.error.code) && retries < MAX_RETRIES;
      if (!isWorthIt || clock() + pauseMs >= untilEpochMs) throw started.error;
      await pause(pauseMs, signal);
    }
  };
  return {
    ...logs,
    async startQuery(request, startSignal) {
      const started = await attempt(startSignal, tryStart(request, startSignal));
      onStart('error' in started ? started.error : undefined);
      if ('error' in started) throw started.error;
      return started.value;
    },
    async peekQuery(awsId, maxRows, peekSignal) {
      await looks(peekSignal);
      return logs.peekQuery(awsId, maxRows, peekSignal);
    },
  };
}
