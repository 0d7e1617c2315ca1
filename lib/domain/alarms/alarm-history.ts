/** Entries of an alarm's history: the service's JSON → what happened, in few words. */

import { cleanLine, clip } from '../text/clean-text.ts';
import { listSome } from '../text/counts.ts';
import { type AlarmState, alarmNameOf } from './alarm.ts';
import { type AlarmReasonData, isRecord, parseJson, parseReasonData } from './alarm-reason.ts';

export const HISTORY_ITEM_TYPES = [
  'StateUpdate',
  'ConfigurationUpdate',
  'Action',
  'AlarmContributorStateUpdate',
  'AlarmContributorAction',
] as const;
export type HistoryItemType = (typeof HISTORY_ITEM_TYPES)[number];

/** An entry as the service gives it. */
export interface AlarmHistoryItem {
  readonly alarmName: string;
  readonly epochMs: number;
  readonly type: string;
  readonly summary: string;
  /** JSON text. */
  readonly data?: string | undefined;
  /** Labels of the contributor (one series of several) that the entry is about. */
  readonly contributor?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

export interface StateChange {
  readonly alarmName: string;
  readonly epochMs: number;
  readonly from: AlarmState | undefined;
  readonly to: AlarmState;
  readonly reason?: string | undefined;
  readonly reasonData: AlarmReasonData;
}

const STATES: ReadonlySet<unknown> = new Set<AlarmState>(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

/** What entries were read as: the same thousands are put in order, counted and written. */
const known = new WeakMap<AlarmHistoryItem, { readonly change: StateChange | undefined }>();

/**
 * The change of state that an entry tells of; undefined for another kind of entry, or when the state stayed the same. An
 * entry is read once: of thousands of them in slices, before they are put in order.
 */
export function readStateChange(item: AlarmHistoryItem): StateChange | undefined {
  const read = known.get(item) ?? { change: readChange(item) };
  known.set(item, read);
  return read.change;
}

function readChange(item: AlarmHistoryItem): StateChange | undefined {
  if (item.type !== 'StateUpdate' && item.type !== 'AlarmContributorStateUpdate') return undefined;
  const data = parseJson(item.data ?? '');
  const newState = isRecord(data) && isRecord(data.newState) ? data.newState : {};
  const oldState = isRecord(data) && isRecord(data.oldState) ? data.oldState : {};
  const [, summaryFrom, summaryTo] = /\bfrom (\w+) to (\w+)/.exec(item.summary) ?? [];
  const to = readState(newState.stateValue) ?? readState(summaryTo);
  const from = readState(oldState.stateValue) ?? readState(summaryFrom);
  if (to === undefined || to === from) return undefined;
  return {
    alarmName: item.alarmName,
    epochMs: item.epochMs,
    from,
    to,
    reason: typeof newState.stateReason === 'string' ? newState.stateReason : undefined,
    reasonData: parseReasonData(newState.stateReasonData),
  };
}

const MAX_FIELDS = 8;
/** Of an alarm as a whole. */
const MAX_SETTINGS = 14;
const MAX_VALUE_CHARS = 80;
/** Members that change with every update, or say nothing about what somebody wanted. */
const NOISE: ReadonlySet<string> = new Set([
  'alarmConfigurationUpdatedTimestamp',
  'stateUpdatedTimestamp',
  'stateTransitionedTimestamp',
  'stateReason',
  'stateReasonData',
  'stateValue',
  'alarmArn',
]);

/** What happened, on one line of foreign text; e.g. `changed threshold: 5 → 10`. */
export function describeHistoryItem(item: AlarmHistoryItem): string {
  const data = parseJson(item.data ?? '');
  const contributor = item.contributor?.map(({ name, value }) => `${name}=${value}`).join(', ');
  const suffix = contributor === undefined || contributor === '' ? '' : ` {${contributor}}`;
  return cleanLine(`${describeData(item, isRecord(data) ? data : {})}${suffix}`);
}

function describeData(item: AlarmHistoryItem, data: Readonly<Record<string, unknown>>): string {
  if (item.type === 'ConfigurationUpdate') return describeConfiguration(item, data);
  if (item.type === 'Action' || item.type === 'AlarmContributorAction') return describeAction(item, data);
  return item.summary;
}

function describeConfiguration(item: AlarmHistoryItem, data: Readonly<Record<string, unknown>>): string {
  const { originalUpdatedFields: before, updatedAlarm: after, createdAlarm, deletedAlarm } = data;
  const whole = deletedAlarm ?? createdAlarm;
  if (isRecord(whole)) return [item.summary, ...listSettings(whole)].join(': ');
  if (!isRecord(before) || !isRecord(after)) return item.summary;
  const changed = Object.keys(before).filter(
    (field) => !NOISE.has(field) && JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null),
  );
  if (changed.length === 0) return `${item.summary} (nothing that matters changed)`;
  const told = changed.map((field) => `${field}: ${describeValue(before[field])} → ${describeValue(after[field])}`);
  return `changed ${listSome(told, MAX_FIELDS, '; ', (left) => `; ${left} more`)}`;
}

/** What tells an alarm that is gone, or as it was made, apart from others. */
function listSettings(alarm: Readonly<Record<string, unknown>>): string[] {
  const told = Object.entries(alarm)
    .filter(([field, value]) => !NOISE.has(field) && field !== 'alarmName' && !isEmpty(value))
    .map(([field, value]) => `${field} ${describeValue(value)}`);
  return told.length === 0 ? [] : [listSome(told, MAX_SETTINGS, '; ', (left) => `; ${left} more`)];
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function describeValue(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  return clip(typeof value === 'string' ? value : JSON.stringify(value), MAX_VALUE_CHARS);
}

function describeAction(item: AlarmHistoryItem, data: Readonly<Record<string, unknown>>): string {
  const { actionState, notificationResource, error } = data;
  const target = typeof notificationResource === 'string' ? shortArn(notificationResource) : undefined;
  const state = typeof actionState === 'string' ? actionState : undefined;
  const failure = typeof error === 'string' && error !== '' ? `: ${clip(error, 200)}` : '';
  if (target === undefined || state === undefined) return `${item.summary}${failure}`;
  return `action ${target} ${state.toLowerCase()}${failure}`;
}

/** `sns ops-alerts` out of `arn:aws:sns:us-east-1:111122223333:ops-alerts`. */
export function shortArn(arn: string): string {
  const [scheme, , service = '', , , ...resource] = arn.split(':');
  return scheme === 'arn' && resource.length > 0 ? `${service} ${resource.join(':')}` : alarmNameOf(arn);
}

function readState(value: unknown): AlarmState | undefined {
  return STATES.has(value) ? (value as AlarmState) : undefined;
}
