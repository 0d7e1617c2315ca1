/** Values of fields that came, went or took another share, in words and as structured items. Pure. */
import { z } from 'zod';
import type { FieldChange, ValueChange } from '../../../domain/logs/fields/field-changes.ts';
import { cleanLine } from '../../../domain/text/clean-text.ts';
import { formatTime, SECOND_MS } from '../../../domain/time.ts';

const MAX_FIELDS = 8;
const PERCENT = 100;
const NONE = '-';

export const FIELDS_TITLE = 'Field values that came, went or grew (share of the events with the field):';
export const FIELDS_HEAD = 'field | value | change | share | before | since';

export const fieldOutput = z.object({
  log_group: z.string().optional(),
  field: z.string(),
  value: z.string(),
  change: z.enum(['new', 'gone', 'grown']),
  share: z.number(),
  share_before: z.number(),
  since: z.string().optional(),
});

interface Told {
  readonly name: string;
  readonly value: ValueChange;
}

/** The most telling ones. */
export function listValues(fields: readonly FieldChange[]): readonly Told[] {
  return fields.slice(0, MAX_FIELDS).flatMap(({ name, values }) => values.map((value) => ({ name, value })));
}

export function writeValue({ name, value }: Told): string {
  const since = value.firstEpochMs === undefined ? NONE : formatSince(value.firstEpochMs);
  const cells = [value.change, percent(value.shareNow), percent(value.shareBefore), since];
  return [cleanLine(name), cleanLine(value.value), ...cells].join(' | ');
}

export function toFieldOutput({ name, value }: Told): z.input<typeof fieldOutput> {
  return {
    field: name,
    value: value.value,
    change: value.change,
    share: round(value.shareNow),
    share_before: round(value.shareBefore),
    ...(value.firstEpochMs !== undefined && { since: formatSince(value.firstEpochMs) }),
  };
}

function formatSince(epochMs: number): string {
  return formatTime(Math.floor(epochMs / SECOND_MS) * SECOND_MS);
}

function round(share: number): number {
  return Number(share.toPrecision(3));
}

function percent(share: number): string {
  const value = share * PERCENT;
  return share > 0 && value < 1 ? '<1 %' : `${Math.round(value)} %`;
}
