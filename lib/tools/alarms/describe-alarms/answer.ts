/** One alarm of describe_alarms as lines of text. */

import type { MuteRule } from '../../../aws/ports/alarms.ts';
import { type Alarm, alarmNameOf } from '../../../domain/alarms/alarm.ts';
import { describeAlarmActions } from '../../../domain/alarms/alarm-action.ts';
import { describeDefinition, describeMissingData } from '../../../domain/alarms/alarm-definition.ts';
import { describeWatch } from '../../../domain/alarms/alarm-watch.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { listSome } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime, SECOND_MS } from '../../../domain/time.ts';
import {
  describeEvaluation,
  describeRule,
  describeSince,
  describeSuppression,
  listNames,
  MAX_NAMES,
} from '../shared/alarm-notes.ts';
import { describeContributors } from '../shared/contributors.ts';
import type { AlarmAt, AlarmDetails } from './read-details.ts';

const MAX_WATCH_CHARS = 600;
const MAX_QUIET_CHARS = 160;
const MAX_DESCRIPTION_CHARS = 300;

/** @param hasWhere whether the answer comes from several accounts or regions */
export function describeAlarm(
  { alarm, target }: AlarmAt,
  details: AlarmDetails,
  nowEpochMs: number,
  hasWhere: boolean,
): string {
  const missing = describeMissingData(alarm);
  return [
    `• ${cleanLine(alarm.name)} — ${alarm.state}${describeSince(alarm, nowEpochMs)}, ${alarm.kind} alarm${hasWhere ? `, ${target.account}/${target.region}` : ''}`,
    `watches: ${clip(describeWatch(alarm), MAX_WATCH_CHARS)}`,
    ...describeDefinition(alarm),
    ...(alarm.settings ?? []),
    ...(details.detector === undefined ? [] : [details.detector]),
    ...(missing === undefined ? [] : [`missing data: ${missing}`]),
    describeActions(alarm),
    ...describeSuppressor(alarm),
    ...describeRelated(details),
    ...describeContributors(details.contributors ?? [], MAX_NAMES),
    ...describeMuteRules(details.muteRules ?? []),
    ...(alarm.evaluationState === undefined ? [] : [`evaluation: ${describeEvaluation(alarm)}`]),
    ...(alarm.description ? [`description: ${clip(cleanLine(alarm.description), MAX_DESCRIPTION_CHARS)}`] : []),
    ...(alarm.configuredEpochMs === undefined ? [] : [`last configured: ${formatTime(alarm.configuredEpochMs)}`]),
  ].join('\n  ');
}

/** An alarm that is OK, where there are many. */
export function describeQuiet({ alarm, target }: AlarmAt, nowEpochMs: number, hasWhere: boolean): string {
  const marks = [
    ...(hasWhere ? [`${target.account}/${target.region}`] : []),
    ...(alarm.actionsEnabled ? [] : ['actions DISABLED']),
    ...(alarm.evaluationState === undefined ? [] : [cleanLine(alarm.evaluationState)]),
  ];
  const watch = clip(describeWatch(alarm), MAX_QUIET_CHARS);
  return `• ${cleanLine(alarm.name)} — ${alarm.state}${describeSince(alarm, nowEpochMs)}: ${[watch, ...marks].join('; ')}`;
}

function describeActions(alarm: Alarm): string {
  const actions = [
    ['ALARM', alarm.alarmActions],
    ['OK', alarm.okActions],
    ['INSUFFICIENT_DATA', alarm.insufficientDataActions],
  ] as const;
  const parts = actions
    .filter(([, arns]) => arns.length > 0)
    .map(([state, arns]) => `on ${state}: ${describeAlarmActions(arns)}`);
  const what = parts.length === 0 ? 'none: it notifies nobody' : parts.join('; ');
  return `actions: ${alarm.actionsEnabled ? '' : 'DISABLED, '}${what}`;
}

function describeSuppressor({ suppression }: Alarm): string[] {
  if (suppression === undefined) return [];
  const now = describeSuppression(suppression);
  const { waitSeconds, extensionSeconds } = suppression;
  const times = [
    ...(waitSeconds === undefined ? [] : [`waits ${formatDuration(waitSeconds * SECOND_MS)} for it`]),
    ...(extensionSeconds === undefined ? [] : [`${formatDuration(extensionSeconds * SECOND_MS)} longer than it`]),
  ];
  const suppressor = suppression.suppressor === undefined ? '' : cleanLine(alarmNameOf(suppression.suppressor));
  return [
    ...(suppressor === '' ? [] : [`suppressor: ${[suppressor, ...times].join(', ')}`]),
    ...(now === '' ? [] : [`note: ${now}`]),
  ];
}

function describeRelated({ parents = [], children }: AlarmDetails): string[] {
  return [
    ...(parents.length === 0 ? [] : [`above it: ${listNames(parents.map(({ name }) => name))}`]),
    ...(children === undefined || children.length === 0
      ? []
      : [
          `below it: ${listNames(children.map(({ name, state }) => (state === undefined ? name : `${name} (${state})`)))}`,
        ]),
  ];
}

function describeMuteRules(rules: readonly MuteRule[]): string[] {
  if (rules.length === 0) return [];
  const told = rules.map((rule) => `${describeRule(rule)}${rule.state === 'active' ? ', MUTED now' : ''}`);
  return [`mute rules: ${listSome(told, MAX_NAMES, '; ')}`];
}
