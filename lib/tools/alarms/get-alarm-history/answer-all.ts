/** get_alarm_history without a name: which alarms flap, which fire by the clock, which fire most. */
import { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { describeFlapping } from '../../../domain/alarms/alarm-activity.ts';
import { describeRhythm } from '../../../domain/alarms/alarm-rhythm.ts';
import { allAlarmsLink } from '../../../domain/console-links.ts';
import { cleanLine } from '../../../domain/text/clean-text.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime, type TimeRange } from '../../../domain/time.ts';
import type { Answer } from '../../../tool/types.ts';
import { activityMembers, activityOutput, formatShare } from './answer.ts';
import { type AlarmSummary, type AllHistory, MAX_CHANGES } from './read-all.ts';

export const alarmSummaryOutput = z.object({
  name: z.string(),
  ...activityOutput,
  state: z.string(),
  since: z.string(),
});

export interface AllAsked {
  readonly target: Target;
  readonly range: TimeRange;
  readonly offset: number;
  readonly maxItems: number;
  readonly notes: readonly string[];
  /** Arguments that mean something for one alarm only. */
  readonly ignored: readonly string[];
  readonly tokenAt: (offset: number) => string;
}

interface AllOutput {
  readonly start_time: string;
  readonly end_time: string;
  readonly changes: number;
  readonly firings: number;
  readonly alarms: z.input<typeof alarmSummaryOutput>[];
}

export function answerAll(history: AllHistory, asked: AllAsked): Answer<AllOutput> {
  const { target, range, offset, maxItems } = asked;
  const { alarms } = history;
  const page = alarms.slice(offset, offset + maxItems);
  const firings = alarms.reduce((sum, { activity }) => sum + activity.firings, 0);
  return {
    headline: describeAll(history, firings, range),
    targets: [target],
    facts: [...describeCover(history, range), ...asked.notes],
    list: {
      items: page.map(describeOne),
      isUntrusted: true,
      total: alarms.length,
      noun: 'alarm',
      nextToken: (shown) => (offset + shown < alarms.length ? asked.tokenAt(offset + shown) : undefined),
      narrowBy: 'pass a later start_time',
    },
    hints:
      alarms.length === 0
        ? [
            'No alarm changed in this range: try an earlier start_time (up to -30d); get_active_alarms tells what fires now.',
          ]
        : ['With alarm_name: each change with its reason, times to look at, and the arguments for metric and logs.'],
    warnings:
      asked.ignored.length === 0
        ? []
        : [`${asked.ignored.join(' and ')} left aside: without alarm_name only changes of state are read.`],
    link: allAlarmsLink(target.region),
    structured: ({ shown }) => ({
      start_time: formatTime(range.startEpochMs),
      end_time: formatTime(range.endEpochMs),
      changes: history.changes,
      firings,
      alarms: page.slice(0, shown).map(({ name, activity, last }) => ({
        name,
        ...activityMembers(activity),
        state: last.to,
        since: formatTime(last.epochMs),
      })),
    }),
  };
}

function describeAll({ alarms, changes, isComplete }: AllHistory, firings: number, range: TimeRange): string {
  const between = `between ${formatTime(range.startEpochMs)} and ${formatTime(range.endEpochMs)}`;
  if (alarms.length === 0) return `No alarm changed state ${between}.`;
  const regular = alarms.filter(({ activity }) => activity.rhythm !== undefined).length;
  const flapping = alarms.filter(
    ({ activity }) => activity.flapping !== undefined && activity.rhythm === undefined,
  ).length;
  const kinds = [
    ...(flapping === 0 ? [] : [`${flapping} ${flapping === 1 ? 'flaps' : 'flap'}`]),
    ...(regular === 0 ? [] : [`${regular} ${regular === 1 ? 'fires' : 'fire'} by the clock`]),
  ];
  const least = isComplete ? '' : 'at least ';
  return `${countOf(alarms.length, 'alarm')} changed state ${least}${formatCount(changes)} times ${between}, ${formatCount(firings)} times into ALARM${kinds.length === 0 ? '' : `: ${kinds.join(', ')}`}.`;
}

function describeCover({ alarms, covered, isComplete }: AllHistory, range: TimeRange): string[] {
  const scaling = alarms.filter(({ isAutoScaling }) => isAutoScaling).length;
  return [
    ...(isComplete
      ? []
      : [
          `Read: the newest ${formatCount(MAX_CHANGES)} changes at most, back to ${formatTime(covered.startEpochMs)}. What was before, from ${formatTime(range.startEpochMs)} on, is not in these figures: ask for that time, or one alarm by name.`,
        ]),
    ...(scaling === 0
      ? []
      : [`${countOf(scaling, 'alarm')} of auto scaling (TargetTracking-*) at the end: they fire as part of scaling.`]),
  ];
}

function describeOne({ name, activity, last }: AlarmSummary): string {
  const { firings, changes, inAlarmMs, inAlarmShare, rhythm, flapping } = activity;
  const parts = [
    `${firings} × into ALARM (${countOf(changes, 'change')})`,
    ...(rhythm === undefined ? [] : [`by the clock: ${describeRhythm(rhythm)}`]),
    ...(flapping === undefined || rhythm !== undefined ? [] : [describeFlapping(flapping)]),
    ...(inAlarmMs === undefined || inAlarmShare === undefined
      ? []
      : [`in ALARM for ${formatDuration(inAlarmMs)} (${formatShare(inAlarmShare)})`]),
    `${last.to} since ${formatTime(last.epochMs)}`,
  ];
  return `${cleanLine(name)} — ${parts.join('; ')}`;
}
