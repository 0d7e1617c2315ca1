/** This process's share of what everybody in an account shares: at most so many of a kind at work per account and region. */
import type { Target } from '../aws/ports/targets.ts';
import { createTurns } from '../domain/async/turns.ts';
import { SECOND_MS } from '../domain/time.ts';
import { AppError } from '../errors.ts';

export interface TargetSlots {
  /**
   * Waits for a slot.
   * @returns the function that gives it back; calling it twice does no harm
   * @throws AppError `limit_exceeded` after `maxWaitMs`, or the reason of the signal
   */
  take(target: Target, maxWaitMs: number, signal: AbortSignal): Promise<() => void>;
}

/**
 * LookupEvents takes two calls a second, of which an investigation may need six within the nine seconds that it gives them:
 * three investigations fit. DescribeAlarmHistory (three a second) and GetMetricData (datapoints a second) bind later.
 */
export const MAX_INVESTIGATIONS = 3;
/** Most investigations end sooner, and chat clients wait half a minute for the whole. */
const MAX_WAIT_MS = 10 * SECOND_MS;

/** Of Logs Insights queries in flight. */
export function createQuerySlots(maxPerTarget: number): TargetSlots {
  return createSlots(
    maxPerTarget,
    ({ account, region }) =>
      `This server may run ${maxPerTarget} log queries at once, and all are busy in account ${account}, region ${region} → wait until they end, then call again.`,
  );
}

/** Of investigations, each of which asks AWS some dozens of times within seconds; none waits longer than ten seconds. */
export function createInvestigationSlots(): TargetSlots {
  const slots = createSlots(
    MAX_INVESTIGATIONS,
    ({ account, region }) =>
      `This server runs ${MAX_INVESTIGATIONS} investigations at once in account ${account}, region ${region}, since their quotas are shared, and all are busy → call again in some seconds; get_alarm_history and get_metric_data answer meanwhile.`,
  );
  return { take: (target, maxWaitMs, signal) => slots.take(target, Math.min(MAX_WAIT_MS, maxWaitMs), signal) };
}

function createSlots(maxPerTarget: number, describe: (target: Target) => string): TargetSlots {
  const turns = createTurns(maxPerTarget);
  return {
    take(target, maxWaitMs, signal) {
      const refuse = (): AppError => new AppError('limit_exceeded', describe(target));
      return turns.take(`${target.account}|${target.region}`, { maxWaitMs, refuse }, signal);
    },
  };
}
