/** Points in time and ranges as people and models write them. Pure: the current time is an argument. */
import { AppError } from '../errors.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const MINUTE_SECONDS = 60;
export const HOUR_SECONDS = 60 * MINUTE_SECONDS;
export const DAY_SECONDS = 24 * HOUR_SECONDS;

const UNIT_MS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };
const UNIT_NAMES: Readonly<Record<string, string>> = {
  sec: 's',
  second: 's',
  min: 'm',
  minute: 'm',
  hr: 'h',
  hour: 'h',
  day: 'd',
  week: 'w',
};

const RELATIVE = /^(?:now(?:\(\))?\s*)?(?:([+-])\s*)?(\S.*)$/i;
const AGO = ' ago';
const DURATION_PART = /(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]+)\s*/giy;
const ISO_DURATION =
  /^P(?=[\dT])(?:(\d{1,6}(?:\.\d{1,6})?)W)?(?:(\d{1,6}(?:\.\d{1,6})?)D)?(?:T(?=\d)(?:(\d{1,6}(?:\.\d{1,6})?)H)?(?:(\d{1,6}(?:\.\d{1,6})?)M)?(?:(\d{1,9}(?:\.\d{1,6})?)S)?)?$/i;
/** Without a count only what is no part of the calendar: "last week" may be Monday to Sunday. */
const LAST = /^(?:the\s+)?(?:last|past|previous)\s+(\d.*|(?=second|minute|hour)[a-z]+)$/i;
const EPOCH = /^\d{9,13}(?:\.\d+)?$/;
/** Epoch numbers above this are milliseconds: as seconds it would be the year 5138. */
const MAX_EPOCH_SECONDS = 99_999_999_999;
const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?|\s+(?:UTC|GMT))?$/i;

const HOW =
  'use ISO 8601 (2026-03-01T12:00:00Z), epoch seconds or milliseconds, now, or relative such as -3h or now-1d';

/**
 * Reads a point in time: ISO 8601 with or without zone (none = UTC), epoch seconds or milliseconds, `now`,
 * relative (`-3h`, `now-1d`, `2h` = two hours ago, `3 days ago`, `last hour`, `P1D`), `today` and `yesterday` (the
 * beginning of the day in UTC).
 * @returns epoch milliseconds
 * @throws AppError `invalid_input` that names the parameter
 */
export function parseTime(text: string, nowEpochMs: number, parameter = 'time'): number {
  const trimmed = text.trim();
  const zoned = trimmed.replace(/^(\d{4})\/(\d{2})\/(\d{2})(?!\d)/, '$1-$2-$3');
  const word = withoutZone(trimmed);
  if (/^now(\(\))?$/i.test(word)) return nowEpochMs;
  const result = parseDay(word, nowEpochMs) ?? parseEpoch(word) ?? parseRelative(word, nowEpochMs) ?? parseIso(zoned);
  if (result !== undefined) return result;
  throw new AppError('invalid_input', `${parameter} ${JSON.stringify(trimmed.slice(0, 40))} is not a time → ${HOW}.`);
}

/** The end of a range: of a day that is named its end, and never a stretch of time, which has two ends. */
function parseEnd(text: string, nowEpochMs: number, parameter: string): number {
  const day = parseDay(withoutZone(text.trim()), nowEpochMs);
  if (day !== undefined) return Math.min(day + DAY_MS, nowEpochMs);
  if (!LAST.test(text.trim())) return parseTime(text, nowEpochMs, parameter);
  throw new AppError(
    'invalid_input',
    `${parameter} ${JSON.stringify(text.trim().slice(0, 40))} is a stretch of time, not an end → pass it as the start, and now here.`,
  );
}

/** The beginning of today or yesterday, in UTC. */
function parseDay(text: string, nowEpochMs: number): number | undefined {
  const word = text.toLowerCase();
  if (word !== 'today' && word !== 'yesterday') return undefined;
  const today = Math.floor(nowEpochMs / DAY_MS) * DAY_MS;
  return word === 'today' ? today : today - DAY_MS;
}

/**
 * A length of time: `5m`, `1h30m`, `90 seconds`, `PT5M`. Months and years have no fixed length and are not taken.
 * @returns milliseconds; undefined for text of another kind
 */
