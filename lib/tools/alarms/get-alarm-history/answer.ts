/** The sentences above the list of get_alarm_history. */
import { z } from 'zod';
import { type Alarm, stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { type AlarmActivity, describeFlapping } from '../../../domain/alarms/alarm-activity.ts';
import { describeRhythm } from '../../../domain/alarms/alarm-rhythm.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { formatAgo, formatDuration, formatTime, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import type { AlarmHistory } from './read.ts';

/** The line that answers: how often it changed, and what it is now. */
export function describeHeadline(
  name: string,
  { alarm, isComplete }: AlarmHistory,
  activity: AlarmActivity,
  range: TimeRange,
  nowEpochMs: number,
): string {
  const between = `between ${formatTime(range.startEpochMs)} and ${formatTime(range.endEpochMs)}`;
  const changed =
    activity.changes === 0
      ? `did not change state ${between}`
      : `changed state ${isComplete ? '' : 'at least '}${times(activity.changes)} ${between}, ${times(activity.firings)} into ALARM${describeHabit(activity)}`;
  return `${inlineName(name)} ${changed}; ${describeNow(alarm, nowEpochMs)}.`;
}

export function describeActivity(activity: AlarmActivity, covered: TimeRange): string[] {
  const { flapping, inAlarmMs, inAlarmShare } = activity;
  return [
    ...(inAlarmMs === undefined || inAlarmShare === undefined
      ? []
      : [
          `In ALARM for ${formatDuration(inAlarmMs)} of ${formatDuration(covered.endEpochMs - covered.startEpochMs)} (${formatShare(inAlarmShare)}).`,
        ]),
    ...(flapping === undefined ? [] : [`${describeFlapping(flapping).replace(/^f/, 'F')}.`]),
  ];
}

/** By the clock tells more than that it flaps. */
function describeHabit({ rhythm, flapping }: AlarmActivity): string {
  if (rhythm !== undefined) return `: by the clock, ${describeRhythm(rhythm)}`;
  return flapping === undefined ? '' : ': it flaps';
}

export const activityOutput = {
  changes: z.int(),
  firings: z.int().describe('changes into ALARM'),
  in_alarm_seconds: z.int().optional(),
  in_alarm_share: z.number().optional().describe('of the time range, 0 to 1'),
  is_flapping: z.boolean(),
  changes_per_hour: z.number().optional().describe('while flapping'),
  rhythm: z
    .object({ period_seconds: z.int(), first: z.string(), for_seconds: z.int().optional(), hits: z.int(), of: z.int() })
    .optional()
    .describe('fires by the clock'),
};

export function activityMembers({ changes, firings, inAlarmMs, inAlarmShare, flapping, rhythm }: AlarmActivity) {
  return {
    changes,
    firings,
    in_alarm_seconds: inAlarmMs === undefined ? undefined : Math.round(inAlarmMs / SECOND_MS),
    in_alarm_share: inAlarmShare,
    is_flapping: flapping !== undefined,
    changes_per_hour: flapping?.changesPerHour,
    rhythm:
      rhythm === undefined
        ? undefined
        : {
            period_seconds: rhythm.periodMs / SECOND_MS,
            first: formatTime(rhythm.startEpochMs),
            for_seconds: rhythm.durationMs === undefined ? undefined : Math.round(rhythm.durationMs / SECOND_MS),
            hits: rhythm.hits,
            of: rhythm.expected,
          },
  };
}

function describeNow(alarm: Alarm | undefined, nowEpochMs: number): string {
  if (alarm === undefined) return 'it does not exist any more';
  const sinceEpochMs = stateSinceEpochMs(alarm);
  return sinceEpochMs === 0
    ? `now it is ${alarm.state}`
    : `now it is ${alarm.state}, since ${formatTime(sinceEpochMs)} (${formatAgo(sinceEpochMs, nowEpochMs)})`;
}

export function formatShare(share: number): string {
  return share > 0 && share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`;
}

function times(count: number): string {
  if (count === 0) return 'never';
  return count === 1 ? 'once' : `${count} times`;
}

/** What to try next; why the list is empty. */
export function describeNext(
  history: AlarmHistory,
  input: { readonly include_component_alarms: boolean; readonly history_item_type: string },
  entries: number,
): string[] {
  const isComposite = history.alarm?.kind === 'composite';
  return [
    ...(entries > 0
      ? []
      : [
          `There is no ${input.history_item_type === 'All' ? '' : `${input.history_item_type} `}entry in this range: try an earlier start_time (up to -30d)${input.history_item_type === 'All' ? '' : ' or history_item_type=All'}.`,
        ]),
    ...(isComposite && !input.include_component_alarms
      ? ['It is a composite alarm: include_component_alarms=true adds the alarms below it.']
      : []),
    ...(!isComposite && input.include_component_alarms && history.alarm !== undefined
      ? ['It is not a composite alarm, so there are no component alarms.']
      : []),
  ];
}
