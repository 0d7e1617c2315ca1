import type {
  GetLogGroupFieldsRequest,
  GetLogGroupFieldsResponse,
  GetLogRecordRequest,
  GetLogRecordResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent, LogGroup } from '../data/logs/log-group.ts';
import type { OperationContext } from '../types.ts';
import { decodePointer } from './event-pointer.ts';
import { Timestamp, toText } from './insights/value.ts';
import { type LogStore, requireGroup, visibleGroups } from './log-store.ts';
import { invalidParameter, notFound } from './refusals.ts';
import { scanEvents } from './scan-events.ts';
import { StoredEvent } from './stored-event.ts';

const MINUTE_MS = 60_000;
/** Window of GetLogGroupFields (API Reference): the last 15 minutes, or 8 minutes to either side of `time`. */
const DEFAULT_WINDOW_MS = 15 * MINUTE_MS;
const HALF_WINDOW_MS = 8 * MINUTE_MS;

/** The whole event behind an `@ptr`, with every field that is discovered in it. */
export function getLogRecord(
  store: LogStore,
  input: GetLogRecordRequest,
  context: OperationContext,
): GetLogRecordResponse {
  const pointer = decodePointer(input.logRecordPointer ?? '');
  if (!pointer) {
    throw invalidParameter('The logRecordPointer is not one: give the value of an @ptr field of a query result.');
  }
  const group = visibleGroups(store, context, true).find(
    ({ account, region, name }) =>
      account === pointer.account && region === pointer.region && name === pointer.logGroup,
  );
  const event = group?.eventsOfMinute(pointer.minuteEpochMs).find(({ index }) => index === pointer.index);
  if (!group || !event) {
    throw notFound('The log event of this logRecordPointer does not exist.');
  }
  const logRecord: Record<string, string> = {};
  for (const [name, value] of new StoredEvent(group, event).listFields()) {
    const isTime = name === '@timestamp' || name === '@ingestionTime';
    Object.defineProperty(logRecord, name, {
      value: isTime && value instanceof Timestamp ? String(value.epochMs) : toText(value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  logRecord['@ptr'] = input.logRecordPointer ?? '';
  return { logRecord };
}

/** An event never changes, and reading its fields out of its text takes long: worked out once. */
const fieldNames = new WeakMap<LogEvent, readonly string[]>();

function listFieldNames(group: LogGroup, event: LogEvent): readonly string[] {
  const names = fieldNames.get(event) ?? [...new StoredEvent(group, event).listFields().keys()];
  fieldNames.set(event, names);
  return names;
}

/** The fields of a group's recent events with the share of events that have them, most frequent first. */
export function getLogGroupFields(
  store: LogStore,
  input: GetLogGroupFieldsRequest,
  context: OperationContext,
): GetLogGroupFieldsResponse {
  const group = requireGroup(store, context, input);
  if (input.time !== undefined && input.time < 0) {
    throw invalidParameter('time must be in seconds since 1970-01-01 00:00:00 UTC.');
  }
  const center = input.time === undefined ? undefined : input.time * 1000;
  const range =
    center === undefined
      ? { startEpochMs: context.nowEpochMs - DEFAULT_WINDOW_MS, endEpochMs: context.nowEpochMs }
      : { startEpochMs: center - HALF_WINDOW_MS, endEpochMs: center + HALF_WINDOW_MS };
  const counts = new Map<string, number>();
  let total = 0;
  for (const events of scanEvents([group], range, context.nowEpochMs, 'newestFirst')) {
    for (const { event } of events) {
      total += 1;
      for (const name of listFieldNames(group, event)) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
  }
  return {
    logGroupFields: [...counts]
      .map(([name, count]) => ({ name, percent: Math.round((count / total) * 100) }))
      .sort((a, b) => b.percent - a.percent || (a.name < b.name ? -1 : 1)),
  };
}
