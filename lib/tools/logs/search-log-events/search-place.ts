/** Where a search of events goes on: at a time with some events of it already shown, or at a page of the service. Pure. */
import type { TimeRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import type { Cursor } from '../../../tool/cursor.ts';
import type { EventOrder } from './event-order.ts';

export interface SearchPlace {
  /** Fixed at the first call, so that `-1h` does not move between pages. */
  readonly range: TimeRange;
  /** The time of the last event shown, and how many of that time were: they come again when the search goes on by time. */
  readonly edge?: { readonly epochMs: number; readonly shown: number } | undefined;
  /** The service's own place. */
  readonly awsToken?: string | undefined;
}

const PLACE = /^(\d{1,15})-(\d{1,15})-(\d{0,15})(?:-(.+))?$/s;

/** @throws AppError `invalid_input` */
export function readPlace({ offset, awsToken: text }: Cursor, range: TimeRange): SearchPlace {
  if (text === undefined) return { range };
  const [, start, end, edge = '', awsToken] = PLACE.exec(text) ?? [];
  if (start === undefined || end === undefined)
    throw new AppError(
      'invalid_input',
      'next_token is not one that this tool gave → copy it unchanged, or leave it out to start again.',
    );
  return {
    range: { startEpochMs: Number(start), endEpochMs: Number(end) },
    awsToken,
    ...(edge !== '' && { edge: { epochMs: Number(edge), shown: offset } }),
  };
}

export function writePlace({ range, edge, awsToken }: SearchPlace): Cursor {
  const token = awsToken === undefined ? '' : `-${awsToken}`;
  return {
    offset: edge?.shown ?? 0,
    awsToken: `${range.startEpochMs}-${range.endEpochMs}-${edge?.epochMs ?? ''}${token}`,
  };
}

/** Events that come first although they were shown: none where the service's own place is known. */
export function countToSkip({ edge, awsToken }: SearchPlace): number {
  return awsToken === undefined ? (edge?.shown ?? 0) : 0;
}

interface Searched {
  readonly events: readonly { readonly epochMs: number }[];
  readonly end: string;
  readonly order: EventOrder;
  readonly awsToken?: string;
  /** Events to skip that did not come yet. */
  readonly skipLeft: number;
}

/**
 * The place after the first `shown` events; undefined when nothing follows.
 * By time after an event: that does not expire, and serves where only some of a page was shown.
 * By the service's token where the search was not finished: what was searched in vain is not searched again.
 */
export function placeAfter(
  { events, end, order, awsToken, skipLeft }: Searched,
  shown: number,
  place: SearchPlace,
): SearchPlace | undefined {
  if (end === 'complete' && shown === events.length) return undefined;
  if (skipLeft > 0) return place;
  const edge = edgeAfter(events.slice(0, shown), place);
  if (shown === events.length && end !== 'limit') return { range: place.range, edge, awsToken };
  if (edge === undefined) return place;
  // Between events without order no time parts what was shown from what was not.
  if (order === 'none') return undefined;
  const { epochMs } = edge;
  const range =
    order === 'newest first' ? { ...place.range, endEpochMs: epochMs } : { ...place.range, startEpochMs: epochMs };
  return { range, edge };
}

function edgeAfter(shown: SearchedEvents, place: SearchPlace): SearchPlace['edge'] {
  const last = shown.at(-1);
  if (last === undefined) return place.edge;
  const before = shown.findLastIndex(({ epochMs }) => epochMs !== last.epochMs);
  const isSameEdge = before < 0 && place.edge?.epochMs === last.epochMs;
  return { epochMs: last.epochMs, shown: shown.length - 1 - before + (isSameEdge ? (place.edge?.shown ?? 0) : 0) };
}

type SearchedEvents = Searched['events'];
