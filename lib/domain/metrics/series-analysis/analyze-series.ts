/** Season, trend, level shifts and outliers of one series, in steps between which the caller may let others work. Pure. */
import { add, subtract } from './arrays.ts';
import { isMultiplicative, type LogScale, toLogScale } from './choose-scale.ts';
import { type Curve, findCurve } from './curve.ts';
import { type DailyEvent, findDailyEvent } from './daily-event.ts';
import { fillGaps } from './fill-gaps.ts';
import { findSeasons } from './find-seasons.ts';
import { type Fit, fitSeries } from './fit-series.ts';
import { type Grid, type Samples, withValues } from './grid.ts';
import { type HourJudgement, judgeLastHour, MIN_HOURS } from './last-hour.ts';
import { findOutliers, type Outlier } from './outliers.ts';
import { varianceOf } from './robust.ts';
import { findSpreadChange, type SpreadChange } from './spread.ts';
import { findSwitching, type Switching } from './switching.ts';
import { boundSlope, type Trend } from './trend.ts';
import { describeSwitching, undoFresh } from './unusual-states.ts';
import { findWeekend } from './weekend.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Curves are fitted to 56 means at least: with fewer than two datapoints in each, every one counts. */
const MAX_SHORT = 112;

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
  /** Whether season, level and noise add up or multiply. */
  readonly model: 'additive' | 'multiplicative';
  /** Strongest first. */
  readonly seasons: readonly Season[];
  readonly trend?: Trend;
  /** Of a smooth course that is no straight line. */
  readonly curve?: Curve;
  /** In time order. */
  readonly shifts: readonly LevelShift[];
  /** Of a series that jumps to and fro between two states. */
  readonly switching?: Switching;
  /** Something that comes once a day, not to the minute. */
  readonly event?: DailyEvent;
  readonly spread?: SpreadChange;
  /** Farthest first. */
  readonly outliers: readonly Outlier[];
  /** What level, slope and season let expect at each sample. */
  readonly expected: Float64Array;
  /** As `expected`, but a level that has just come is not yet expected. */
  readonly usual: Float64Array;
  readonly hour?: HourJudgement;
}

export function* analyzeSeries(original: Grid): Generator<undefined, SeriesAnalysis> {
  const scale = original.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (scale === 0 || original.values.every((value) => value === original.values[0])) return describeConstant(original);
  // Squares of the largest numbers would not fit.
  const scaled = withValues(
    original,
    original.values.map((value) => value / scale),
  );
  const found = findDailyEvent(scaled);
  const grid = found === undefined ? scaled : withValues(scaled, found.calm);
  yield;
  const { fit, log } = yield* fitBest(grid);
  const up = (value: number): number => scaleUp(value, scale);
  const switching = fit.periods.length === 0 && found === undefined ? findSwitching(scaled) : undefined;
  if (switching !== undefined) return describeSwitching(scaled, switching, up);
  yield;
  const back = (value: number): number => up(log === undefined ? value : Math.exp(value) - log.offset);
  const clean: Samples = { indices: grid.indices, values: add(fit.level, fit.cleanResidual) };
  // What is cut from the ends of a short series as a spike may be the steep part of a curve.
  const curve =
    log === undefined
      ? (findCurve(clean) ?? (grid.values.length < MAX_SHORT ? findCurve(grid) : undefined))
      : undefined;
  const level = curve?.level ?? fit.level;
  const starts = curve === undefined ? fit.segmentation.starts : [];
  const values = log?.grid.values ?? grid.values;
  const residual = curve === undefined ? fit.residual : subtract(subtract(values, fit.seasonal), level);
  yield;
  const seasonal = add(level, fit.seasonal);
  const spread = findSpreadChange(residual, log === undefined ? seasonal : seasonal.map(Math.exp), log !== undefined);
  const even = spread === undefined ? residual : evenOut(residual, spread);
  const cycles = fit.periods.length === 0 ? 0 : grid.length / Math.max(...fit.periods);
  const unseasoned = log === undefined ? clean : { indices: grid.indices, values: clean.values.map(Math.exp) };
  const trend = boundSlope(unseasoned, starts, cycles);
  const shifts = starts.map((at) => ({ at, before: level[at - 1] ?? 0, after: level[at] ?? 0 }));
  const { undone, period } = undoFresh(grid, shifts, fit.periods);
  const judged = judgeLastHour(grid, {
    residual: evenOut(add(residual, undone), spread),
    periodSamples: period,
    floor: log === undefined ? countFloor(original, scale, level) : 0,
  });
  yield;
  return {
    model: log === undefined ? 'additive' : 'multiplicative',
    seasons: listSeasons(fit, grid, scaled, found !== undefined),
    // What follows a curve does not wander, however its distance from a line looks.
    ...(trend !== undefined && {
      trend: scaleTrend(curve === undefined ? trend : { ...trend, isWandering: false }, up),
    }),
    ...(curve !== undefined && { curve: curve.curve }),
    shifts: shifts.map(({ at, before, after }) => ({ at, before: back(before), after: back(after) })),
    ...(found !== undefined && {
      event: { ...found.event, height: up(found.event.height), usual: up(found.event.usual) },
    }),
    ...(spread !== undefined && { spread: scaleSpread(spread, log === undefined ? up : undefined) }),
    outliers: findOutliers(even),
    expected: seasonal.map(back),
    usual: subtract(seasonal, undone).map(back),
    ...(judged !== undefined && { hour: judged }),
  };
}

