/** A search of events in words: what was found, what was searched, the events as lines. Pure. */
import type { LogEvent } from '../../../aws/ports/logs.ts';
import { toTable } from '../../../domain/logs/insights-rows.ts';
import { type TableText, writeTable } from '../../../domain/logs/insights-text.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { formatAgo, formatTime, type TimeRange } from '../../../domain/time.ts';
import { noteArriving } from '../shared/answer-arriving.ts';
import type { FoundEvents } from './read.ts';

export interface SearchFacts {
  /** Ready for a sentence. */
  readonly name: string;
  readonly isFirst: boolean;
  readonly nowEpochMs: number;
}

/** One line an event; the log stream only where there are several. */
export function writeEvents(events: readonly LogEvent[], maxRowChars: number): TableText {
  const hasStreams = new Set(events.map(({ logStream }) => logStream)).size > 1;
  const rows = events.map(({ epochMs, logStream, message }) => [
    { field: '@timestamp', value: formatTime(epochMs) },
    ...(hasStreams ? [{ field: '@logStream', value: logStream }] : []),
    { field: '@message', value: message },
  ]);
  return writeTable(toTable(rows), maxRowChars);
}

export function describeSearch({ events, end, order: came }: FoundEvents, facts: SearchFacts): string {
  const { name, isFirst, nowEpochMs } = facts;
  const [first] = events;
  const further = isFirst ? '' : 'further ';
  if (first === undefined) {
    if (end === 'complete') return `No ${further}event found in ${name}.`;
    return `No ${further}event found in ${name} so far; not everything is searched yet.`;
  }
  if (came === 'none')
    return `${countOf(events.length, `${further}event`)} found in ${name} so far, in no order; there may be more.`;
  const order = came === 'newest first' ? 'newest' : 'oldest';
  const at = `the ${order} at ${formatTime(first.epochMs)} (${formatAgo(first.epochMs, nowEpochMs)})`;
  const count = countOf(events.length, `${further}event`);
  switch (end) {
    case 'complete':
      return `${count} found in ${name}, ${at}.`;
    case 'limit':
      return `The ${isFirst ? order : 'next'} ${countOf(events.length, 'event')} found in ${name}, ${at}; there are more.`;
    case 'room':
      return `${count} found in ${name}, ${at}, as many as an answer holds; there may be more.`;
    default:
      return `${count} found in ${name} so far, ${at}; not everything is searched yet.`;
  }
}

/** Which part of the range was searched to the end, and which was not; and whether its end is still filling. */
export function describeCoverage(found: FoundEvents, range: TimeRange, nowEpochMs: number): string[] {
  const isSearchedAtEnd = found.end === 'complete' || found.order === 'newest first';
  return [...describeSearched(found, range), ...(isSearchedAtEnd ? noteArriving(range, nowEpochMs) : [])];
}

function describeSearched({ events, end, order }: FoundEvents, range: TimeRange): string[] {
  const from = formatTime(range.startEpochMs);
  const to = formatTime(range.endEpochMs);
  if (end === 'complete') return [`Searched completely: ${from} – ${to}.`];
  const last = order === 'none' ? undefined : events.at(-1);
  const isLate = end === 'time';
  const searched = isLate ? 'The time limit came first: searched' : 'Searched';
  if (last === undefined)
    return [
      `${isLate ? 'The time limit came first: how' : 'How'} far of ${from} – ${to} was searched is not known; next_token goes on there.`,
    ];
  const edge = formatTime(last.epochMs);
  return order === 'newest first'
    ? [`${searched} completely: ${edge} – ${to}; not completely: ${from} – ${edge}.`]
    : [`${searched} completely: ${from} – ${edge}; not completely: ${edge} – ${to}.`];
}

/** What a back end that ignores the order leaves unknown; undefined where the events came as they were asked for. */
export function warnOfOrder({ order }: FoundEvents, isNewestFirst: boolean): string[] {
  if (order === (isNewestFirst ? 'newest first' : 'oldest first')) return [];
  const asked = isNewestFirst ? 'newest' : 'oldest';
  return order === 'none'
    ? [`CloudWatch gave the events in no order, so which are the ${asked} is not known → pass a shorter time range.`]
    : [
        `The ${asked} first were asked for, and this back end gives the ${isNewestFirst ? 'oldest' : 'newest'} first: the ${asked} may still be to come → ${isNewestFirst ? 'pass a later start_time' : 'pass an earlier end_time'}, or go on with next_token.`,
      ];
}

const WIDER_ROW_CHARS = 5_000;
const MAX_ROW_CHARS = 20_000;

export function hintCutEvents(cutRows: number, maxRowChars: number): string[] {
  if (cutRows === 0) return [];
  const wider =
    maxRowChars < MAX_ROW_CHARS
      ? `max_row_chars=${Math.max(WIDER_ROW_CHARS, Math.min(MAX_ROW_CHARS, maxRowChars * 4))} shows more`
      : 'execute_log_insights_query with include_ptr=true gives the pointer with which get_log_record shows all of one';
  return [`${countOf(cutRows, 'event')} cut (…) at ${formatCount(maxRowChars)} characters; ${wider}.`];
}