export function parseDuration(text: string): number | undefined {
  const iso = ISO_DURATION.exec(text.trim());
  if (iso !== null) {
    const parts = [7 * DAY_MS, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS];
    return Math.round(parts.reduce((sum, partMs, index) => sum + partMs * Number(iso[index + 1] ?? 0), 0));
  }
  const trimmed = text.trim();
  let sumMs = 0;
  let readChars = 0;
  for (const [part, amount = '', unitText = ''] of trimmed.matchAll(DURATION_PART)) {
    const name = unitText.toLowerCase();
    const unitMs = UNIT_MS[name] ?? UNIT_MS[UNIT_NAMES[name.replace(/s$/, '')] ?? ''];
    if (unitMs === undefined) return undefined;
    sumMs += Number(amount) * unitMs;
    readChars += part.length;
  }
  return readChars > 0 && readChars === trimmed.length ? Math.round(sumMs) : undefined;
}

function parseEpoch(text: string): number | undefined {
  if (!EPOCH.test(text)) return undefined;
  const value = Number(text);
  return Math.round(value > MAX_EPOCH_SECONDS ? value : value * SECOND_MS);
}

function withoutZone(text: string): string {
  return text.replace(/\s(?:UTC|GMT)$/i, '').trimEnd();
}

function parseRelative(text: string, nowEpochMs: number): number | undefined {
  const last = LAST.exec(text)?.[1];
  const isAgo = /\sago$/i.test(last ?? text);
  const match = RELATIVE.exec(isAgo ? (last ?? text).slice(0, -AGO.length).trimEnd() : (last ?? text));
  if (match === null) return undefined;
  const [, sign, amount = ''] = match;
  const isOne = last !== undefined || isAgo;
  const offsetMs = parseDuration(isOne ? amount.replace(/^(?:an?\s+)?(?=[a-z])/i, '1 ') : amount);
  if (offsetMs === undefined) return undefined;
  return sign === '+' ? nowEpochMs + offsetMs : nowEpochMs - offsetMs;
}

function parseIso(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, date = '', minutes = '00:00', seconds = ':00', zone = 'Z'] = match;
  const offset = zone
    .toUpperCase()
    .replace(/^(UTC|GMT)$/, 'Z')
    .replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const epochMs = Date.parse(`${date}T${minutes}${seconds.slice(0, 7)}${offset}`);
  // Date.parse rolls 2026-02-30 over to March; a date that does not exist is refused instead.
  const isRealDay = formatTime(Date.parse(`${date}T00:00:00Z`)).startsWith(date);
  return isRealDay && !Number.isNaN(epochMs) ? epochMs : undefined;
}

export interface TimeRange {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

/** A clock that runs ahead of ours by less than this is not "in the future". */
const FUTURE_TOLERANCE_MS = 5 * MINUTE_MS;

/**
 * Reads start and end.
 * @param names of the two parameters, for the error text
 * @throws AppError `invalid_input` when one is not a time, start is not before end, or start lies in the future
 */
export function resolveRange(
  start: string,
  end: string,
  nowEpochMs: number,
  names: { readonly start: string; readonly end: string } = { start: 'start_time', end: 'end_time' },
): TimeRange {
  const startEpochMs = parseTime(start, nowEpochMs, names.start);
  const endEpochMs = Math.min(parseEnd(end, nowEpochMs, names.end), nowEpochMs + FUTURE_TOLERANCE_MS);
  if (startEpochMs > nowEpochMs) {
    throw new AppError(
      'invalid_input',
      `${names.start} ${formatTime(startEpochMs)} lies in the future; it is ${formatTime(nowEpochMs)} now → choose an earlier ${names.start}.`,
    );
  }
  if (startEpochMs >= endEpochMs) {
    throw new AppError(
      'invalid_input',
      `${names.start} ${formatTime(startEpochMs)} is not before ${names.end} ${formatTime(endEpochMs)} → swap them or widen the range.`,
    );
  }
  return { startEpochMs, endEpochMs };
}

/** `2026-03-01T12:00:00Z`; with milliseconds only where there are any. */
export function formatTime(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString().replace('.000Z', 'Z');
}

/** A duration in at most two units: `45s`, `34m`, `2h 5m`, `3d 4h`. Negative ones are taken as positive. */
export function formatDuration(durationMs: number): string {
  let rest = Math.round(Math.abs(durationMs) / SECOND_MS) * SECOND_MS;
  const parts: string[] = [];
  for (const [unit, unitMs] of [
    ['d', DAY_MS],
    ['h', HOUR_MS],
    ['m', MINUTE_MS],
    ['s', SECOND_MS],
  ] as const) {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0) parts.push(`${count}${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? '0s' : parts.join(' ');
}

/** `34m ago`, or `in 5m` for a time to come. */
export function formatAgo(epochMs: number, nowEpochMs: number): string {
  const durationMs = nowEpochMs - epochMs;
  return durationMs >= 0 ? `${formatDuration(durationMs)} ago` : `in ${formatDuration(durationMs)}`;
}
