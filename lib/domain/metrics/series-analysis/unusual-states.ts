/** What is to be expected of a series that has just changed: the level before, or one of two states. Pure. */
import type { Grid } from './grid.ts';
import { findOutliers } from './outliers.ts';
import { robustSigma } from './robust.ts';
import type { Switching } from './switching.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hours to compare with are of the season of which there are at least so many cycles. */
const MIN_PHASE_CYCLES = 5;
/** A level with fewer hours of the same phase behind it is not yet the one to expect. */
const MIN_HOURS = 4;

/**
 * What the newest shifts added, at each sample after them, where they are too fresh to be expected; and the distance of
 * hours of the same phase.
 */
export function undoFresh(
  grid: Grid,
  shifts: readonly { readonly at: number; readonly before: number; readonly after: number }[],
  periods: readonly number[],
): { undone: Float64Array; period: number | undefined } {
  const known = periods.filter((period) => grid.length / period >= MIN_PHASE_CYCLES);
  const period = known.length === 0 ? undefined : Math.max(...known);
  const freshSamples = MIN_HOURS * Math.max(HOUR_MS / grid.stepMs, period ?? 1);
  const undone = new Float64Array(grid.values.length);
  for (const { at, before, after } of shifts) {
    if (grid.length - (grid.indices[at] ?? 0) >= freshSamples) continue;
    for (let index = at; index < undone.length; index += 1) undone[index] = (undone[index] ?? 0) + after - before;
  }
  return { undone, period };
}

/** Each sample is expected in its state; no shift, no trend: bursts are none. */
export function describeSwitching(grid: Grid, switching: Switching, up: (value: number) => number) {
  const { isOn, low, high, change } = switching;
  const expected = Float64Array.from(isOn, (on) => (on === 1 ? high : low));
  const sigmaOf = (on: number): number => robustSigma(grid.values.filter((_, at) => isOn[at] === on)) || 1;
  const sigmas = [sigmaOf(0), sigmaOf(1)];
  const rest = grid.values.map((value, at) => (value - (expected[at] ?? 0)) / (sigmas[isOn[at] ?? 0] ?? 1));
  const isFresh =
    change !== undefined &&
    grid.length - (grid.indices[change.at] ?? 0) <= (2 * DAY_MS) / grid.stepMs + grid.length / 8;
  const isUp = change?.kind === 'stuck' || (change?.kind === 'bursts' && change.after > change.before);
  const verdict = isFresh ? (isUp ? ('high' as const) : ('low' as const)) : ('usual' as const);
  return {
    model: 'additive' as const,
    seasons: [],
    shifts: [],
    switching: {
      ...switching,
      low: up(low),
      high: up(high),
      ...(change !== undefined && {
        change: change.kind === 'bursts' ? { ...change, before: up(change.before), after: up(change.after) } : change,
      }),
    },
    outliers: findOutliers(rest),
    expected: expected.map(up),
    usual: expected.map(up),
    hour: { verdict, off: 0, limit: 0, hours: switching.switches },
  };
}
