/** Times for an axis and for the moment under the cursor. Pure but for the time zone of the reader. */

export type ClockZone = 'utc' | 'local';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const YEAR_LIKE_MS = 300 * DAY_MS;
const MONTH_LIKE_MS = 28 * DAY_MS;

function createFormat(zone: ClockZone, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    ...parts,
    hourCycle: 'h23',
    ...(zone === 'utc' && { timeZone: 'UTC' }),
  });
}

/** `Sun 1 Mar 2026, 12:00:00 UTC`. */
export function formatMoment(epochMs: number, zone: ClockZone): string {
  const day = createFormat(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const time = createFormat(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return `${day.format(epochMs).replace(',', '')}, ${time.format(epochMs)} ${nameZone(zone, epochMs)}`;
}

/** `UTC`, or what the reader's own zone is called at that time. */
export function nameZone(zone: ClockZone, epochMs: number): string {
  if (zone === 'utc') return 'UTC';
  const parts = createFormat(zone, { timeZoneName: 'short' }).formatToParts(epochMs);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'local';
}

/** Labels of the time axis; the date stands below the first time of each day. */
export function formatTimeTicks(ticks: readonly number[], incrementMs: number, zone: ClockZone): string[] {
  if (incrementMs >= DAY_MS) return formatDays(ticks, incrementMs, zone);
  const time = createFormat(zone, {
    hour: '2-digit',
    minute: '2-digit',
    ...(incrementMs < MINUTE_MS && { second: '2-digit' }),
  });
  const day = createFormat(zone, { day: 'numeric', month: 'short' });
  let dayBefore = '';
  return ticks.map((epochMs) => {
    const itsDay = day.format(epochMs);
    const isNew = itsDay !== dayBefore;
    dayBefore = itsDay;
    return isNew ? `${time.format(epochMs)}\n${itsDay}` : time.format(epochMs);
  });
}

function formatDays(ticks: readonly number[], incrementMs: number, zone: ClockZone): string[] {
  if (incrementMs >= YEAR_LIKE_MS)
    return ticks.map((epochMs) => createFormat(zone, { year: 'numeric' }).format(epochMs));
  const small = createFormat(
    zone,
    incrementMs >= MONTH_LIKE_MS ? { month: 'short' } : { day: 'numeric', month: 'short' },
  );
  const year = createFormat(zone, { year: 'numeric' });
  let yearBefore = '';
  return ticks.map((epochMs) => {
    const itsYear = year.format(epochMs);
    const isNew = itsYear !== yearBefore;
    yearBefore = itsYear;
    return isNew ? `${small.format(epochMs)}\n${itsYear}` : small.format(epochMs);
  });
}
