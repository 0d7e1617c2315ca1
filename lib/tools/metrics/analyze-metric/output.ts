/** `structuredContent` of analyze_metric. */
import { z } from 'zod';
import { isSure } from '../../../domain/metrics/series-analysis/trend.ts';
import { DAY_MS, formatTime, SECOND_MS } from '../../../domain/time.ts';
import { type MetricAnalysis, timeOf } from '../shared/analyze-fetched.ts';
import type { SeriesView } from '../shared/view-series.ts';

/** The farthest and the newest ones, so many of each. */
const MAX_OUTLIERS = 5;
const FIGURE_DIGITS = 6;
const MAX_FINDINGS = 20;

const analysisOutput = z.strictObject({
  seasons: z.array(z.strictObject({ period_seconds: z.number(), strength: z.number().describe('0–1') })),
  not_judged: z.array(z.string()),
  trend: z
    .strictObject({
      per_day: z.number(),
      low: z.number().describe('95 % interval'),
      high: z.number(),
      is_significant: z.boolean().describe('chance makes one in 300 look so'),
      is_wandering: z.boolean().describe('moves like a random walk'),
    })
    .optional(),
  model: z.enum(['additive', 'multiplicative']).describe('whether season and level add up or multiply'),
  curve: z
    .strictObject({
      kind: z.enum(['accelerating', 'saturating']).describe('moves ever faster, or levels off'),
      direction: z.enum(['up', 'down']),
      time: z.string().optional().describe('of the bend, where there is one'),
    })
    .optional(),
  findings: z
    .array(
      z.strictObject({
        kind: z.enum(['shift', 'excursion', 'outliers', 'spread', 'stopped', 'stuck', 'bursts', 'missing', 'hour']),
        start_time: z.string(),
        end_time: z.string().optional().describe('absent: goes on'),
        size: z.number().describe('standard deviations of what is usual, or as many'),
      }),
    )
    .describe('the largest and newest first'),
  switching: z
    .strictObject({ low: z.number(), high: z.number(), on_seconds: z.number(), off_seconds: z.number() })
    .optional()
    .describe('jumps to and fro between two states'),
  daily_event: z
    .strictObject({ from: z.string(), to: z.string(), days: z.int(), of_days: z.int(), height: z.number() })
    .optional(),
  spread_change: z
    .strictObject({ time: z.string(), before: z.number(), after: z.number(), is_relative: z.boolean() })
    .optional(),
  incidents_left_out: z
    .array(z.strictObject({ start_time: z.string(), end_time: z.string().optional() }))
    .describe('not in what last_hour is compared with'),
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
      verdict: z.enum(['usual', 'high', 'low', 'changed']).optional(),
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
  account_id: z.string().optional(),
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
        is_significant: isSure(trend),
        is_wandering: trend.isWandering,
      },
    }),
    model: analysis.model,
    ...(analysis.curve !== undefined && {
      curve: {
        kind: analysis.curve.kind,
        direction: analysis.curve.direction,
        ...(analysis.curve.at !== undefined && { time: formatTime(timeOf(grid, analysis.curve.at)) }),
      },
    }),
    findings: analysis.findings.slice(0, MAX_FINDINGS).map(({ kind, startEpochMs, endEpochMs, size }) => ({
      kind,
      start_time: formatTime(startEpochMs),
      ...(endEpochMs !== undefined && { end_time: formatTime(endEpochMs) }),
      size: tidy(size),
    })),
    ...describeStates(analysis),
    incidents_left_out: analysis.baseline.incidents.slice(-MAX_FINDINGS).map(({ startEpochMs, endEpochMs }) => ({
      start_time: formatTime(startEpochMs),
      ...(endEpochMs !== undefined && { end_time: formatTime(endEpochMs) }),
    })),
    level_shifts: analysis.shifts.map(({ at, before, after }) => ({
      time: formatTime(timeOf(grid, at)),
      before: tidy(before),
      after: tidy(after),
    })),
    outlier_count: analysis.outliers.length,
    outliers: chooseOutliers(analysis).map(({ at, sigmas }) => ({
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

/** The farthest and the newest, in time order. */
export function chooseOutliers({ outliers }: MetricAnalysis, count = MAX_OUTLIERS): MetricAnalysis['outliers'] {
  const newest = outliers.toSorted((a, b) => b.at - a.at).slice(0, count);
  return [...new Set([...outliers.slice(0, count), ...newest])].sort((a, b) => a.at - b.at);
}

function describeStates({ switching, event, spread, grid }: MetricAnalysis) {
  const clock = (ms: number): string => `${formatTime(ms).slice(11, 16)}Z`;
  return {
    ...(switching !== undefined && {
      switching: {
        low: tidy(switching.low),
        high: tidy(switching.high),
        on_seconds: tidy((switching.onSamples * grid.stepMs) / SECOND_MS),
        off_seconds: tidy((switching.offSamples * grid.stepMs) / SECOND_MS),
      },
    }),
    ...(event !== undefined && {
      daily_event: {
        from: clock(event.fromMs),
        to: clock(event.toMs),
        days: event.days,
        of_days: event.ofDays,
        height: tidy(event.height),
      },
    }),
    ...(spread !== undefined && {
      spread_change: {
        time: formatTime(timeOf(grid, spread.at)),
        before: tidy(spread.before),
        after: tidy(spread.after),
        is_relative: spread.isRelative === true,
      },
    }),
  };
}

function tidy(value: number): number {
  // A slope per step that fits may not fit per day.
  const finite = Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
  return Number(finite.toPrecision(FIGURE_DIGITS));
}
