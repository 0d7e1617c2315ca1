/** One alarm of get_active_alarms: as text, and as structured output. */
import { z } from 'zod';
import { ALARM_KINDS, ALARM_STATES, type Alarm, stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { parseReasonData, tidyReason } from '../../../domain/alarms/alarm-reason.ts';
import { describeWatch, formatValue } from '../../../domain/alarms/alarm-watch.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { formatTime } from '../../../domain/time.ts';
import {
  describeEvaluation,
  describeRule,
  describeSince,
  describeSuppression,
  listNames,
  MAX_NAMES,
  unlessEmpty,
} from '../shared/alarm-notes.ts';
import { contributorsOutput, describeContributors, toContributorOutput } from '../shared/contributors.ts';
import { describeValue, toValueNowOutput, valueNowOutput } from './answer-value.ts';
import type { ActiveAlarmRow } from './read-values.ts';

const MAX_WATCH_CHARS = 240;
const MAX_REASON_CHARS = 240;
const MAX_DESCRIPTION_CHARS = 120;
const MAX_DATAPOINTS = 5;
const MAX_CONTRIBUTORS = 3;

export const activeAlarmOutput = z.object({
  name: z.string(),
  kind: z.enum(ALARM_KINDS),
  state: z.enum(ALARM_STATES),
  since: z.string().optional().describe('last real change of state, ISO 8601'),
  account: z.string(),
  region: z.string(),
  watches: z.string().describe('what it watches, and when it fires'),
  threshold: z.number().optional().describe('absent for bands, PromQL and composite alarms'),
  now: valueNowOutput,
  now_unknown: z.string().optional().describe('why there is no value'),
  contributors: contributorsOutput,
  reason: z.string().optional(),
  datapoints: z.array(z.number()).optional().describe('behind the state, newest first'),
  description: z.string().optional(),
  parents: z.array(z.string()).optional().describe('firing composite alarms above it'),
  unlisted_firing_children: z.array(z.string()).optional(),
  actions_enabled: z.boolean(),
  muted_by: z.array(z.string()).optional().describe('mute rules'),
  actions_suppressed_by: z.string().optional(),
  evaluation_state: z.string().optional(),
});

/** @param hasWhere whether the answer comes from several accounts or regions */
export function describeActiveAlarm(row: ActiveAlarmRow, nowEpochMs: number, hasWhere: boolean): string {
  const { alarm, depth, target } = row;
  const indent = '  '.repeat(Math.min(depth, 4));
  const where = hasWhere ? `, ${target.account}/${target.region}` : '';
  const lines = [
    `${depth === 0 ? '•' : '└'} ${cleanLine(alarm.name)} — ${alarm.state}${describeSince(alarm, nowEpochMs)}, ${alarm.kind} alarm${where}`,
    `  watches: ${clip(describeWatch(alarm), MAX_WATCH_CHARS)}`,
    ...describeValue(row).map((line) => `  ${line}`),
    ...describeContributors(row.contributors ?? [], MAX_CONTRIBUTORS).map((line) => `  ${line}`),
    ...describeReason(alarm),
    ...describeNotes(row).map((note) => `  ${note}`),
    ...(alarm.description === undefined || alarm.description === ''
      ? []
      : [`  description: ${clip(cleanLine(alarm.description), MAX_DESCRIPTION_CHARS)}`]),
  ];
  return lines.map((line) => indent + line).join('\n');
}

export function toActiveAlarmOutput({ alarm, target, ...row }: ActiveAlarmRow): z.input<typeof activeAlarmOutput> {
  const sinceEpochMs = stateSinceEpochMs(alarm);
  const datapoints = readDatapoints(alarm);
  return {
    name: alarm.name,
    kind: alarm.kind,
    state: alarm.state,
    since: sinceEpochMs === 0 ? undefined : formatTime(sinceEpochMs),
    account: target.account,
    region: target.region,
    watches: describeWatch(alarm),
    threshold: alarm.condition.threshold,
    now: row.now === undefined ? undefined : toValueNowOutput(row.now),
    now_unknown: row.unknown,
    contributors: row.contributors === undefined ? undefined : unlessEmpty(row.contributors.map(toContributorOutput)),
    reason: alarm.reason,
    datapoints: datapoints.length === 0 ? undefined : datapoints,
    description: alarm.description,
    parents: unlessEmpty(row.parents),
    unlisted_firing_children: unlessEmpty(row.unlistedChildren),
    actions_enabled: alarm.actionsEnabled,
    muted_by: unlessEmpty(row.mutedBy.map(({ name }) => name)),
    actions_suppressed_by: alarm.suppression?.suppressedBy,
    evaluation_state: alarm.evaluationState,
  };
}

/** The service's reason mostly holds the datapoints; where it does not, they are added. */
function describeReason(alarm: Alarm): string[] {
  const reason =
    alarm.reason === undefined || alarm.reason === ''
      ? []
      : [`  why: ${clip(cleanLine(tidyReason(alarm.reason)), MAX_REASON_CHARS)}`];
  const datapoints = readDatapoints(alarm);
  return datapoints.length === 0 || alarm.reason?.includes('[') === true
    ? reason
    : [...reason, `  datapoints, newest first: ${datapoints.map(formatValue).join(', ')}`];
}

function readDatapoints(alarm: Alarm): number[] {
  return parseReasonData(alarm.reasonData)
    .datapoints.slice(0, MAX_DATAPOINTS)
    .map(({ value }) => value);
}

function describeNotes({ alarm, parents, mutedBy, unlistedChildren }: ActiveAlarmRow): string[] {
  const notes = [
    mutedBy.length === 0 ? '' : `MUTED by rule ${mutedBy.slice(0, MAX_NAMES).map(describeRule).join(', ')}`,
    alarm.actionsEnabled ? '' : 'ACTIONS DISABLED: it notifies nobody',
    alarm.actionsEnabled && alarm.alarmActions.length === 0 && alarm.state === 'ALARM' ? 'has no alarm action' : '',
    describeSuppression(alarm.suppression),
    describeEvaluation(alarm),
    parents.length > 1 ? `also under ${listNames(parents.slice(1))}` : '',
  ].filter((note) => note !== '');
  const firing =
    unlistedChildren.length === 0 ? [] : [`firing below it, not in this list: ${listNames(unlistedChildren)}`];
  return [...(notes.length === 0 ? [] : [`note: ${notes.join('; ')}`]), ...firing];
}
