import { z } from 'zod';
import type { LogField } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { formatCount } from '../../../domain/text/counts.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { where } from '../../../tool/params.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { noteArriving } from '../shared/answer-arriving.ts';
import { CONTEXT_SHARE, type ContextText, contextOutput, writeContext } from '../shared/answer-context.ts';
import { contextParam } from '../shared/arguments-context.ts';
import { readContext } from '../shared/read-context.ts';
import { arrange, cutToFit, describeCut, describeRecord, linkTo, pickField, writeField } from './answer.ts';
import { findHit } from './find-hit.ts';

const NAME = 'get_log_record';
/** What values may take of an answer; the rest is for what stands around them. */
const VALUES_SHARE = 0.75;
/** A log event has at most 1 MB (CloudWatch Logs quotas). */
const MAX_OFFSET = 2_000_000;

const inputSchema = z.object({
  pointer: z.string().min(1).max(4_000).describe('An @ptr, unchanged'),
  field: z.string().min(1).max(1_000).optional().describe('Only this field, e.g. @message'),
  offset: z.int().min(0).max(MAX_OFFSET).default(0).describe('Characters of field to skip; default 0'),
  context: contextParam('the event'),
  ...where,
});

const outputSchema = z.object({
  fields: z.array(z.object({ name: z.string(), value: z.string(), chars: z.int().describe('of the whole value') })),
  next_offset: z.int().optional().describe('where the value of field goes on'),
  context: contextOutput,
});

export const getLogRecord = defineTool({
  name: NAME,
  title: 'One log event in full',
  description:
    'One log event with all its fields, and on request the lines around it, by the @ptr of a row of execute_log_insights_query (run it with include_ptr=true): for rows that were cut, or to see fields that the query did not ask for. A very long value is cut; field and offset read on.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const target = context.targets.one(input);

    const raw = await context.aws(target).logs.getRecord(input.pointer.trim(), context.signal);

    const around = await lookAround(raw, input.context, target, context);
    const record = arrange(raw);
    const chosen = input.field === undefined ? record : [pickField(record, input.field)];
    const offset = input.field === undefined ? 0 : input.offset;
    const share = VALUES_SHARE - (around.sections.length > 0 ? CONTEXT_SHARE : 0);
    const shownFields = cutToFit(chosen, offset, context.config.maxResultChars * share);
    const [only] = shownFields;
    return {
      headline: describeRecord(record, input.field, offset),
      targets: [target],
      facts: [...describeCut(shownFields, input.field), ...around.facts],
      list: {
        noun: 'field',
        items: shownFields.map(writeField),
        total: chosen.length,
        isUntrusted: true,
      },
      sections: around.sections,
      hints:
        input.field === undefined && input.offset > 0
          ? ['offset belongs to field: name the field that you want to read on.']
          : offset > 0 && only?.part.raw === ''
            ? [`The value has ${formatCount(only.value.length)} characters: offset=${offset} lies behind its end.`]
            : [],
      warnings: around.warnings,
      link: linkTo(record, target.region),
      structured: ({ shown }) => ({
        fields: shownFields
          .slice(0, shown)
          .map(({ name, value, part }) => ({ name, value: part.raw, chars: value.length })),
        ...(input.field !== undefined && only?.part.nextOffset !== undefined && { next_offset: only.part.nextOffset }),
        context: around.output,
      }),
    };
  },
});

const NO_LINES: ContextText & { readonly facts: readonly string[] } = {
  sections: [],
  warnings: [],
  facts: [],
  output: undefined,
};

async function lookAround(record: readonly LogField[], lines: number, target: Target, context: ToolContext) {
  if (lines === 0) return NO_LINES;
  const hit = findHit(record, target.region);
  if (hit === undefined)
    return {
      ...NO_LINES,
      warnings: [
        'Lines around the event could not be asked for: the event lacks @log, @logStream, @timestamp or @message.',
      ],
    };
  const around = await readContext([hit], lines, target, context);
  const range = { startEpochMs: hit.epochMs, endEpochMs: hit.epochMs };
  return {
    ...writeContext(around, context.config.maxResultChars * CONTEXT_SHARE),
    // What follows an event of now has not come yet.
    facts: noteArriving(range, context.nowEpochMs),
  };
}
