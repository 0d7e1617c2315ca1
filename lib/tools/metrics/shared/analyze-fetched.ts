/** A fetched series → what analyze_metric knows of it; the loop is let go between steps. */
import { setImmediate } from 'node:timers/promises';
import {
  analyzeSeries,
  type LevelShift,
  type SeriesAnalysis,
} from '../../../domain/metrics/series-analysis/analyze-series.ts';
import { subtract } from '../../../domain/metrics/series-analysis/arrays.ts';
import { compareLastHour, type HourComparison } from '../../../domain/metrics/series-analysis/compare-last-hour.ts';
import { MIN_SEASON_SAMPLES } from '../../../domain/metrics/series-analysis/find-seasons.ts';
import { type Grid, toGrid, withValues } from '../../../domain/metrics/series-analysis/grid.ts';
import { CYCLE_TOLERANCE, MIN_CYCLES } from '../../../domain/metrics/series-analysis/long-cycle.ts';
import { DAY_MS, formatDuration, SECOND_MS } from '../../../domain/time.ts';
import type { SeriesView } from './view-series.ts';

const FALLBACK_PERIOD_SECONDS = 60;
/** Hours to compare with are of the season of which there are at least so many cycles. */
const MIN_PHASE_CYCLES = 5;
const MIN_HOURS = 4;

export interface MetricAnalysis extends SeriesAnalysis {
  readonly grid: Grid;
  readonly lastHour?: HourComparison & {
    /** By season, trend and level. */
    readonly expected: number;
    readonly phaseMs?: number;
    readonly sinceEpochMs?: number;
  };
  /** Sentences. */
  readonly notJudged: readonly string[];
}

/** Undefined for a series without datapoints. */
export async function analyzeMetricSeries(view: SeriesView): Promise<MetricAnalysis | undefined> {
  const stepSeconds = Math.max(view.periodSeconds ?? FALLBACK_PERIOD_SECONDS, view.publishingSeconds ?? 0);
  const grid = toGrid(view.points, stepSeconds * SECOND_MS);
  if (grid === undefined) return undefined;
  const steps = analyzeSeries(grid);
  let step = steps.next();
  while (step.done !== true) {
    await setImmediate();
    step = steps.next();
  }
  const analysis = step.value;
  const lastHour = compare(grid, analysis);
  return { ...analysis, grid, ...(lastHour !== undefined && { lastHour }), notJudged: listNotJudged(grid) };
}

export function timeOf(grid: Grid, at: number): number {
  return grid.startEpochMs + (grid.indices[at] ?? 0) * grid.stepMs;
}

/** Judged by what season, trend and shifts leave, so that a Sunday is not measured by weekdays; told in the metric's own values. */
function compare(grid: Grid, { seasons, shifts, expected }: SeriesAnalysis): MetricAnalysis['lastHour'] {
  const periods = seasons.map(({ periodSamples }) => periodSamples).filter((p) => grid.length / p >= MIN_PHASE_CYCLES);
  const period = periods.length === 0 ? undefined : Math.max(...periods);
  const shift = shifts.at(-1);
  const since = shift === undefined ? undefined : compareLastHour(grid, period, grid.indices[shift.at] ?? 0);
  const isSince = shift !== undefined && since !== undefined && since.hours >= MIN_HOURS;
  const plain = isSince ? since : compareLastHour(grid, period, 0);
  const baseline = shift === undefined || isSince ? expected : undoShift(expected, shift);
  const rest = compareLastHour(withValues(grid, subtract(grid.values, baseline)), period, 0);
  if (plain === undefined || rest === undefined) return undefined;
  const { verdict: _, ...figures } = plain;
  return {
    ...figures,
    expected: plain.mean - rest.mean,
    ...(rest.verdict !== undefined && { verdict: rest.verdict }),
    ...(period !== undefined && { phaseMs: period * grid.stepMs }),
    ...(isSince && { sinceEpochMs: timeOf(grid, shift.at) }),
  };
}

/** A shift that has just come is what is to be judged, not yet what is to be expected. */
function undoShift(expected: Float64Array, { at, before, after }: LevelShift): Float64Array {
  return expected.map((value, index) => (index < at ? value : value - (after - before)));
}

/** Seasons for which the data is too short; silence about them would read as "there is none". */
function listNotJudged(grid: Grid): string[] {
  const spanMs = grid.length * grid.stepMs;
  const has = `the data spans ${formatDuration(spanMs)}`;
  if (grid.values.length < MIN_SEASON_SAMPLES) {
    return [`No season can be judged with ${grid.values.length} datapoints: it needs ${MIN_SEASON_SAMPLES}.`];
  }
  const isTooShort = (periodMs: number): boolean => spanMs / periodMs < MIN_CYCLES - CYCLE_TOLERANCE;
  if (isTooShort(DAY_MS))
    return [`Daily and weekly seasons cannot be judged: they need three days and three weeks, ${has}.`];
  return isTooShort(7 * DAY_MS) ? [`A weekly season cannot be judged: it needs three weeks, ${has}.`] : [];
}
