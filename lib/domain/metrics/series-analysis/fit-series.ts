/** Level and season of a series, each from what the other leaves, in turn. Pure. */
import { add, subtract } from './arrays.ts';
import type { Grid, Samples } from './grid.ts';
import { findLevelShifts, levelOf, type Segmentation } from './level-shifts.ts';
import { cutSpikes } from './noise.ts';
import { varianceOf } from './robust.ts';
import { fitSeasons, levelOfCycles, strengthOf } from './season-profile.ts';

/** A season that explains less of the variance is not worth a word. */
const MIN_STRENGTH = 0.08;
const ROUNDS = 2;
/** Of the season's standard deviation: a smaller jump is what the season's shape leaves over, or drowns in it. */
const MIN_SHIFT_SHARE = 0.25;

export interface Fit {
  /** In samples; those that explain something. */
  readonly periods: readonly number[];
  /** Of each period: share of the variance without trend, shifts and other seasons that it explains. */
  readonly strengths: readonly number[];
  readonly segmentation: Segmentation;
  readonly level: Float64Array;
  readonly seasonal: Float64Array;
  readonly residual: Float64Array;
  /** Without spikes. */
  readonly cleanResidual: Float64Array;
}

/** @param wanted periods in samples; those that explain next to nothing are left out again */
export function* fitSeries(grid: Grid, wanted: readonly number[]): Generator<undefined, Fit> {
  const { parts, ...fit } = yield* fitOnce(grid, wanted);
  const rate = (part: Float64Array): number => strengthOf(part, fit.residual);
  const periods = wanted.filter((_, index) => rate(parts[index] ?? new Float64Array(0)) >= MIN_STRENGTH);
  if (periods.length === wanted.length) return { ...fit, periods, strengths: parts.map(rate) };
  const { parts: kept, ...again } = yield* fitOnce(grid, periods);
  return { ...again, periods, strengths: kept.map((part) => strengthOf(part, again.residual)) };
}

interface Parts extends Omit<Fit, 'periods' | 'strengths'> {
  readonly parts: readonly Float64Array[];
}

function* fitOnce(grid: Grid, periods: readonly number[]): Generator<undefined, Parts> {
  const { values } = grid;
  let level = periods.length === 0 ? new Float64Array(values.length) : levelOfCycles(grid, Math.max(...periods));
  let seasonal: Float64Array = new Float64Array(values.length);
  let parts: Float64Array[] = [];
  let segmentation: Segmentation = { starts: [], slope: 0 };
  let clean: Samples = grid;
  for (let round = 0; round < (periods.length === 0 ? 1 : ROUNDS); round += 1) {
    parts = fitSeasons(grid, level, periods);
    seasonal = parts.reduce<Float64Array>(add, new Float64Array(values.length));
    yield;
    clean = cutSpikes({ indices: grid.indices, values: subtract(values, seasonal) });
    segmentation = dropSmallShifts(clean, findLevelShifts(clean), MIN_SHIFT_SHARE * Math.sqrt(varianceOf(seasonal)));
    level = levelOf(clean, segmentation);
    yield;
  }
  const residual = subtract(subtract(values, seasonal), level);
  return { segmentation, level, parts, seasonal, residual, cleanResidual: subtract(clean.values, level) };
}

function dropSmallShifts(samples: Samples, { starts, slope }: Segmentation, least: number): Segmentation {
  const level = levelOf(samples, { starts, slope });
  return { starts: starts.filter((at) => Math.abs((level[at] ?? 0) - (level[at - 1] ?? 0)) >= least), slope };
}
