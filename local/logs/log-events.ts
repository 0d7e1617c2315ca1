import type { GetLogEventsRequest, GetLogEventsResponse, OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../data/logs/log-group.ts';
import type { OperationContext } from '../types.ts';
import { type LogStore, requireGroup } from './log-store.ts';
import { checkCount, invalidParameter, notFound } from './refusals.ts';
import { scanEvents } from './scan-events.ts';

/** Events and bytes in one answer (API Reference, GetLogEvents: limit). */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;

/** A window of one stream's events, ascending; the tokens move it forward and back. */
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
  const events: LogEvent[] = [];
  for (const batch of scanEvents([group], range, context.nowEpochMs, 'oldestFirst')) {
    events.push(...batch.map(({ event }) => event).filter(({ logStream }) => logStream === input.logStreamName));
  }
  const isForward = input.nextToken === undefined ? input.startFromHead === true : input.nextToken.startsWith('f/');
  const edge = input.nextToken === undefined ? (isForward ? 0 : events.length) : readToken(input.nextToken);
  const [from, to] = isForward ? takeForward(events, edge, limit) : takeBackward(events, edge, limit);
  return {
    events: events.slice(from, to).map(describe),
    nextForwardToken: `f/${to}`,
    nextBackwardToken: `b/${from}`,
  };
}

function takeForward(events: readonly LogEvent[], from: number, limit: number): readonly [number, number] {
  let to = from;
  let bytes = 0;
  for (let event = events[to]; event && to - from < limit; event = events[to]) {
    bytes += Buffer.byteLength(event.message);
    if (bytes > MAX_BYTES && to > from) {
      break;
    }
    to += 1;
  }
  return [from, to];
}

function takeBackward(events: readonly LogEvent[], to: number, limit: number): readonly [number, number] {
  let from = to;
  let bytes = 0;
  for (let event = events[from - 1]; event && to - from < limit; event = events[from - 1]) {
    bytes += Buffer.byteLength(event.message);
    if (bytes > MAX_BYTES && to > from) {
      break;
    }
    from -= 1;
  }
  return [from, to];
}

function readToken(token: string): number {
  const match = /^[fb]\/(\d{1,9})$/.exec(token);
  if (!match) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  return Number(match[1]);
}

function describe(event: LogEvent): OutputLogEvent {
  return { timestamp: event.timestampEpochMs, message: event.message, ingestionTime: event.ingestionEpochMs };
}