/** The values or their logarithms, whichever are fitted better. */
function* fitBest(grid: Grid): Generator<undefined, { fit: Fit; log?: LogScale }> {
  const filled = fillGaps(grid);
  yield;
  const periods = findSeasons(filled, grid.stepMs);
  yield;
  const plain = yield* fitWithWeekends(grid, periods);
  const log = toLogScale(grid);
  if (log === undefined) return { fit: plain };
  const logPeriods = findSeasons(fillGaps(log.grid), grid.stepMs);
  yield;
  if (logPeriods.length === 0) return { fit: plain };
  const logFit = yield* fitWithWeekends(log.grid, logPeriods);
  return logFit.periods.length > 0 && isMultiplicative(plain, logFit, log) ? { fit: logFit, log } : { fit: plain };
}

/** Weekends look like level shifts where there are too few weeks for a season; a season of a week has them in it. */
function* fitWithWeekends(grid: Grid, periods: readonly number[]): Generator<undefined, Fit> {
  const fit = yield* fitSeries(grid, periods);
  if (fit.segmentation.starts.length < 2 || periods.some((period) => period * grid.stepMs > DAY_MS)) return fit;
  const weekend = findWeekend(grid, { indices: grid.indices, values: add(fit.level, fit.cleanResidual) });
  if (weekend === undefined) return fit;
  const rest = yield* fitSeries(withValues(grid, subtract(grid.values, weekend)), periods);
  if (rest.segmentation.starts.length >= fit.segmentation.starts.length) return fit;
  return { ...rest, seasonal: add(rest.seasonal, weekend) };
}

function listSeasons(fit: Fit, calm: Grid, scaled: Grid, hasEvent: boolean): Season[] {
  const seasons = fit.periods.map((periodSamples, index) => ({ periodSamples, strength: fit.strengths[index] ?? 0 }));
  const day = DAY_MS / calm.stepMs;
  if (hasEvent && !seasons.some(({ periodSamples }) => Math.abs(periodSamples / day - 1) < 0.01)) {
    const whole = varianceOf(scaled.values);
    const strength = whole === 0 ? 0 : Math.max(0, 1 - varianceOf(calm.values) / whole);
    seasons.push({ periodSamples: day, strength });
  }
  return seasons.toSorted((a, b) => b.strength - a.strength);
}

/** In units in which the spread is the same before and after its change. */
function evenOut(residual: Float64Array, spread: SpreadChange | undefined): Float64Array {
  if (spread === undefined) return residual;
  const { at, before, after } = spread;
  return residual.map((value, index) => (index < at ? value : (value * before) / after));
}

/** What chance does to the mean of an hour of counts (Poisson); 0 for what is no count. */
function countFloor({ values, stepMs }: Grid, scale: number, level: Float64Array): number {
  if (!values.every((value) => Number.isInteger(value) && value >= 0)) return 0;
  const perHour = Math.max(1, Math.round(HOUR_MS / stepMs));
  const mean = Math.max(1 / perHour, (level.at(-1) ?? 0) * scale);
  return Math.sqrt(mean / perHour) / scale;
}

/** Back to the values of the series; an estimate beside the largest number may lie above it. */
function scaleUp(value: number, scale: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value * scale));
}

function scaleTrend(trend: Trend, up: (value: number) => number): Trend {
  return {
    ...trend,
    slopePerStep: up(trend.slopePerStep),
    lowPerStep: up(trend.lowPerStep),
    highPerStep: up(trend.highPerStep),
  };
}

/** Of logarithms the spread is a share of the level, and stays one. */
function scaleSpread(spread: SpreadChange, up: ((value: number) => number) | undefined): SpreadChange {
  return up === undefined
    ? { ...spread, isRelative: true }
    : { ...spread, before: up(spread.before), after: up(spread.after) };
}

function describeConstant({ values, length, stepMs }: Grid): SeriesAnalysis {
  const hours = Math.floor(length / Math.max(1, Math.round(HOUR_MS / stepMs))) - 1;
  return {
    ...(hours >= MIN_HOURS && { hour: { verdict: 'usual', off: 0, limit: 0, hours } }),
    model: 'additive',
    seasons: [],
    trend: { slopePerStep: 0, lowPerStep: 0, highPerStep: 0, isWandering: false },
    shifts: [],
    outliers: [],
    expected: values.slice(),
    usual: values.slice(),
  };
}
