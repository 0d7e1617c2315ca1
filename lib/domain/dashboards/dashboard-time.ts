/** Times of a dashboard body → times as our tools take them. Pure. */
import { DAY_MS, formatTime, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts';

/** Relative times are ISO 8601 durations, e.g. `-PT3H`, `-P7D` (User Guide, "Dashboard body structure and syntax"). */
const DURATION =
  /^-P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/i;
/** Years and months have no fixed length: the usual one is meant. */
const UNITS_MS = [365 * DAY_MS, 30 * DAY_MS, 7 * DAY_MS, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS];
/** A hundred years: all that is kept, and a number that every time takes. */
const MAX_BACK_MS = 36_500 * DAY_MS;
const DATE = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,15}(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** `-PT3H` → `-3h`, `2026-03-01T12:00:00.000Z` → `2026-03-01T12:00:00Z`; undefined for anything else. */
export function readDashboardTime(text: string): string | undefined {
  const parts = DURATION.exec(text.trim());
  if (parts !== null) {
    const ms = UNITS_MS.reduce((sum, unitMs, index) => sum + Number(parts[index + 1] ?? 0) * unitMs, 0);
    return ms === 0 ? undefined : formatBack(Math.min(ms, MAX_BACK_MS));
  }
  if (!DATE.test(text.trim())) return undefined;
  // Without a zone a time is UTC, which Date.parse takes for dates only.
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text.trim());
  const epochMs = Date.parse(/t/i.test(text) && !hasZone ? `${text.trim()}Z` : text.trim());
  return Number.isNaN(epochMs) ? undefined : formatTime(epochMs);
}

function formatBack(ms: number): string {
  const units = [
    ['d', DAY_MS],
    ['h', HOUR_MS],
    ['m', MINUTE_MS],
  ] as const;
  const unit = units.find(([, unitMs]) => ms % unitMs === 0);
  return unit === undefined ? `-${ms / SECOND_MS}s` : `-${ms / unit[1]}${unit[0]}`;
}
