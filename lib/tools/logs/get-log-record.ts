import { z } from 'zod';
import type { LogField } from '../../aws/ports/logs.ts';
import { type ConsoleLink, insightsHomeLink, logGroupLink } from '../../domain/console-links.ts';
import { cleanLine, clip, inlineName } from '../../domain/text/clean-text.ts';
import { countOf, formatCount } from '../../domain/text/counts.ts';
import { shareChars } from '../../domain/text/share-chars.ts';
import { type TextPart, takePart } from '../../domain/text/text-part.ts';
import { formatTime } from '../../domain/time.ts';
import { AppError } from '../../errors.ts';
import { defineTool, READ_ONLY } from '../../tool/define-tool.ts';
import { where } from '../../tool/params.ts';

const NAME = 'get_log_record';
/** What values may take of an answer; the rest is for what stands around them. */
const VALUES_SHARE = 0.75;
const MAX_NAME_CHARS = 200;
/** A log event has at most 1 MB (CloudWatch Logs quotas). */
const MAX_OFFSET = 2_000_000;
/** Characters of the note behind a value that was cut. */
const NOTE_CHARS = 45;
/** Shown before all other fields. */
const FIRST = ['@timestamp', '@ingestionTime', '@log', '@logStream', '@message'];
const ISO_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const TIMES: ReadonlySet<string> = new Set(['@timestamp', '@ingestionTime']);

const inputSchema = z.object({
  pointer: z.string().min(1).max(4_000).describe('An @ptr, unchanged'),
  field: z.string().min(1).max(1_000).optional().describe('Only this field, e.g. @message'),
  offset: z.int().min(0).max(MAX_OFFSET).default(0).describe('Characters of field to skip; default 0'),
  ...where,
});

const outputSchema = z.object({
  fields: z.array(z.object({ name: z.string(), value: z.string(), chars: z.int().describe('of the whole value') })),
  next_offset: z.int().optional().describe('where the value of field goes on'),
});

interface Shown extends LogField {
  readonly part: TextPart;
}

export const getLogRecord = defineTool({
  name: NAME,
  title: 'One log event in full',
  description:
    'One log event with all its fields, by the @ptr of a row of execute_log_insights_query (run it with include_ptr=true): for rows that were cut, or to see fields that the query did not ask for. A very long value is cut; field and offset read on.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const target = context.targets.one(input);

    const record = arrange(await context.aws(target).logs.getRecord(input.pointer.trim(), context.signal));

    const chosen = input.field === undefined ? record : [pickField(record, input.field)];
    const offset = input.field === undefined ? 0 : input.offset;
    const shownFields = cutToFit(chosen, offset, context.config.maxResultChars * VALUES_SHARE);
    const [only] = shownFields;
    return {
      headline: describeRecord(record, input.field, offset),
      targets: [target],
      facts: describeCut(shownFields, input.field),
      list: {
        noun: 'field',
        items: shownFields.map(writeField),
        total: chosen.length,
        isUntrusted: true,
      },
      hints:
        input.field === undefined && input.offset > 0
          ? ['offset belongs to field: name the field that you want to read on.']
          : offset > 0 && only?.part.raw === ''
            ? [`The value has ${formatCount(only.value.length)} characters: offset=${offset} lies behind its end.`]
            : [],
      links: [linkTo(record, target.region)],
      structured: ({ shown }) => ({
        fields: shownFields
          .slice(0, shown)
          .map(({ name, value, part }) => ({ name, value: part.raw, chars: value.length })),
        ...(input.field !== undefined && only?.part.nextOffset !== undefined && { next_offset: only.part.nextOffset }),
      }),
    };
  },
});

/** The pointer itself tells nothing new; times become readable; what says where and when comes first. */
function arrange(record: readonly LogField[]): readonly LogField[] {
  const rank = ({ name }: LogField): number => {
    const index = FIRST.indexOf(name);
    return index < 0 ? FIRST.length : index;
  };
  return record
    .filter(({ name }) => name !== '@ptr')
    .map(({ name, value }) => ({
      name,
      value: TIMES.has(name) && /^\d{12,14}$/.test(value) ? formatTime(Number(value)) : value,
    }))
    .sort((a, b) => rank(a) - rank(b));
}

/** @throws AppError `invalid_input` for a field that the event does not have */
function pickField(record: readonly LogField[], name: string): LogField {
  const field = record.find((candidate) => candidate.name === name);
  if (field !== undefined) return field;
  throw new AppError(
    'invalid_input',
    `The event has no field ${inlineName(name)} → leave field out to see all ${record.length} of them; upper and lower case count.`,
  );
}

function cutToFit(fields: readonly LogField[], offset: number, maxChars: number): readonly Shown[] {
  const namesChars = fields.reduce((sum, { name }) => sum + Math.min(name.length, MAX_NAME_CHARS) + 4, 0);
  // Line feeds are written with an indent.
  const lengths = fields.map(({ value }) => Math.max(0, value.length - offset) + 2 * (value.split('\n').length - 1));
  const leftChars = maxChars - namesChars;
  const cutCount = lengths.filter((length) => length > shareChars(lengths, leftChars)).length;
  const share = shareChars(lengths, leftChars - cutCount * NOTE_CHARS);
  return fields.map((field) => ({ ...field, part: takePart(field.value, offset, Math.min(share, maxChars)) }));
}

function describeRecord(record: readonly LogField[], field: string | undefined, offset: number): string {
  const at = record.find(({ name, value }) => name === '@timestamp' && ISO_TIME.test(value))?.value;
  const group = nameOfGroup(record);
  const what = `The log event${at === undefined ? '' : ` of ${at}`}${group === undefined ? '' : ` in ${inlineName(group)}`}`;
  if (field === undefined) return `${what}: ${countOf(record.length, 'field')}.`;
  return `${what}: its field ${inlineName(field)}${offset === 0 ? '' : ` from character ${formatCount(offset)} on`}.`;
}

function describeCut(shown: readonly Shown[], field: string | undefined): string[] {
  const count = shown.filter(({ part }) => part.nextOffset !== undefined).length;
  if (count === 0) return [];
  return [
    field === undefined
      ? `${countOf(count, 'value')} cut (…): ${NAME} with the same pointer, field=<name> and offset=<the one behind the value> reads on.`
      : 'The value is cut (…): the same call with the offset that stands behind it reads on.',
  ];
}

/** Inside the fence, since whoever logs chooses the names of fields. */
function writeField({ name, value, part }: Shown): string {
  const rest = part.nextOffset === undefined ? '' : ` (offset ${part.nextOffset} of ${value.length} characters)`;
  return `${clip(cleanLine(name), MAX_NAME_CHARS)}: ${part.text}${rest}`;
}

/** `@log` is `<account id>:<log group>`. */
function nameOfGroup(record: readonly LogField[]): string | undefined {
  const log = record.find(({ name }) => name === '@log')?.value;
  return log?.replace(/^\d+:/, '');
}

function linkTo(record: readonly LogField[], region: string): ConsoleLink {
  const group = nameOfGroup(record);
  return group === undefined ? insightsHomeLink(region) : logGroupLink(region, group);
}
