import type {
  FilteredLogEvent,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent, LogGroup } from '../data/logs/log-group.ts';
import type { OperationContext } from '../types.ts';
import { encodePointer } from './event-pointer.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import { type LogStore, requireGroup } from './log-store.ts';
import { checkCount, invalidParameter } from './refusals.ts';
import { scanEvents } from './scan-events.ts';

/** Limits of FilterLogEvents (API Reference): events and bytes of one answer, streams in one request. */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
const MAX_STREAMS = 100;
/** Events looked at for one answer; the service too may answer with an empty page and a token. */
const MAX_SCANNED = 20_000;
/** Since when reading backwards is possible (API Reference, startFromHead). */
const BACKWARD_SINCE_EPOCH_MS = Date.UTC(2024, 0, 1);
const MINUTE_MS = 60_000;

/** Where the next page begins: a minute, how many of its events are done, and what must not move between pages. */
interface Cursor {
  readonly request: string;
  readonly minuteEpochMs: number;
  readonly skip: number;
  readonly endEpochMs: number;
  readonly isFromHead: boolean;
}

/**
 * Events of one group that match a filter pattern, oldest first unless told otherwise.
 * @throws InvalidParameterException, ResourceNotFoundException
 */
export function filterLogEvents(
  store: LogStore,
  input: FilterLogEventsRequest,
  context: OperationContext,
): FilterLogEventsResponse {
  const group = requireGroup(store, context, input);
  const limit = checkCount(input.limit, 'limit', MAX_EVENTS, MAX_EVENTS);
  const isWanted = compileTest(input);
  const request = JSON.stringify([
    group.account,
    group.name,
    input.filterPattern,
    input.startTime,
    input.endTime,
    input.logStreamNames,
    input.logStreamNamePrefix,
  ]);
  const cursor = input.nextToken === undefined ? undefined : readCursor(input.nextToken, request);
  const isFromHead = cursor?.isFromHead ?? input.startFromHead ?? true;
  const startEpochMs = input.startTime ?? 0;
  const endEpochMs = cursor?.endEpochMs ?? Math.min(input.endTime ?? context.nowEpochMs, context.nowEpochMs);
  checkRange(input, isFromHead, startEpochMs);
  const range = isFromHead
    ? { startEpochMs: Math.max(startEpochMs, cursor?.minuteEpochMs ?? 0), endEpochMs }
    : { startEpochMs, endEpochMs: Math.min(endEpochMs, cursor ? cursor.minuteEpochMs + MINUTE_MS - 1 : endEpochMs) };
  const events: FilteredLogEvent[] = [];
  let bytes = 0;
  let scanned = 0;
  for (const batch of scanEvents([group], range, context.nowEpochMs, isFromHead ? 'oldestFirst' : 'newestFirst')) {
    const minuteEpochMs = Math.floor((batch[0]?.event.timestampEpochMs ?? 0) / MINUTE_MS) * MINUTE_MS;
    const skip = minuteEpochMs === cursor?.minuteEpochMs ? cursor.skip : 0;
    for (const [index, { event }] of batch.entries()) {
      if (index < skip) {
        continue;
      }
      const isMatch = isWanted(event);
      const size = isMatch ? Buffer.byteLength(event.message) : 0;
      if (
        scanned >= MAX_SCANNED ||
        (isMatch && (events.length >= limit || (events.length > 0 && bytes + size > MAX_BYTES)))
      ) {
        const next: Cursor = { request, minuteEpochMs, skip: index, endEpochMs, isFromHead };
        return { events, searchedLogStreams: [], nextToken: encodeCursor(next) };
      }
      scanned += 1;
      if (isMatch) {
        bytes += size;
        events.push(describe(group, event));
      }
    }
  }
  return { events, searchedLogStreams: [] };
}

function compileTest(input: FilterLogEventsRequest): (event: LogEvent) => boolean {
  const { logStreamNames, logStreamNamePrefix } = input;
  if (logStreamNames && logStreamNamePrefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.');
  }
  if (logStreamNames && (logStreamNames.length < 1 || logStreamNames.length > MAX_STREAMS)) {
    throw invalidParameter(`logStreamNames takes 1 to ${MAX_STREAMS} names.`);
  }
  const matches = compileFilterPattern(input.filterPattern ?? '');
  const streams = logStreamNames && new Set(logStreamNames);
  return ({ logStream, message }) =>
    (!streams || streams.has(logStream)) && logStream.startsWith(logStreamNamePrefix ?? '') && matches(message);
}

function checkRange(input: FilterLogEventsRequest, isFromHead: boolean, startEpochMs: number): void {
  const { startTime, endTime } = input;
  if ((startTime ?? 0) < 0 || (endTime ?? 0) < 0 || (startTime ?? 0) > (endTime ?? Number.POSITIVE_INFINITY)) {
    throw invalidParameter(
      'startTime and endTime must be milliseconds since 1970, and startTime not later than endTime.',
    );
  }
  if (!isFromHead && startEpochMs < BACKWARD_SINCE_EPOCH_MS) {
    throw invalidParameter(
      'startFromHead=false is supported only when startTime is on or after Jan 1, 2024 00:00:00 UTC.',
    );
  }
}

function describe(group: LogGroup, event: LogEvent): FilteredLogEvent {
  return {
    logStreamName: event.logStream,
    timestamp: event.timestampEpochMs,
    message: event.message,
    ingestionTime: event.ingestionEpochMs,
    eventId: encodePointer(group, event),
  };
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor(token: string, request: string): Cursor {
  try {
    const cursor: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (isCursor(cursor) && cursor.request === request) {
      return cursor;
    }
  } catch {
    // A text that is no token is answered like a token of another request.
  }
  throw invalidParameter('The specified nextToken is invalid.');
}

function isCursor(value: unknown): value is Cursor {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { request, minuteEpochMs, skip, endEpochMs, isFromHead }: Partial<Record<keyof Cursor, unknown>> = value;
  const areNumbers = [minuteEpochMs, skip, endEpochMs].every((item) => Number.isFinite(item));
  return areNumbers && typeof request === 'string' && typeof isFromHead === 'boolean';
}
