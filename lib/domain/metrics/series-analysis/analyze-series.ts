/** Season, trend, level shifts and outliers of one series, in steps between which the caller may let others work. Pure. */
import { add, subtract } from './arrays.ts';
import { fillGaps } from './fill-gaps.ts';
import { findSeasons } from './find-seasons.ts';
import { type Grid, type Samples, withValues } from './grid.ts';
import { findLevelShifts, levelOf, type Segmentation } from './level-shifts.ts';
import { cutSpikes } from './noise.ts';
import { findOutliers, type Outlier } from './outliers.ts';
import { varianceOf } from './robust.ts';
import { fitSeasons, levelOfCycles, strengthOf } from './season-profile.ts';
import { boundSlope, type Trend } from './trend.ts';

/** A season that explains less of the variance is not worth a word. */
const MIN_STRENGTH = 0.08;
const ROUNDS = 2;
/** Of the season's standard deviation: a smaller jump is what the season's shape leaves over, or drowns in it. */
const MIN_SHIFT_SHARE = 0.25;

export interface Season {
  readonly periodSamples: number;
  /** Share of the variance without trend, shifts and other seasons that it explains, 0 … 1. */
  readonly strength: number;
}

export interface LevelShift {
  /** Position in the samples of the first value at the new level. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

export interface SeriesAnalysis {
  /** Strongest first. */
  readonly seasons: readonly Season[];
  readonly trend?: Trend;
  /** In time order. */
  readonly shifts: readonly LevelShift[];
  /** Farthest first. */
  readonly outliers: readonly Outlier[];
  /** What level, slope and season let expect at each sample. */
  readonly expected: Float64Array;
}

export function* analyzeSeries(original: Grid): Generator<undefined, SeriesAnalysis> {
  const scale = original.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (scale === 0 || original.values.every((value) => value === original.values[0])) return describeConstant(original);
  // Squares of the largest numbers would not fit.
  const grid = withValues(
    original,
    original.values.map((value) => value / scale),
  );
  const filled = fillGaps(grid);
  yield;
  let periods: readonly number[] = findSeasons(filled, grid.stepMs);
  yield;
  let fit = yield* fitSeries(grid, periods);
  let seasons = rateSeasons(fit, periods);
  const kept = seasons.filter(({ strength }) => strength >= MIN_STRENGTH);
  if (kept.length < seasons.length) {
    seasons = kept;
    periods = kept.map(({ periodSamples }) => periodSamples);
    fit = yield* fitSeries(grid, periods);
  }
  const cycles = periods.length === 0 ? 0 : grid.length / Math.max(...periods);
  const trend = boundSlope(grid, fit.cleanResidual, fit.segmentation.slope, fit.segmentation.starts, cycles);
  return {
    seasons: seasons.toSorted((a, b) => b.strength - a.strength),
    ...(trend !== undefined && { trend: scaleTrend(trend, scale) }),
    shifts: fit.segmentation.starts.map((at) => ({
      at,
      before: scaleUp(fit.level[at - 1] ?? 0, scale),
      after: scaleUp(fit.level[at] ?? 0, scale),
    })),
    outliers: findOutliers(fit.residual),
    expected: add(fit.level, fit.seasonal).map((value) => scaleUp(value, scale)),
  };
}

interface Fit {
  readonly segmentation: Segmentation;
  readonly level: Float64Array;
  /** One per period. */
  readonly parts: readonly Float64Array[];
  readonly seasonal: Float64Array;
  readonly residual: Float64Array;
  /** Without spikes. */
  readonly cleanResidual: Float64Array;
}

/** Season from what the level leaves and level from what the season leaves, in turn. */
function* fitSeries(grid: Grid, periods: readonly number[]): Generator<undefined, Fit> {
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
    clean = { indices: grid.indices, values: cutSpikes(subtract(values, seasonal)) };
    segmentation = dropSmallShifts(clean, findLevelShifts(clean), MIN_SHIFT_SHARE * Math.sqrt(varianceOf(seasonal)));
    level = levelOf(clean, segmentation);
    yield;
  }
  const residual = subtract(subtract(values, seasonal), level);
  const cleanResidual = subtract(clean.values, level);
  return { segmentation, level, parts, seasonal, residual, cleanResidual };
}

function dropSmallShifts(samples: Samples, { starts, slope }: Segmentation, least: number): Segmentation {
  const level = levelOf(samples, { starts, slope });
  return { starts: starts.filter((at) => Math.abs((level[at] ?? 0) - (level[at - 1] ?? 0)) >= least), slope };
}

function rateSeasons(fit: Fit, periods: readonly number[]): Season[] {
  return periods.map((periodSamples, index) => ({
    periodSamples,
    strength: strengthOf(fit.parts[index] ?? new Float64Array(0), fit.residual),
  }));
}

/** Back to the values of the series; an estimate beside the largest number may lie above it. */
function scaleUp(value: number, scale: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value * scale));
}

function scaleTrend(trend: Trend, scale: number): Trend {
  return {
    ...trend,
    slopePerStep: scaleUp(trend.slopePerStep, scale),
    lowPerStep: scaleUp(trend.lowPerStep, scale),
    highPerStep: scaleUp(trend.highPerStep, scale),
  };
}

function describeConstant({ values }: Grid): SeriesAnalysis {
  return {
    seasons: [],
    trend: { slopePerStep: 0, lowPerStep: 0, highPerStep: 0, isWandering: false },
    shifts: [],
    outliers: [],
    expected: values.slice(),
  };
}
