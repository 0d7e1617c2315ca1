/** Why a search found nothing, and what to try: whether there are other events, or when the last one was. */
import { formatAgo, formatTime, MINUTE_MS, type TimeRange } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import type { LogGroupAt } from './one-log-group.ts';

/** FilterLogEvents gives the newest first only from here on (API reference, startFromHead). */
export const NEWEST_FIRST_SINCE_EPOCH_MS = Date.UTC(2024, 0, 1);

/** The newest event up to a time; undefined where one page of the service does not tell. */
export async function findNewestEvent(
  group: LogGroupAt,
  endEpochMs: number,
  context: ToolContext,
): Promise<number | undefined> {
  if (endEpochMs < NEWEST_FIRST_SINCE_EPOCH_MS || !context.hasTime()) return undefined;
  const query = {
    logGroup: group.reference,
    startEpochMs: NEWEST_FIRST_SINCE_EPOCH_MS,
    endEpochMs,
    isNewestFirst: true,
    limit: 1,
  };
  const page = await attempt(context.signal, context.aws(group.target).logs.filterEvents(query, context.signal));
  return 'value' in page ? page.value.events[0]?.epochMs : undefined;
}

interface EventFilter {
  readonly filter_pattern?: string | undefined;
  readonly log_stream_prefix?: string | undefined;
}

export async function explainNoEvents(
  group: LogGroupAt,
  range: TimeRange,
  filter: EventFilter,
  context: ToolContext,
): Promise<string[]> {
  const newestEpochMs = await findNewestEvent(group, range.endEpochMs, context);
  const advice = adviseFilter(filter);
  if (newestEpochMs === undefined)
    return [...advice, 'Widen start_time, or check retention and size with describe_log_groups.'];
  const when = `${formatTime(newestEpochMs)} (${formatAgo(newestEpochMs, context.nowEpochMs)})`;
  return newestEpochMs >= range.startEpochMs
    ? [`The log group has events in this time, the newest at ${when}; none fits.`, ...advice]
    : [
        `No event at all in this time: the last one before was at ${when} → start_time=${formatTime(newestEpochMs - 15 * MINUTE_MS)}.`,
      ];
}

function adviseFilter({ filter_pattern: pattern, log_stream_prefix: prefix }: EventFilter): string[] {
  return [
    ...(pattern === undefined
      ? []
      : [
          'filter_pattern is case-sensitive, and all of its words must be in one event: ?error ?ERROR finds either, "two words" a phrase, { $.level = "ERROR" } a JSON field; get_log_group_fields names the fields.',
        ]),
    ...(prefix === undefined ? [] : ['Leave log_stream_prefix out to search all log streams.']),
  ];
}
