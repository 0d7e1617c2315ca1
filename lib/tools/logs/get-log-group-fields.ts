import { z } from 'zod';
import type { LogGroupFieldShare } from '../../aws/ports/logs.ts';
import { exampleQueries, sortFields, writeFieldName } from '../../domain/logs/query/cwl-field.ts';
import { cleanLine, clip, inlineName } from '../../domain/text/clean-text.ts';
import { countOf } from '../../domain/text/counts.ts';
import { formatAgo, formatTime, MINUTE_MS, parseTime, type TimeRange } from '../../domain/time.ts';
import { AppError } from '../../errors.ts';
import { defineTool, READ_ONLY } from '../../tool/define-tool.ts';
import { where } from '../../tool/params.ts';
import type { ToolContext } from '../../tool/types.ts';
import { findNewestEvent } from './shared/empty-events.ts';
import { askLogGroup, type LogGroupAt, linkLogGroup, logGroupParam, resolveLogGroup } from './shared/one-log-group.ts';

/** GetLogGroupFields looks at the last 15 minutes, or at 8 minutes to either side of a time (API reference). */
const RECENT_MS = 15 * MINUTE_MS;
const HALF_WINDOW_MS = 8 * MINUTE_MS;
/** CloudWatch discovers at most so many fields in a JSON event (User Guide, "Supported logs and discovered fields"). */
const MAX_DISCOVERED = 200;
const MAX_NAME_CHARS = 300;

const inputSchema = z.object({
  log_group: logGroupParam,
  time: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .describe('Look 8 minutes to either side of it: ISO 8601, epoch or relative (-3h); default: the last 15 minutes'),
  ...where,
});

const outputSchema = z.object({
  log_group: z.string(),
  start_time: z.string(),
  end_time: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      percent: z.number(),
      query_name: z.string().optional().describe('as a query must write it; absent: no query can'),
    }),
  ),
  example_queries: z.array(z.string()),
});

export const getLogGroupFields = defineTool({
  name: 'get_log_group_fields',
  title: 'Fields of a log group',
  description:
    'The fields that CloudWatch discovers in the events of a log group and how many percent of the events have each, written as a query needs them, with queries to begin with. Use it before execute_log_insights_query, to know field names instead of guessing them. describe_log_groups finds the log group.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const group = resolveLogGroup(input, context);
    const centerEpochMs = chooseCenter(input.time, context.nowEpochMs);
    const { logs } = context.aws(group.target);

    const fields = sortFields(
      await askLogGroup(group, context, logs.listFields(group.reference, centerEpochMs, context.signal)),
    );

    const range = windowOf(centerEpochMs, context.nowEpochMs);
    const { rows, counts } = exampleQueries(fields);
    const examples = fields.length === 0 ? [] : [rows, ...(counts === undefined ? [] : [counts])];
    return {
      headline:
        fields.length === 0
          ? `No field found in ${inlineName(group.name)}: it has no events between ${formatTime(range.startEpochMs)} and ${formatTime(range.endEpochMs)}.`
          : `${countOf(fields.length, 'field')} in the events of ${inlineName(group.name)}, the most frequent first.`,
      targets: [group.target],
      facts: [`Events looked at: ${formatTime(range.startEpochMs)} – ${formatTime(range.endEpochMs)}.`],
      list: {
        noun: 'field',
        head: 'events having it | field, as a query writes it',
        items: fields.map(writeField),
        total: fields.length,
        isUntrusted: true,
      },
      sections: [{ title: 'Queries to begin with (execute_log_insights_query):', items: examples, isUntrusted: true }],
      hints: await hintsFor(fields, group, range, context),
      link: linkLogGroup(group),
      structured: ({ shown }) => ({
        log_group: group.name,
        start_time: formatTime(range.startEpochMs),
        end_time: formatTime(range.endEpochMs),
        fields: fields.slice(0, shown).map(toFieldOutput),
        example_queries: examples,
      }),
    };
  },
});

/** @throws AppError `invalid_input` */
function chooseCenter(time: string | undefined, nowEpochMs: number): number | undefined {
  if (time === undefined) return undefined;
  const epochMs = parseTime(time, nowEpochMs, 'time');
  if (epochMs >= 0 && epochMs <= nowEpochMs + HALF_WINDOW_MS) return epochMs;
  throw new AppError(
    'invalid_input',
    `time ${formatTime(epochMs)} lies ${epochMs < 0 ? 'before 1970' : 'in the future'} → pass a time at which the log group had events.`,
  );
}

function windowOf(centerEpochMs: number | undefined, nowEpochMs: number): TimeRange {
  return centerEpochMs === undefined
    ? { startEpochMs: nowEpochMs - RECENT_MS, endEpochMs: nowEpochMs }
    : { startEpochMs: centerEpochMs - HALF_WINDOW_MS, endEpochMs: centerEpochMs + HALF_WINDOW_MS };
}

function writeField({ name, percent }: LogGroupFieldShare): string {
  const written = writeFieldName(name) ?? `${name} (no query can name it)`;
  // The service gives whole numbers: a field that is listed is there.
  const share = percent < 1 ? '<1' : String(percent);
  return `${share.padStart(3)}% | ${clip(cleanLine(written), MAX_NAME_CHARS)}`;
}

function toFieldOutput({ name, percent }: LogGroupFieldShare) {
  const written = writeFieldName(name);
  return { name, percent, ...(written !== undefined && { query_name: written }) };
}

async function hintsFor(
  fields: readonly LogGroupFieldShare[],
  group: LogGroupAt,
  range: TimeRange,
  context: ToolContext,
): Promise<string[]> {
  if (fields.length === 0) {
    const newestEpochMs = await findNewestEvent(group, range.endEpochMs, context);
    return [
      newestEpochMs === undefined
        ? 'Pass a time at which it had events; search_log_events with a longer range finds one.'
        : `Its last event before was at ${formatTime(newestEpochMs)} (${formatAgo(newestEpochMs, context.nowEpochMs)}) → time=${formatTime(newestEpochMs)}.`,
    ];
  }
  const hasOwnFields = fields.some(({ name }) => !name.startsWith('@'));
  return [
    ...(hasOwnFields
      ? []
      : [
          'The events are no JSON, so their text is in @message: filter @message like /…/, and take parts out with parse.',
        ]),
    ...(fields.length >= MAX_DISCOVERED
      ? [`CloudWatch discovers at most ${MAX_DISCOVERED} fields of a JSON event; further ones are in @message.`]
      : []),
    'Other kinds of events may have other fields: pass a time, e.g. that of an error.',
  ];
}
