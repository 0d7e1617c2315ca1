/** How far back alarm history reaches. */
import { DAY_MS, formatTime, MINUTE_MS, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';

/** CloudWatch keeps alarm history for 30 days (DescribeAlarmHistory API reference). */
const RETENTION_MS = 30 * DAY_MS;

/**
 * Cuts a range to what the service still keeps, and says so.
 * @throws AppError `invalid_input` when nothing of it is kept
 */
export function keepRetained(range: TimeRange, nowEpochMs: number): { range: TimeRange; notes: readonly string[] } {
  const oldestEpochMs = nowEpochMs - RETENTION_MS;
  if (range.endEpochMs <= oldestEpochMs)
    throw new AppError(
      'invalid_input',
      `end_time ${formatTime(range.endEpochMs)} lies before ${formatTime(oldestEpochMs)}, and CloudWatch keeps alarm history for 30 days → choose a later end_time.`,
    );
  if (range.startEpochMs >= oldestEpochMs - MINUTE_MS) return { range, notes: [] };
  return {
    range: { ...range, startEpochMs: oldestEpochMs },
    notes: [
      `CloudWatch keeps alarm history for 30 days: the range begins at ${formatTime(oldestEpochMs)}, not at ${formatTime(range.startEpochMs)}.`,
    ],
  };
}

/** The same range, widened to whole seconds. */
export function toWholeSeconds({ startEpochMs, endEpochMs }: TimeRange): TimeRange {
  return {
    startEpochMs: Math.floor(startEpochMs / SECOND_MS) * SECOND_MS,
    endEpochMs: Math.ceil(endEpochMs / SECOND_MS) * SECOND_MS,
  };
}
