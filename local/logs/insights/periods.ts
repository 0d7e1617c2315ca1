import type { PeriodUnit } from './ast.ts';

const NAMES: Readonly<Record<PeriodUnit, readonly string[]>> = {
  ms: ['ms', 'msec', 'msecs', 'millisecond', 'milliseconds'],
  s: ['s', 'sec', 'secs', 'second', 'seconds'],
  m: ['m', 'min', 'mins', 'minute', 'minutes'],
  h: ['h', 'hr', 'hrs', 'hour', 'hours'],
  d: ['d', 'day', 'days'],
  w: ['w', 'week', 'weeks'],
  mo: ['mo', 'mos', 'mon', 'mons', 'month', 'months'],
  q: ['q', 'qtr', 'qtrs', 'quarter', 'quarters'],
  y: ['y', 'yr', 'yrs', 'year', 'years'],
};

const UNIT_BY_NAME = new Map(
  (Object.keys(NAMES) as PeriodUnit[]).flatMap((unit) => NAMES[unit].map((name) => [name, unit] as const)),
);

const FIXED_MS: Partial<Readonly<Record<PeriodUnit, number>>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const MONTHS: Partial<Readonly<Record<PeriodUnit, number>>> = { mo: 1, q: 3, y: 12 };
const MONDAY_OFFSET_MS = 4 * 86_400_000;

/** The unit that a word such as `m`, `hrs` or `quarter` means (Logs Insights "stats": units of `bin`). */
export function toPeriodUnit(word: string): PeriodUnit | undefined {
  return UNIT_BY_NAME.get(word.toLowerCase());
}

/** Start of the period that holds the instant, in UTC; weeks begin on Monday. */
export function floorToPeriod(epochMs: number, count: number, unit: PeriodUnit): number {
  const lengthMs = FIXED_MS[unit];
  if (lengthMs !== undefined) {
    const offsetMs = unit === 'w' ? MONDAY_OFFSET_MS : 0;
    return Math.floor((epochMs - offsetMs) / (lengthMs * count)) * lengthMs * count + offsetMs;
  }
  const span = (MONTHS[unit] ?? 1) * count;
  const date = new Date(epochMs);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return monthStart(Math.floor(months / span) * span);
}

/** End of the period that holds the instant; an instant on a boundary stays where it is. */
export function ceilToPeriod(epochMs: number, count: number, unit: PeriodUnit): number {
  const floor = floorToPeriod(epochMs, count, unit);
  if (floor === epochMs) {
    return floor;
  }
  const lengthMs = FIXED_MS[unit];
  if (lengthMs !== undefined) {
    return floor + lengthMs * count;
  }
  const date = new Date(floor);
  return monthStart(date.getUTCFullYear() * 12 + date.getUTCMonth() + (MONTHS[unit] ?? 1) * count);
}

function monthStart(monthsSinceYearZero: number): number {
  const start = new Date(0);
  start.setUTCFullYear(Math.floor(monthsSinceYearZero / 12), monthsSinceYearZero % 12, 1);
  return start.getTime();
}
