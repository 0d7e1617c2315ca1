/** Alarms that cry too often, by the clock, or without end. Pure. */
import { DAY_MS, formatDuration, formatTime, SECOND_MS, type TimeRange } from '../../time.ts';
import { type Alarm, stateSinceEpochMs } from '../alarm.ts';
import { describeFlapping, summarizeActivity } from '../alarm-activity.ts';
import type { StateChange } from '../alarm-history.ts';
import { describeRhythm } from '../alarm-rhythm.ts';
import type { Finding } from './finding.ts';

/** Whoever sees an alarm for two days does not look at it any more. */
const MIN_DAYS_IN_ALARM_MS = 2 * DAY_MS;

/**
 * @param changes of this alarm, inside the range
 * @param range the part of its history that was read
 */
export function judgeHistory(
  alarm: Alarm,
  changes: readonly StateChange[],
  range: TimeRange,
  nowEpochMs: number,
): Finding | undefined {
  const names = [alarm.name];
  const { periodSeconds = 0, evaluationPeriods = 1 } = alarm.condition;
  const { rhythm, flapping } = summarizeActivity(changes, range, {
    evaluationMs: periodSeconds * evaluationPeriods * SECOND_MS,
  });
  const sinceEpochMs = stateSinceEpochMs(alarm);
  if (rhythm !== undefined) return { kind: 'regular', names, why: `fires by the clock: ${describeRhythm(rhythm)}` };
  if (flapping !== undefined)
    return { kind: 'flapping', names, why: describeFlapping(flapping).replace(/^flapping: /, '') };
  if (alarm.state !== 'ALARM' || sinceEpochMs === 0 || nowEpochMs - sinceEpochMs < MIN_DAYS_IN_ALARM_MS)
    return undefined;
  const why = `in ALARM for ${formatDuration(nowEpochMs - sinceEpochMs)}, since ${formatTime(sinceEpochMs)}`;
  return { kind: 'in_alarm_for_days', names, why };
}
