/** Expected value of something at a time. */
export type Level = (epochMs: number) => number;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTES_A_WEEK = 7 * 1440;

export function constant(value: number): Level {
  return () => value;
}

/** Multiplies levels pointwise. */
export function times(...levels: readonly Level[]): Level {
  return (epochMs) => {
    let product = 1;
    for (const level of levels) product *= level(epochMs);
    return product;
  };
}

export function plus(...levels: readonly Level[]): Level {
  return (epochMs) => {
    let sum = 0;
    for (const level of levels) sum += level(epochMs);
    return sum;
  };
}

/**
 * Season of a shop around 1: low at 04:00–08:00 UTC, high in the evening, more at the weekend.
 * `strength` 0 = flat, 1 = night traffic about a quarter of the evening's.
 */
export function shopSeason(strength = 1): Level {
  const season = seasons.get(strength) ?? createSeason(strength);
  seasons.set(strength, season);
  return season;
}

/** By strength, of which there are a handful. */
const seasons = new Map<number, Level>();

function createSeason(strength: number): Level {
  // It repeats every week, and whole minutes are what metrics are made of: worked out once each.
  const known = new Float64Array(MINUTES_A_WEEK).fill(Number.NaN);
  return (epochMs) => {
    const minute = epochMs / MINUTE_MS;
    if (!Number.isInteger(minute)) return seasonAt(epochMs, strength);
    const index = minute % MINUTES_A_WEEK;
    const value = known[index] ?? Number.NaN;
    if (!Number.isNaN(value)) return value;
    const worked = seasonAt(epochMs, strength);
    known[index] = worked;
    return worked;
  };
}

function seasonAt(epochMs: number, strength: number): number {
  const hour = (epochMs % DAY_MS) / HOUR_MS;
  const daily = 0.55 * Math.cos(((hour - 19) / 12) * Math.PI) + 0.12 * Math.cos(((hour - 12) / 6) * Math.PI);
  // 1 January 1970 was a Thursday: days 2 and 3 after it are the weekend.
  const day = Math.floor(epochMs / DAY_MS) % 7;
  const weekly = day === 2 || day === 3 ? 0.22 : day === 1 ? 0.08 : -0.06;
  return Math.max(0.05, 1 + strength * (daily + weekly));
}

/** A job that runs at the top of each hour for some minutes: 1 while it runs, 0 between. */
export function hourlyJob(minutes: number): Level {
  return (epochMs) => ((epochMs % HOUR_MS) / 60_000 < minutes ? 1 : 0);
}

/** Grows linearly from `start` at `fromEpochMs` by `perDay`. */
export function trend(start: number, perDay: number, fromEpochMs: number): Level {
  return (epochMs) => start + (perDay * (epochMs - fromEpochMs)) / DAY_MS;
}

/** Straight lines between points [epochMs, value] in ascending order; flat before the first and after the last. */
export function piecewise(points: readonly (readonly [number, number])[]): Level {
  return (epochMs) => {
    let before = points[0];
    for (const point of points) {
      if (point[0] > epochMs) return before === undefined ? point[1] : interpolate(before, point, epochMs);
      before = point;
    }
    return before?.[1] ?? 0;
  };
}

function interpolate(from: readonly [number, number], to: readonly [number, number], epochMs: number): number {
  if (from[0] >= to[0] || epochMs <= from[0]) return from[1];
  return from[1] + ((to[1] - from[1]) * (epochMs - from[0])) / (to[0] - from[0]);
}
