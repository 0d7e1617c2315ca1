/** A record in words: its fields, arranged and cut. Pure. */
import type { LogField } from '../../../aws/ports/logs.ts';
import { type ConsoleLink, logGroupLink } from '../../../domain/console-links.ts';
import { cleanLine, clip, inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { shareChars } from '../../../domain/text/share-chars.ts';
import { type TextPart, takePart } from '../../../domain/text/text-part.ts';
import { formatTime } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';

const MAX_NAME_CHARS = 200;
/** Characters of the note behind a value that was cut. */
const NOTE_CHARS = 45;
/** Shown before all other fields. */
const FIRST = ['@timestamp', '@ingestionTime', '@log', '@logStream', '@message'];
const ISO_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const TIMES: ReadonlySet<string> = new Set(['@timestamp', '@ingestionTime']);

export interface Shown extends LogField {
  readonly part: TextPart;
}

/** The pointer itself tells nothing new; times become readable; what says where and when comes first. */
export function arrange(record: readonly LogField[]): readonly LogField[] {
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
export function pickField(record: readonly LogField[], name: string): LogField {
  const field = record.find((candidate) => candidate.name === name);
  if (field !== undefined) return field;
  throw new AppError(
    'invalid_input',
    `The event has no field ${inlineName(name)} → leave field out to see all ${record.length} of them; upper and lower case count.`,
  );
}

export function cutToFit(fields: readonly LogField[], offset: number, maxChars: number): readonly Shown[] {
  const namesChars = fields.reduce((sum, { name }) => sum + Math.min(name.length, MAX_NAME_CHARS) + 4, 0);
  // Line feeds are written with an indent.
  const lengths = fields.map(({ value }) => Math.max(0, value.length - offset) + 2 * (value.split('\n').length - 1));
  const leftChars = maxChars - namesChars;
  const cutCount = lengths.filter((length) => length > shareChars(lengths, leftChars)).length;
  const share = shareChars(lengths, leftChars - cutCount * NOTE_CHARS);
  return fields.map((field) => ({ ...field, part: takePart(field.value, offset, Math.min(share, maxChars)) }));
}

export function describeRecord(record: readonly LogField[], field: string | undefined, offset: number): string {
  const at = record.find(({ name, value }) => name === '@timestamp' && ISO_TIME.test(value))?.value;
  const group = nameOfGroup(record);
  const what = `The log event${at === undefined ? '' : ` of ${at}`}${group === undefined ? '' : ` in ${inlineName(group)}`}`;
  if (field === undefined) return `${what}: ${countOf(record.length, 'field')}.`;
  return `${what}: its field ${inlineName(field)}${offset === 0 ? '' : ` from character ${formatCount(offset)} on`}.`;
}

export function describeCut(shown: readonly Shown[], field: string | undefined): string[] {
  const count = shown.filter(({ part }) => part.nextOffset !== undefined).length;
  if (count === 0) return [];
  return [
    field === undefined
      ? `${countOf(count, 'value')} cut (…): get_log_record with the same pointer, field=<name> and offset=<the one behind the value> reads on.`
      : 'The value is cut (…): the same call with the offset that stands behind it reads on.',
  ];
}

/** Inside the fence, since whoever logs chooses the names of fields. */
export function writeField({ name, value, part }: Shown): string {
  const rest = part.nextOffset === undefined ? '' : ` (offset ${part.nextOffset} of ${value.length} characters)`;
  return `${clip(cleanLine(name), MAX_NAME_CHARS)}: ${part.text}${rest}`;
}

/** `@log` is `<account id>:<log group>`. */
function nameOfGroup(record: readonly LogField[]): string | undefined {
  const log = record.find(({ name }) => name === '@log')?.value;
  return log?.replace(/^\d+:/, '');
}

export function linkTo(record: readonly LogField[], region: string): ConsoleLink | undefined {
  const group = nameOfGroup(record);
  return group === undefined ? undefined : logGroupLink(region, group);
}
