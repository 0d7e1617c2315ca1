/** Events of one log stream beside a time, over the SDK. */
import { GetLogEventsCommand, type GetLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { AwsConnection } from '../connection.ts';
import type { StreamEvent, StreamEvents, StreamQuery } from '../ports/logs.ts';
import { groupReference } from './group-reference.ts';

/** A page may be empty or half full although there is more (API reference, GetLogEvents). */
const MAX_PAGES = 3;

/** The nearest events on one side of a time, in time order. What lies on the other side is not believed. */
export async function readStream(aws: AwsConnection, query: StreamQuery, signal: AbortSignal): Promise<StreamEvents> {
  const { epochMs, limit } = query;
  const isForward = query.side === 'from';
  const events: StreamEvent[] = [];
  let nextToken: string | undefined;
  for (let pages = 0; pages < MAX_PAGES && events.length < limit; pages += 1) {
    const input: GetLogEventsCommandInput = {
      ...groupReference(query.logGroup),
      logStreamName: query.logStream,
      // The end is exclusive.
      ...(isForward ? { startTime: epochMs } : { endTime: epochMs }),
      startFromHead: isForward,
      limit: limit - events.length,
      nextToken,
    };
    const page = await aws.call(
      'logs:GetLogEvents',
      signal,
      ({ logs }, options) => logs.send(new GetLogEventsCommand(input), options),
      { subject: 'log stream' },
    );
    const found = (page.events ?? []).flatMap(({ timestamp, message = '' }) =>
      timestamp !== undefined && timestamp >= epochMs === isForward ? [{ epochMs: timestamp, message }] : [],
    );
    if (isForward) for (const event of found) events.push(event);
    else events.unshift(...found);
    const next = isForward ? page.nextForwardToken : page.nextBackwardToken;
    // At the end of the stream the service gives the token that it was asked with.
    if (next === undefined || next === '' || next === nextToken) return toResult(events, query, true);
    nextToken = next;
  }
  return toResult(events, query, false);
}

function toResult(events: readonly StreamEvent[], { side, limit }: StreamQuery, isEnd: boolean): StreamEvents {
  const sorted = events.toSorted((a, b) => a.epochMs - b.epochMs);
  return { events: side === 'from' ? sorted.slice(0, limit) : sorted.slice(-limit), isEnd };
}
