/** Periods that clocks and people make. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const NATURAL_SECONDS: readonly number[] = [
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  4 * HOUR,
  6 * HOUR,
  8 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
];

const MS_PER_SECOND = 1_000;

/** In samples, shortest first. */
export function naturalPeriods(stepMs: number): readonly number[] {
  return NATURAL_SECONDS.map((seconds) => (seconds * MS_PER_SECOND) / stepMs);
}
