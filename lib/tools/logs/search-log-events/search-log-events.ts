import { z } from 'zod';
import type { LogEvent } from '../../../aws/ports/logs.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { formatTime, resolveRange, type TimeRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { maxItems, nextToken, timeRange, where } from '../../../tool/params.ts';
import { CONTEXT_SHARE, contextOutput, writeContext } from '../shared/answer-context.ts';
import { contextParam } from '../shared/arguments-context.ts';
import { maxRowCharsParam } from '../shared/arguments-rows.ts';
import { explainNoEvents, NEWEST_FIRST_SINCE_EPOCH_MS } from '../shared/empty-events.ts';
import { askLogGroup, linkLogGroup, logGroupParam, resolveLogGroup } from '../shared/one-log-group.ts';
import { readContext } from '../shared/read-context.ts';
import { describeCoverage, describeSearch, hintCutEvents, warnOfOrder, writeEvents } from './answer.ts';
import { type FoundEvents, searchEvents } from './read.ts';
import { countToSkip, placeAfter, readPlace, writePlace } from './search-place.ts';

const NAME = 'search_log_events';
const MAX_PATTERN_CHARS = 1_024; // FilterLogEvents, filterPattern
const MAX_STREAM_CHARS = 512; // FilterLogEvents, logStreamNamePrefix

const inputSchema = z.object({
  log_group: logGroupParam,
  filter_pattern: z
    .string()
    .max(MAX_PATTERN_CHARS)
    .optional()
    .describe(
      'Case-sensitive: ERROR, ?ERROR ?WARN (either), "two words", -not, %regex%, { $.level = "ERROR" }; default: all',
    ),
  ...timeRange('-1h'),
  log_stream_prefix: z.string().min(1).max(MAX_STREAM_CHARS).optional().describe('Only log streams that begin so'),
  max_items: maxItems(100, 1_000),
  newest_first: z.boolean().default(true).describe('Default true'),
  max_row_chars: maxRowCharsParam,
  context: contextParam('the first 3 events'),
  next_token: nextToken,
  ...where,
});

const outputSchema = z.object({
  log_group: z.string(),
  events: z.array(
    z.object({
      timestamp: z.string(),
      log_stream: z.string(),
      message: z.string(),
    }),
  ),
  start_time: z.string(),
  end_time: z.string(),
  is_complete: z.boolean().describe('the whole range was searched'),
  context: contextOutput,
});

type Input = z.output<typeof inputSchema>;

export const searchLogEvents = defineTool({
  name: NAME,
  title: 'Search log events',
  description:
    'Events of one log group that match a filter pattern, newest first: the cheap way to look at logs, since nothing is charged for scanning. For counting, grouping or several log groups use execute_log_insights_query. describe_log_groups finds the log group. An answer says how far it searched; next_token goes on.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const {
      max_items: limit,
      max_row_chars: maxRowChars,
      next_token: token,
      newest_first: isNewestFirst,
      context: contextLines,
      ...rest
    } = input;
    const group = resolveLogGroup(input, context);
    const asked = { ...rest, isNewestFirst };
    const cursor = decodeCursor(NAME, asked, token);
    const wanted = resolveRange(input.start_time, input.end_time, context.nowEpochMs);
    const { range, warnings } = isNewestFirst ? keepReversible(wanted) : { range: wanted, warnings: [] };
    const place = readPlace(cursor, range);

    const found = await askLogGroup(
      group,
      context,
      searchEvents(
        {
          target: group.target,
          query: {
            logGroup: group.reference,
            filterPattern: patternOf(input),
            logStreamPrefix: input.log_stream_prefix,
            ...place.range,
            isNewestFirst,
            awsToken: place.awsToken,
          },
          skip: { count: countToSkip(place), epochMs: place.edge?.epochMs },
          limit,
          maxRowChars,
        },
        context,
      ),
    );

    const { events, end } = found;
    const hits = events.map((event) => ({ logGroup: group.reference, ...event }));
    const around = writeContext(
      await readContext(hits, contextLines, group.target, context),
      context.config.maxResultChars * CONTEXT_SHARE,
    );
    const isFirst = token === undefined;
    const isComplete = end === 'complete';
    const facts = { name: inlineName(group.name), isFirst, nowEpochMs: context.nowEpochMs };
    const text = writeEvents(events, maxRowChars);
    const total = isComplete && isFirst ? events.length : undefined;
    return {
      headline: describeSearch(found, facts),
      targets: [group.target],
      facts: describeCoverage(found, place.range, context.nowEpochMs),
      list: {
        noun: 'event',
        head: text.head,
        items: text.lines,
        isUntrusted: true,
        isOpenEnded: end !== 'limit',
        total,
        nextToken: (shown) => {
          const next = placeAfter(found, shown, place);
          return next === undefined ? undefined : encodeCursor(NAME, asked, writePlace(next));
        },
        narrowBy: 'pass filter_pattern or a shorter time range',
      },
      sections: around.sections,
      hints: [
        ...(events.length === 0 && isComplete && isFirst
          ? await explainNoEvents(group, range, { ...input, filter_pattern: patternOf(input) }, context)
          : []),
        ...hintCutEvents(text.cutRows, maxRowChars),
      ],
      warnings: [...warnings, ...collectWarnings(found, isNewestFirst), ...around.warnings],
      link: linkLogGroup(group),
      structured: ({ shown }) => ({
        log_group: group.name,
        events: events.slice(0, shown).map(toEventOutput),
        start_time: formatTime(place.range.startEpochMs),
        end_time: formatTime(place.range.endEpochMs),
        is_complete: isComplete,
        context: around.output,
      }),
    };
  },
});

function collectWarnings(found: FoundEvents, isNewestFirst: boolean): string[] {
  return [
    ...warnOfOrder(found, isNewestFirst),
    ...(found.error === undefined ? [] : [`Not everything could be searched: ${found.error.publicMessage}`]),
  ];
}

/** A blank pattern matches everything, as in the console. */
function patternOf({ filter_pattern: pattern }: Input): string | undefined {
  return pattern === undefined || pattern.trim() === '' ? undefined : pattern;
}

/** @throws AppError `invalid_input` when nothing of the range can be read newest first */
function keepReversible(range: TimeRange): { range: TimeRange; warnings: string[] } {
  if (range.startEpochMs >= NEWEST_FIRST_SINCE_EPOCH_MS) return { range, warnings: [] };
  const since = formatTime(NEWEST_FIRST_SINCE_EPOCH_MS);
  if (range.endEpochMs <= NEWEST_FIRST_SINCE_EPOCH_MS)
    throw new AppError(
      'invalid_input',
      `CloudWatch gives events newest first only from ${since} on, and end_time lies before → pass newest_first=false.`,
    );
  return {
    range: { ...range, startEpochMs: NEWEST_FIRST_SINCE_EPOCH_MS },
    warnings: [
      `Events before ${since} were not searched: CloudWatch gives none of them newest first; newest_first=false finds them.`,
    ],
  };
}

function toEventOutput({ epochMs, logStream, message }: LogEvent) {
  return { timestamp: formatTime(epochMs), log_stream: logStream, message };
}
