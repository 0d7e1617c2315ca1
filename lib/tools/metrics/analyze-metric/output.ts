/** `structuredContent` of analyze_metric. */
import { z } from 'zod';
import { DAY_MS, formatTime, SECOND_MS } from '../../../domain/time.ts';
import { type MetricAnalysis, timeOf } from '../shared/analyze-fetched.ts';
import type { SeriesView } from '../shared/view-series.ts';

/** The farthest ones. */
const MAX_OUTLIERS = 10;
const FIGURE_DIGITS = 6;

const analysisOutput = z.strictObject({
  seasons: z.array(z.strictObject({ period_seconds: z.number(), strength: z.number().describe('0–1') })),
  not_judged: z.array(z.string()),
  trend: z
    .strictObject({
      per_day: z.number(),
      low: z.number().describe('95 % interval'),
      high: z.number(),
      is_significant: z.boolean(),
      is_wandering: z.boolean().describe('moves like a random walk'),
    })
    .optional(),
  level_shifts: z.array(z.strictObject({ time: z.string(), before: z.number(), after: z.number() })),
  outlier_count: z.int(),
  outliers: z.array(z.strictObject({ time: z.string(), value: z.number(), expected: z.number(), sigmas: z.number() })),
  last_hour: z
    .strictObject({
      mean: z.number(),
      expected: z.number().describe('by season, trend and level'),
      median: z.number().describe('of the compared hours'),
      p10: z.number(),
      p90: z.number(),
      compared_hours: z.int(),
      phase_seconds: z.number().optional(),
      verdict: z.enum(['usual', 'high', 'low']).optional(),
    })
    .optional(),
  min: z.number(),
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  max: z.number(),
  mean: z.number(),
});

export const analyzeMetricOutput = z.strictObject({
  start_time: z.string(),
  end_time: z.string(),
  statistic: z.string(),
  unit: z.string().optional(),
  period_seconds: z.int().optional(),
  published_every_seconds: z.int().optional(),
  count: z.int(),
  density: z.number().describe('share of expected datapoints'),
  analysis: analysisOutput.optional(),
});

export function toAnalysisOutput(
  view: SeriesView,
  analysis: MetricAnalysis,
): z.input<typeof analysisOutput> | undefined {
  const { summary } = view;
  if (summary === undefined) return undefined;
  const { grid, trend, lastHour } = analysis;
  const stepsPerDay = DAY_MS / grid.stepMs;
  return {
    seasons: analysis.seasons.map(({ periodSamples, strength }) => ({
      period_seconds: tidy((periodSamples * grid.stepMs) / SECOND_MS),
      strength: tidy(strength),
    })),
    not_judged: [...analysis.notJudged],
    ...(trend !== undefined && {
      trend: {
        per_day: tidy(trend.slopePerStep * stepsPerDay),
        low: tidy(trend.lowPerStep * stepsPerDay),
        high: tidy(trend.highPerStep * stepsPerDay),
        is_significant: isSignificant(trend),
        is_wandering: trend.isWandering,
      },
    }),
    level_shifts: analysis.shifts.map(({ at, before, after }) => ({
      time: formatTime(timeOf(grid, at)),
      before: tidy(before),
      after: tidy(after),
    })),
    outlier_count: analysis.outliers.length,
    outliers: analysis.outliers.slice(0, MAX_OUTLIERS).map(({ at, sigmas }) => ({
      time: formatTime(timeOf(grid, at)),
      value: grid.values[at] ?? 0,
      expected: tidy(analysis.expected[at] ?? 0),
      sigmas: tidy(sigmas),
    })),
    ...(lastHour !== undefined && {
      last_hour: {
        mean: tidy(lastHour.mean),
        expected: tidy(lastHour.expected),
        median: tidy(lastHour.median),
        p10: tidy(lastHour.p10),
        p90: tidy(lastHour.p90),
        compared_hours: lastHour.hours,
        ...(lastHour.phaseMs !== undefined && { phase_seconds: tidy(lastHour.phaseMs / SECOND_MS) }),
        verdict: lastHour.verdict,
      },
    }),
    min: summary.min.value,
    p50: tidy(summary.p50),
    p90: tidy(summary.p90),
    p99: tidy(summary.p99),
    max: summary.max.value,
    mean: tidy(summary.mean),
  };
}

export function isSignificant({ lowPerStep, highPerStep }: NonNullable<MetricAnalysis['trend']>): boolean {
  return lowPerStep > 0 || highPerStep < 0;
}

function tidy(value: number): number {
  // A slope per step that fits may not fit per day.
  const finite = Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
  return Number(finite.toPrecision(FIGURE_DIGITS));
}
