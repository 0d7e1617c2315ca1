/** Weekends in series too short for a weekly season: one number, told by the jumps at their beginnings and ends. Pure. */
import type { Grid, Samples } from './grid.ts';
import { medianOf, robustSigma } from './robust.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-03 was a Saturday. */
const SATURDAY_MS = 2 * DAY_MS;
/** Weekends of other time zones begin earlier or later than those of UTC. */
const OFFSETS_MS = [-12, -9, -6, -3, 0, 3, 6, 9, 12].map((hours) => hours * HOUR_MS);
/** On each side of a jump. */
const WINDOW_MS = 12 * HOUR_MS;
const MIN_JUMPS = 2;
const MIN_SIGMAS = 5;
/** So many of the jumps are nearly alike; the others may be hidden by changes of another kind, such as a week of holidays. */
const MIN_ALIKE_SHARE = 0.7;
const MAX_DEVIATION = 0.4;

/**
 * What a weekend adds at each sample; undefined where weekends do not differ.
 * @param samples without season and spikes
 */
export function findWeekend(grid: Grid, samples: Samples): Float64Array | undefined {
  if (grid.length * grid.stepMs < WEEK_MS || grid.stepMs > WINDOW_MS / 2) return undefined;
  const noise = robustSigma(differencesOf(samples.values)) / Math.SQRT2;
  const found = OFFSETS_MS.flatMap((offsetMs) => {
    const jumps = listJumps(grid, samples, offsetMs);
    const step = medianOf(Float64Array.from(jumps));
    const alike = jumps.filter((jump) => Math.abs(jump - step) <= MAX_DEVIATION * Math.abs(step)).length;
    const isSure =
      jumps.length >= MIN_JUMPS && alike >= Math.max(MIN_JUMPS, Math.round(MIN_ALIKE_SHARE * jumps.length));
    return isSure ? [{ offsetMs, step }] : [];
  });
  const best = found.toSorted((a, b) => Math.abs(b.step) - Math.abs(a.step))[0];
  const perWindow = WINDOW_MS / grid.stepMs;
  if (best === undefined || Math.abs(best.step) < MIN_SIGMAS * noise * Math.sqrt(2 / perWindow)) return undefined;
  return Float64Array.from(grid.indices, (index) =>
    isWeekend(grid.startEpochMs + index * grid.stepMs - best.offsetMs) ? best.step : 0,
  );
}

function isWeekend(epochMs: number): boolean {
  return (((epochMs - SATURDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS < 2 * DAY_MS;
}

/** At each beginning upwards, at each end the other way round. */
function listJumps(grid: Grid, { indices, values }: Samples, offsetMs: number): number[] {
  const endEpochMs = grid.startEpochMs + grid.length * grid.stepMs;
  const meanOf = (fromMs: number, toMs: number): number | undefined => {
    const [low, high] = [fromMs, toMs].map((ms) => (ms - grid.startEpochMs) / grid.stepMs);
    const part = values.subarray(placeOf(indices, low ?? 0), placeOf(indices, high ?? 0));
    return part.length === 0 ? undefined : medianOf(part.slice());
  };
  const jumps: number[] = [];
  const first = Math.floor((grid.startEpochMs - SATURDAY_MS) / WEEK_MS) * WEEK_MS + SATURDAY_MS + offsetMs;
  for (let saturday = first; saturday < endEpochMs; saturday += WEEK_MS) {
    for (const [at, sign] of [
      [saturday, 1],
      [saturday + 2 * DAY_MS, -1],
    ] as const) {
      if (at - WINDOW_MS < grid.startEpochMs || at + WINDOW_MS > endEpochMs) continue;
      const before = meanOf(at - WINDOW_MS, at);
      const after = meanOf(at, at + WINDOW_MS);
      if (before !== undefined && after !== undefined) jumps.push(sign * (after - before));
    }
  }
  return jumps;
}

/** The first position whose grid index is not below. */
function placeOf(indices: Int32Array, index: number): number {
  let low = 0;
  let high = indices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((indices[middle] ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

function differencesOf(values: Float64Array): Float64Array {
  return values.slice(1).map((value, at) => value - (values[at] ?? 0));
}
