/** Searches the events of a log group page by page, as long as there are wanted ones, room and time. */
import type { LogEvent, LogEventQuery } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { clip } from '../../../domain/text/clean-text.ts';
import { countOf } from '../../../domain/text/counts.ts';
import { type AppError, isAppError } from '../../../errors.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { type EventOrder, watchOrder } from './event-order.ts';

/** Longest message in `structuredContent`, unless the caller asks for more; a message may have 1 MB. */
const MAX_MESSAGE_CHARS = 4_000;

export interface EventSearch {
  readonly target: Target;
  readonly query: Omit<LogEventQuery, 'limit'>;
  /** Events of one time that an earlier answer has shown. */
  readonly skip: { readonly count: number; readonly epochMs?: number | undefined };
  readonly limit: number;
  readonly maxRowChars: number;
}

export interface FoundEvents {
  /** In {@link order}, at most `limit`; long messages cut. */
  readonly events: readonly LogEvent[];
  /** The order in which they came: a back end may ignore the one asked for. */
  readonly order: EventOrder;
  /**
   * - `complete`: everything was searched
   * - `limit`: there are more events than were wanted
   * - `room`: an answer holds no more
   * - `time`: the time was over first
   * - `failure`: CloudWatch failed in the middle
   */
  readonly end: 'complete' | 'limit' | 'room' | 'time' | 'failure';
  /** Where the service goes on; only when not everything was searched. */
  readonly awsToken?: string;
  readonly error?: AppError;
  /** Events to skip that did not come yet. */
  readonly skipLeft: number;
}

/**
 * Searched completely, the events are put into the order asked for; otherwise they stay in the one they came in, since
 * the search goes on from the last one.
 * @throws AppError when not even the first page can be had
 */
export async function searchEvents(search: EventSearch, context: ToolContext): Promise<FoundEvents> {
  const watch = watchOrder(search.query.isNewestFirst);
  const found = await readPages(search, (event) => watch.see(event), context);
  if (found.end !== 'complete') return { ...found, order: watch.order() };
  const sign = search.query.isNewestFirst ? -1 : 1;
  const events = found.events.toSorted((a, b) => sign * (a.epochMs - b.epochMs));
  return { ...found, events, order: search.query.isNewestFirst ? 'newest first' : 'oldest first' };
}

async function readPages(
  search: EventSearch,
  see: (event: LogEvent) => void,
  context: ToolContext,
): Promise<Omit<FoundEvents, 'order'>> {
  const { query, limit, maxRowChars, target } = search;
  const { logs } = context.aws(target);
  const time = startTimeLimit(context, context.deadlineEpochMs);
  const maxMessageChars = Math.max(MAX_MESSAGE_CHARS, maxRowChars);
  const events: LogEvent[] = [];
  let skipLeft = search.skip.count;
  let leftChars = context.config.maxResultChars;
  let awsToken = query.awsToken;
  try {
    for (let pages = 1; ; pages += 1) {
      const page = await nextPage(
        logs.filterEvents({ ...query, awsToken, limit: skipLeft + limit + 1 - events.length }, time.signal),
        pages > 1,
        context,
      );
      if (isAppError(page)) {
        const place = { events, skipLeft, ...(awsToken !== undefined && { awsToken }) };
        // The limit ends a call in flight as well as the pause between two.
        return time.signal.aborted ? { ...place, end: 'time' } : { ...place, end: 'failure', error: page };
      }
      for (const event of page.events) {
        see(event);
        if (skipLeft > 0 && event.epochMs === search.skip.epochMs) {
          skipLeft -= 1;
          continue;
        }
        if (events.length >= limit) return { events, end: 'limit', skipLeft };
        events.push({ ...event, message: clip(event.message, maxMessageChars) });
        leftChars -= Math.min(event.message.length, maxRowChars) + 1;
      }
      awsToken = page.awsToken;
      if (awsToken === undefined) return { events, end: 'complete', skipLeft };
      if (leftChars <= 0) return { events, end: 'room', skipLeft, awsToken };
      if (!context.hasTime()) return { events, end: 'time', skipLeft, awsToken };
      context.reportProgress({
        progress: pages,
        message: `${countOf(pages, 'page')} searched, ${countOf(events.length, 'event')} found`,
      });
    }
  } finally {
    time.end();
  }
}

/** After the first page a failure for the moment ends the search instead of losing what was found. */
async function nextPage<Page>(work: Promise<Page>, hasPages: boolean, context: ToolContext): Promise<Page | AppError> {
  try {
    return await work;
  } catch (error) {
    if (!hasPages || context.signal.aborted || !isAppError(error) || !error.isRetryable) throw error;
    return error;
  }
}
