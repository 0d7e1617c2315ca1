/** `structuredContent` of get_metric_data. */
import { z } from 'zod';
import { listPoints, POINT_STATES } from '../../../domain/metrics/period-state.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { formatTime } from '../../../domain/time.ts';
import type { SeriesView } from '../shared/view-series.ts';

const point = z.strictObject({ time: z.string(), value: z.number() });
const openPoint = point.extend({ state: z.enum(POINT_STATES) });
/** The newest ones. */
const MAX_OPEN = 20;

const seriesOutput = z.strictObject({
  id: z.string(),
  label: z.string(),
  account_id: z.string().optional().describe('owner, where it is a linked account'),
  statistic: z.string().optional(),
  unit: z.string().optional(),
  period_seconds: z.int().optional(),
  count: z.int().describe('datapoints in the range'),
  expected_count: z.int().describe('datapoints if there were no gaps'),
  min: point.optional(),
  max: point.optional(),
  first: point.optional(),
  last: point.optional(),
  mean: z.number().optional(),
  p50: z.number().optional(),
  p90: z.number().optional(),
  p99: z.number().optional(),
  sum: z.number().optional().describe('only of statistics that add up'),
  slope_per_hour: z.number().optional(),
  open: z
    .array(openPoint)
    .optional()
    .describe('not final: running, ended less than 3 min ago, or cut; only in max, sum and datapoints'),
  published_every_seconds: z.int().optional(),
  sparkline: z.string(),
  datapoints: z.array(point).optional(),
  datapoints_thinned: z.boolean().optional(),
});

export const metricOutput = z.strictObject({
  mode: z.enum(['metric', 'insights', 'queries']),
  start_time: z.string(),
  end_time: z.string(),
  sql: z.string().optional(),
  series: z.array(seriesOutput),
  notes: z.array(z.string()),
});

export function toSeriesOutput(view: SeriesView, points: readonly Point[] | undefined): z.input<typeof seriesOutput> {
  const { summary } = view;
  return {
    id: view.id,
    label: view.label,
    account_id: view.accountId,
    statistic: view.statistic,
    unit: view.unit,
    period_seconds: view.periodSeconds,
    count: view.points.length,
    expected_count: view.expectedCount,
    ...(summary !== undefined && {
      min: toPoint(summary.min),
      max: toPoint(summary.max),
      first: toPoint(summary.first),
      last: toPoint(summary.last),
      mean: tidy(summary.mean),
      p50: tidy(summary.p50),
      p90: tidy(summary.p90),
      p99: tidy(summary.p99),
      ...(summary.slopePerHour !== undefined && { slope_per_hour: tidy(summary.slopePerHour) }),
    }),
    ...(view.sum !== undefined && { sum: tidy(view.sum) }),
    ...(view.open.length > 0 && {
      open: view.open.slice(-MAX_OPEN).map((open) => ({ ...toPoint(open), state: open.state })),
    }),
    published_every_seconds: view.publishingSeconds,
    sparkline: view.sparkline,
    ...(points !== undefined && {
      datapoints: points.map(toPoint),
      datapoints_thinned: points.length < listPoints(view).length,
    }),
  };
}

function toPoint({ epochMs, value }: Point): { time: string; value: number } {
  return { time: formatTime(epochMs), value };
}

const FIGURE_DIGITS = 12;

/** Computed figures without the dust of binary fractions (`616.0000000000001`). */
function tidy(value: number): number {
  return Number(value.toPrecision(FIGURE_DIGITS));
}
