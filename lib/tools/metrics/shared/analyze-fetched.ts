/** A fetched series → what analyze_metric knows of it; the loop is let go between steps. */
import { createSlices } from '../../../domain/async/slices.ts';
import { analyzeSeries, type SeriesAnalysis } from '../../../domain/metrics/series-analysis/analyze-series.ts';
import { type Baseline, leaveOutIncidents } from '../../../domain/metrics/series-analysis/baseline.ts';
import { compareLastHour, type HourComparison } from '../../../domain/metrics/series-analysis/compare-last-hour.ts';
import { MIN_SEASON_SAMPLES } from '../../../domain/metrics/series-analysis/find-seasons.ts';
import { type Finding, listFindings } from '../../../domain/metrics/series-analysis/findings.ts';
import { type Grid, toGrid } from '../../../domain/metrics/series-analysis/grid.ts';
import { CYCLE_TOLERANCE, MIN_CYCLES } from '../../../domain/metrics/series-analysis/long-cycle.ts';
import { DAY_MS, formatDuration, HOUR_MS, SECOND_MS } from '../../../domain/time.ts';
import type { SeriesView } from './view-series.ts';

const FALLBACK_PERIOD_SECONDS = 60;
/** Hours to compare with are of the season of which there are at least so many cycles. */
const MIN_PHASE_CYCLES = 5;
/** An hour is not called usual so soon after something. */
const RECENT_MS = 3 * HOUR_MS;

/** `changed`: the values of the hour are in their range, but something has just happened. */
export type HourVerdict = 'usual' | 'high' | 'low' | 'changed';

export interface MetricAnalysis extends SeriesAnalysis {
  readonly grid: Grid;
  readonly lastHour?: HourComparison & {
    /** By season, trend and level; a level that has just come is not expected yet. */
    readonly expected: number;
    readonly phaseMs?: number;
    /** Undefined with too few earlier hours. */
    readonly verdict?: HourVerdict;
  };
  /** The most important one first. */
  readonly findings: readonly Finding[];
  /** What is usual: incidents left out. */
  readonly baseline: Baseline;
  /** Sentences. */
  readonly notJudged: readonly string[];
}

/** Undefined for a series without datapoints. */
export async function analyzeMetricSeries(view: SeriesView): Promise<MetricAnalysis | undefined> {
  const stepSeconds = Math.max(view.periodSeconds ?? FALLBACK_PERIOD_SECONDS, view.publishingSeconds ?? 0);
  const grid = toGrid(view.points, stepSeconds * SECOND_MS);
  if (grid === undefined) return undefined;
  const steps = analyzeSeries(grid);
  const slices = createSlices();
  let step = steps.next();
  while (step.done !== true) {
    await slices.next();
    step = steps.next();
  }
  const analysis = step.value;
  const findings = listFindings(grid, analysis);
  await slices.next();
  const baseline = leaveOutIncidents(grid, analysis);
  await slices.next();
  const lastHour = compare(grid, analysis, findings, baseline);
  return {
    ...analysis,
    grid,
    findings,
    baseline,
    ...(lastHour !== undefined && { lastHour }),
    notJudged: listNotJudged(grid),
  };
}

/** Of more series nobody reads what was found in each. */
const MAX_ANALYZED = 10;

/** Of the series of an answer that are told in detail. */
export async function analyzeViews(views: readonly SeriesView[]): Promise<ReadonlyMap<SeriesView, MetricAnalysis>> {
  const analyses = new Map<SeriesView, MetricAnalysis>();
  if (views.length > MAX_ANALYZED) return analyses;
  for (const view of views) {
    const analysis = view.isProvisional ? undefined : await analyzeMetricSeries(view);
    if (analysis !== undefined) analyses.set(view, analysis);
  }
  return analyses;
}

export function timeOf(grid: Grid, at: number): number {
  return grid.startEpochMs + (grid.indices[at] ?? 0) * grid.stepMs;
}

/** Judged by what season, trend and shifts leave, so that a Sunday is not measured by weekdays; told in the metric's own values. */
function compare(
  grid: Grid,
  { seasons, usual, hour }: SeriesAnalysis,
  findings: readonly Finding[],
  baseline: Baseline,
): MetricAnalysis['lastHour'] {
  const periods = seasons.map(({ periodSamples }) => periodSamples).filter((p) => grid.length / p >= MIN_PHASE_CYCLES);
  const period = periods.length === 0 ? undefined : Math.max(...periods);
  const figures = compareLastHour(grid, baseline.grid, period);
  if (figures === undefined) return undefined;
  const from = grid.length - Math.max(1, Math.round(HOUR_MS / grid.stepMs));
  const expected = usual.filter((_, at) => (grid.indices[at] ?? 0) >= from);
  const endEpochMs = grid.startEpochMs + grid.length * grid.stepMs;
  const isRecent = findings.some(
    ({ kind, startEpochMs, endEpochMs: end }) =>
      kind !== 'hour' && endEpochMs - Math.max(startEpochMs, end ?? startEpochMs) <= RECENT_MS,
  );
  const verdict = hour?.verdict === 'usual' && isRecent ? 'changed' : hour?.verdict;
  return {
    ...figures,
    // Divided first: the sum of the largest numbers would not fit.
    expected: expected.reduce((mean, value, index) => mean + (value / (index + 1) - mean / (index + 1)), 0),
    ...(verdict !== undefined && { verdict }),
    ...(period !== undefined && { phaseMs: period * grid.stepMs }),
  };
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
