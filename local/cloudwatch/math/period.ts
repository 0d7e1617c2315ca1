const HIGH_RESOLUTION_SECONDS: readonly number[] = [1, 5, 10, 20, 30];

/** Seconds that CloudWatch takes as a period, in words. */
export const PERIOD_RULE = '1, 5, 10, 20, 30 or a multiple of 60 seconds';

/** Whether a number is a period (API reference, MetricStat.Period). */
export function isPeriod(seconds: number): boolean {
  return HIGH_RESOLUTION_SECONDS.includes(seconds) || (seconds > 0 && seconds % 60 === 0);
}
