import type { GetLogEventsRequest, GetLogEventsResponse, OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent, LogGroup } from '../data/logs/log-group.ts';
import type { OperationContext } from '../types.ts';
import { type LogStore, requireGroup } from './log-store.ts';
import { checkCount, invalidParameter, notFound } from './refusals.ts';
import { scanEvents, type TimeRange } from './scan-events.ts';

/** Events and bytes in one answer (API Reference, GetLogEvents: limit). */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;

/** A place between two events of a stream: before the event with this rank among those of its millisecond. */
interface Place {
  readonly epochMs: number;
  readonly rank: number;
}

interface PlacedEvent extends Place {
  readonly event: LogEvent;
}

/** A window of one stream's events, ascending; the tokens move it forward and back, and stay where there is nothing more. */
export function getLogEvents(
  store: LogStore,
  input: GetLogEventsRequest,
  context: OperationContext,
): GetLogEventsResponse {
  const group = requireGroup(store, context, input);
  const limit = checkCount(input.limit, 'limit', MAX_EVENTS, MAX_EVENTS);
  const stream = group.logStreams.find(({ name }) => name === input.logStreamName);
  if (stream === undefined) {
    throw notFound('The specified log stream does not exist.');
  }
  const range = {
    startEpochMs: Math.max(input.startTime ?? 0, stream.firstEpochMs),
    endEpochMs: Math.min((input.endTime ?? context.nowEpochMs + 1) - 1, stream.lastEpochMs ?? context.nowEpochMs),
  };
  const isForward = input.nextToken === undefined ? input.startFromHead === true : input.nextToken.startsWith('f/');
  const from =
    input.nextToken === undefined
      ? { epochMs: isForward ? range.startEpochMs : range.endEpochMs + 1, rank: 0 }
      : readToken(input.nextToken);
  const taken: PlacedEvent[] = [];
  let bytes = 0;
  for (const placed of eventsFrom(group, stream.name, { range, from, isForward, nowEpochMs: context.nowEpochMs })) {
    bytes += Buffer.byteLength(placed.event.message);
    if (taken.length >= limit || (bytes > MAX_BYTES && taken.length > 0)) {
      break;
    }
    taken.push(placed);
  }
  const events = isForward ? taken : taken.toReversed();
  const [first, last] = [events[0], events.at(-1)];
  return {
    events: events.map(({ event }) => describe(event)),
    nextForwardToken: writeToken('f', last === undefined ? from : { ...last, rank: last.rank + 1 }),
    nextBackwardToken: writeToken('b', first ?? from),
  };
}

interface Walk {
  readonly range: TimeRange;
  readonly from: Place;
  readonly isForward: boolean;
  readonly nowEpochMs: number;
}

/** The events of a stream after a place, or back from it. */
function* eventsFrom(group: LogGroup, stream: string, { range, from, isForward, nowEpochMs }: Walk) {
  const scanned = isForward
    ? { ...range, startEpochMs: Math.max(range.startEpochMs, from.epochMs) }
    : { ...range, endEpochMs: Math.min(range.endEpochMs, from.epochMs) };
  for (const batch of scanEvents([group], scanned, nowEpochMs, isForward ? 'oldestFirst' : 'newestFirst')) {
    const events = batch.map(({ event }) => event).filter(({ logStream }) => logStream === stream);
    const placed = rank(events.sort((a, b) => a.timestampEpochMs - b.timestampEpochMs || a.index - b.index));
    for (const each of isForward ? placed : placed.reverse()) {
      if (isBefore(each, from) !== isForward) {
        yield each;
      }
    }
  }
}

function rank(events: readonly LogEvent[]): PlacedEvent[] {
  let equal = 0;
  return events.map((event, index) => {
    equal = events[index - 1]?.timestampEpochMs === event.timestampEpochMs ? equal + 1 : 0;
    return { event, epochMs: event.timestampEpochMs, rank: equal };
  });
}

function isBefore(a: Place, b: Place): boolean {
  return a.epochMs < b.epochMs || (a.epochMs === b.epochMs && a.rank < b.rank);
}

function writeToken(direction: 'f' | 'b', { epochMs, rank }: Place): string {
  return `${direction}/${epochMs}/${rank}`;
}

function readToken(token: string): Place {
  const match = /^[fb]\/(\d{1,15})\/(\d{1,9})$/.exec(token);
  if (!match) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  return { epochMs: Number(match[1]), rank: Number(match[2]) };
}

function describe(event: LogEvent): OutputLogEvent {
  return { timestamp: event.timestampEpochMs, message: event.message, ingestionTime: event.ingestionEpochMs };
}
