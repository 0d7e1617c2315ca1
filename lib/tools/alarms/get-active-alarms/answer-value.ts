/** What an alarm is at now, in words and as structured output. */
import { z } from 'zod';
import { formatValue } from '../../../domain/alarms/alarm-watch.ts';
import { TENDENCIES, type ValueNow } from '../../../domain/alarms/value-now.ts';
import { cleanLine, clip, inlineName } from '../../../domain/text/clean-text.ts';
import { listSome } from '../../../domain/text/counts.ts';
import { formatTime } from '../../../domain/time.ts';
import type { ActiveAlarmRow } from './read-values.ts';

const MAX_LABEL_CHARS = 60;
const MAX_NAMED = 5;

export const valueNowOutput = z
  .object({
    value: z.number(),
    time: z.string(),
    threshold_factor: z.number().optional().describe('value / threshold'),
    is_breaching: z.boolean(),
    tendency: z.enum(TENDENCIES).optional(),
    series: z.string().optional().describe('the worst of several'),
  })
  .optional()
  .describe('newest final datapoint');

export function toValueNowOutput(now: ValueNow): z.input<typeof valueNowOutput> {
  return {
    value: now.value,
    time: formatTime(now.epochMs),
    threshold_factor: now.factor,
    is_breaching: now.isBreaching,
    tendency: now.tendency,
    series: now.label,
  };
}

/** E.g. `now: 5,120 at 2026-03-01T11:55:00Z, 1.7 × the threshold, rising: getting worse`; nothing where there is no value. */
export function describeValue({ now, unknown }: Pick<ActiveAlarmRow, 'now' | 'unknown'>): string[] {
  if (now === undefined) return unknown === undefined ? [] : [`now: not known, ${cleanLine(unknown)}`];
  const { label, seriesCount, open } = now;
  const which =
    label === undefined ? '' : `, the worst of ${seriesCount} series (${clip(cleanLine(label), MAX_LABEL_CHARS)})`;
  const more = open === undefined ? '' : `; ${formatValue(open.value)} so far since ${formatTime(open.epochMs)}`;
  const parts = [
    `${formatValue(now.value)} at ${formatTime(now.epochMs)}${which}`,
    describeDistance(now),
    describeCourse(now),
  ];
  return [`now: ${parts.filter((part) => part !== '').join(', ')}${more}`];
}

function describeDistance({ factor, isBreaching, band, threshold }: ValueNow): string {
  const edge =
    band === undefined
      ? `the threshold${factor === undefined ? ` of ${formatValue(threshold ?? 0)}` : ''}`
      : `the edge of the band (${formatValue(band.lower)} to ${formatValue(band.upper)})`;
  const times = factor === undefined ? '' : `${formatFactor(factor)} ${edge}`;
  if (isBreaching) return times === '' ? `beyond ${edge}` : times;
  return times === '' ? `no longer beyond ${edge}` : `${times}: no longer beyond it`;
}

function describeCourse({ tendency, isRising }: ValueNow): string {
  if (tendency === undefined) return '';
  if (tendency === 'steady') return 'steady';
  const course = isRising === undefined ? '' : `${isRising ? 'rising' : 'falling'}: `;
  return `${course}getting ${tendency}`;
}

function formatFactor(factor: number): string {
  return `${Number(factor.toPrecision(2)).toLocaleString('en-US', { maximumSignificantDigits: 2 })} ×`;
}

/** One line on all that fire: what gets worse first. */
export function describeTendencies(rows: readonly ActiveAlarmRow[]): string[] {
  const known = rows.filter(({ now }) => now !== undefined);
  const unknown = rows.filter((row) => row.unknown !== undefined).length;
  const breaching = known.filter(({ now }) => now?.isBreaching === true);
  const named = (list: readonly ActiveAlarmRow[]): string =>
    listSome(
      list.map(
        ({ alarm, now }) =>
          inlineName(alarm.name) + (now?.factor === undefined ? '' : ` (${formatFactor(now.factor)})`),
      ),
      MAX_NAMED,
    );
  const groups = [
    ['getting worse', breaching.filter(({ now }) => now?.tendency === 'worse')],
    ['getting better', breaching.filter(({ now }) => now?.tendency === 'better')],
    ['no longer beyond the threshold', known.filter(({ now }) => now?.isBreaching === false)],
  ] as const;
  const steady = breaching.filter(({ now }) => now?.tendency === 'steady').length;
  const parts = [
    ...groups.filter(([, list]) => list.length > 0).map(([title, list]) => `${title}: ${named(list)}`),
    ...(steady === 0 ? [] : [`steady: ${steady}`]),
    ...(unknown === 0 ? [] : [`value now not known: ${unknown}`]),
  ];
  return parts.length === 0 ? [] : [`${parts.join('; ').replace(/^./, (first) => first.toUpperCase())}.`];
}
