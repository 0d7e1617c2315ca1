/** The shape of a season: the mean of each phase over all cycles. Pure. */
import { add, clamp, lookUp, subtract } from './arrays.ts';
import { joinKnots } from './fill-gaps.ts';
import type { Grid } from './grid.ts';
import { medianOf, robustSigma, varianceOf } from './robust.ts';

/** Each phase is a mean of at least so many datapoints, as far as the period allows. */
const MIN_PER_PHASE = 8;
const MAX_PHASES = 336;
const MIN_PHASES = 2;
const CLIP_SIGMAS = 5;
/** A phase that is whole but for rounding. */
const ROUNDING = 1e-9;

/** The part of each period at each datapoint, in the order of `periods`; its mean is zero. Shortest first, each from what the others leave. */
export function fitSeasons(grid: Grid, level: Float64Array, periods: readonly number[]): Float64Array[] {
  let rest = subtract(grid.values, level);
  const parts = new Map<number, Float64Array>();
  for (const period of periods.toSorted((a, b) => a - b)) {
    const part = fitOne(grid, rest, period);
    parts.set(period, part);
    rest = subtract(rest, part);
  }
  return periods.map((period) => parts.get(period) ?? new Float64Array(rest.length));
}

function fitOne(grid: Grid, values: Float64Array, period: number): Float64Array {
  const wanted = Math.round(period);
  const phases = Math.max(
    Math.min(wanted, MAX_PHASES, Math.floor(values.length / MIN_PER_PHASE)),
    Math.min(wanted, MIN_PHASES),
  );
  const phaseOf = new Int32Array(values.length);
  for (let at = 0; at < phaseOf.length; at += 1) {
    const phase = Math.floor((((grid.indices[at] ?? 0) % period) / period) * phases + ROUNDING);
    phaseOf[at] = Math.min(phases - 1, phase);
  }
  // Medians first: with four cycles an incident in one of them would pull a mean so far that the others look wrong.
  const middle = lookUp(phaseMedians(values, phaseOf, phases), phaseOf);
  const rest = subtract(values, middle);
  const limit = CLIP_SIGMAS * robustSigma(rest);
  const near = limit === 0 ? values : add(clamp(rest, limit), middle);
  return lookUp(phaseMeans(near, phaseOf, phases), phaseOf);
}

function phaseMedians(values: Float64Array, phaseOf: Int32Array, phases: number): Float64Array {
  const ends = new Int32Array(phases);
  for (const phase of phaseOf) ends[phase] = (ends[phase] ?? 0) + 1;
  for (let phase = 1; phase < phases; phase += 1) ends[phase] = (ends[phase] ?? 0) + (ends[phase - 1] ?? 0);
  const grouped = new Float64Array(values.length);
  const places = ends.slice();
  for (let at = 0; at < values.length; at += 1) {
    const phase = phaseOf[at] ?? 0;
    const place = (places[phase] ?? 0) - 1;
    places[phase] = place;
    grouped[place] = values[at] ?? 0;
  }
  return Float64Array.from(ends, (end, phase) => medianOf(grouped.subarray(places[phase], end)));
}

function phaseMeans(values: Float64Array, phaseOf: Int32Array, phases: number): Float64Array {
  const sums = new Float64Array(phases);
  const counts = new Int32Array(phases);
  for (let at = 0; at < values.length; at += 1) {
    const phase = phaseOf[at] ?? 0;
    sums[phase] = (sums[phase] ?? 0) + (values[at] ?? 0);
    counts[phase] = (counts[phase] ?? 0) + 1;
  }
  const means = sums.map((sum, phase) => (counts[phase] === 0 ? Number.NaN : sum / (counts[phase] ?? 1)));
  const present = means.filter((mean) => !Number.isNaN(mean));
  const center = present.reduce((sum, mean) => sum + mean, 0) / Math.max(1, present.length);
  return means.map((mean) => (Number.isNaN(mean) ? 0 : mean - center));
}

/** A level that follows trend and shifts but not the season: the mean of each whole cycle, joined by lines. */
export function levelOfCycles(grid: Grid, period: number): Float64Array {
  const cycles = Math.floor(grid.length / period + 1e-6);
  const start = grid.length - cycles * period;
  const sums = new Float64Array(cycles);
  const counts = new Int32Array(cycles);
  for (let at = 0; at < grid.values.length; at += 1) {
    const cycle = Math.floor(((grid.indices[at] ?? 0) - start) / period);
    if (cycle < 0 || cycle >= cycles) continue;
    sums[cycle] = (sums[cycle] ?? 0) + (grid.values[at] ?? 0);
    counts[cycle] = (counts[cycle] ?? 0) + 1;
  }
  const knots: { x: number; y: number }[] = [];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const count = counts[cycle] ?? 0;
    if (count > 0) knots.push({ x: start + (cycle + 0.5) * period, y: (sums[cycle] ?? 0) / count });
  }
  const level = joinKnots(knots, grid.length);
  return lookUp(level, grid.indices);
}

/** Share of the variance (trend and shifts aside) that a season explains, 0 … 1 (Wang, Smith and Hyndman 2006). */
export function strengthOf(season: Float64Array, residual: Float64Array): number {
  const whole = varianceOf(add(residual, season));
  return whole === 0 ? 0 : Math.max(0, 1 - varianceOf(residual) / whole);
}
