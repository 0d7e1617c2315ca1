import type { DescribeLogStreamsRequest, DescribeLogStreamsResponse, LogStream } from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroup, LogStreamSpan } from '../data/logs/log-group.ts';
import type { OperationContext } from '../types.ts';
import { type LogStore, requireGroup, toLogGroupArn } from './log-store.ts';
import { cutPage } from './page.ts';
import { checkCount, invalidParameter } from './refusals.ts';

/** Streams in one answer (API Reference, DescribeLogStreams: limit). */
const MAX_ITEMS = 50;

/**
 * The streams of one group, by name or by their last event.
 * @throws InvalidParameterException, ResourceNotFoundException
 */
export function describeLogStreams(
  store: LogStore,
  input: DescribeLogStreamsRequest,
  context: OperationContext,
): DescribeLogStreamsResponse {
  const group = requireGroup(store, context, input);
  const size = checkCount(input.limit, 'limit', MAX_ITEMS, MAX_ITEMS);
  const { orderBy = 'LogStreamName', descending = false, logStreamNamePrefix = '' } = input;
  if (orderBy === 'LastEventTime' && logStreamNamePrefix !== '') {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const sign = descending ? -1 : 1;
  const streams = group.logStreams
    .filter(({ name }) => name.startsWith(logStreamNamePrefix))
    .map((span) => describe(group, span, context.nowEpochMs))
    .sort((a, b) => sign * (orderBy === 'LastEventTime' ? byTime(a, b) : byName(a, b)));
  const request = JSON.stringify([group.account, group.name, orderBy, descending, logStreamNamePrefix]);
  const { items, nextToken } = cutPage(streams, size, input.nextToken, request);
  return { logStreams: [...items], ...(nextToken !== undefined && { nextToken }) };
}

function byName(a: LogStream, b: LogStream): number {
  const [left, right] = [a.logStreamName ?? '', b.logStreamName ?? ''];
  return left < right ? -1 : Number(left > right);
}

function byTime(a: LogStream, b: LogStream): number {
  return (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0) || byName(a, b);
}

function describe(group: LogGroup, span: LogStreamSpan, nowEpochMs: number): LogStream {
  const last = Math.min(nowEpochMs, span.lastEpochMs ?? nowEpochMs);
  return {
    logStreamName: span.name,
    creationTime: span.firstEpochMs,
    firstEventTimestamp: span.firstEpochMs,
    lastEventTimestamp: last,
    lastIngestionTime: last,
    uploadSequenceToken: '49000000000000000000000000000000000000000000000000000000',
    arn: `${toLogGroupArn(group)}:log-stream:${span.name}`,
    storedBytes: 0,
  };
}
