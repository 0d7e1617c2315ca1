/** The newest values of the widgets of an answer that show metrics, or PromQL. */
import { z } from 'zod';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import { findMetrics } from '../../../domain/metrics/catalogue/metric-catalogue.ts';
import { listSome } from '../../../domain/text/counts.ts';
import { resolveRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectWarnings } from '../../metrics/get-metric-data/answer.ts';
import { metricArguments, type PlannedQuery, planMetricQueries } from '../../metrics/shared/arguments-metrics.ts';
import { fetchMetrics } from '../../metrics/shared/fetch-metrics.ts';
import { type SeriesView, viewSeries } from '../../metrics/shared/view-series.ts';
import type { WidgetCall } from './answer-calls.ts';
import { type PlacedView, type ReadViews, readPromqlValues, SPARKLINE_WIDTH } from './read-promql-values.ts';

/** Of one answer; each is at least one call to CloudWatch. */
export const MAX_RENDERED_WIDGETS = 20;
export const MAX_SERIES_PER_WIDGET = 10;
const CONCURRENCY = 5;
const TARGET_DATAPOINTS = 60;
const MAX_WARNINGS = 10;
const MAX_NAMED_WIDGETS = 10;

export interface WidgetValues {
  /** Series by the number of their widget. */
  readonly views: ReadonlyMap<number, readonly SeriesView[]>;
  readonly warnings: readonly string[];
}

export interface NumberedCall {
  readonly number: number;
  readonly call: WidgetCall;
}

const argumentsSchema = z.object({
  ...metricArguments,
  start_time: z.string().default('-3h'),
  end_time: z.string().default('now'),
  region: z.string().optional(),
  account: z.string().optional(),
});

/** What fails or comes too late is a warning that names its widgets. */
export async function readValues(calls: readonly NumberedCall[], context: ToolContext): Promise<WidgetValues> {
  const failures = new Map<string, Set<number>>();
  const fail = (message: string, number: number): void => {
    failures.set(message, (failures.get(message) ?? new Set()).add(number));
  };
  const limit = startTimeLimit(context, context.deadlineEpochMs);
  const read = await inParallel(calls, CONCURRENCY, async ({ number, call }) => {
    if (!context.hasTime() && !context.signal.aborted) {
      fail('the time limit came first.', number);
      return undefined;
    }
    const answer = await attempt(context.signal, readCall(call, context, limit.signal));
    if ('error' in answer) {
      fail(answer.error.publicMessage, number);
      return undefined;
    }
    for (const warning of answer.value.warnings) fail(warning, number);
    return answer.value.views;
  }).finally(limit.end);
  const found = new Map<number, PlacedView[]>();
  for (const [index, { number }] of calls.entries()) {
    const views = read[index];
    if (views !== undefined) found.set(number, [...(found.get(number) ?? []), ...views]);
  }
  return {
    views: new Map([...found].map(([number, views]) => [number, tellApart(views)])),
    warnings: describeFailures(failures),
  };
}

function tellApart(views: readonly PlacedView[]): readonly SeriesView[] {
  const counts = Map.groupBy(views, ({ view }) => view.label);
  return views.map(({ view, distinction }) =>
    (counts.get(view.label)?.length ?? 0) > 1 ? { ...view, label: `${view.label} (${distinction})` } : view,
  );
}

async function readCall(call: WidgetCall, context: ToolContext, signal: AbortSignal): Promise<ReadViews> {
  return call.tool === 'execute_promql_range_query'
    ? readPromqlValues(call, context, signal)
    : readMetricValues(call.args, context, signal);
}

async function readMetricValues(
  args: WidgetCall['args'],
  context: ToolContext,
  signal: AbortSignal,
): Promise<ReadViews> {
  const parsed = argumentsSchema.safeParse(args);
  if (!parsed.success) throw new AppError('invalid_input', 'get_metric_data does not take what the widget shows.');
  const input = parsed.data;
  const plan = planMetricQueries(input);
  const target = context.targets.one(input);
  const fetched = await fetchMetrics(
    context.aws(target).metrics,
    plan,
    {
      range: resolveRange(input.start_time, input.end_time, context.nowEpochMs),
      nowEpochMs: context.nowEpochMs,
      targetDatapoints: TARGET_DATAPOINTS,
      hasTime: context.hasTime,
    },
    signal,
  );
  const queries = new Map(plan.queries.map((query) => [query.id, query]));
  const views = await mapInSlices(fetched.series, (series) => {
    const query = queries.get(series.id);
    const view = viewSeries(series, query, {
      ...fetched.range,
      nowEpochMs: context.nowEpochMs,
      sparklineWidth: SPARKLINE_WIDTH,
      periodSeconds: fetched.periodSeconds.get(series.id),
      unit: unitOf(query),
      statistic: undefined,
    });
    const values = query?.metric?.dimensions.map(({ value }) => value) ?? [series.id];
    return { view, distinction: [...values, target.region].join(', ') };
  });
  return { views, warnings: collectWarnings(fetched) };
}

/** Asking CloudWatch for units would double the calls. */
function unitOf(query: PlannedQuery | undefined): string | undefined {
  const metric = query?.metric;
  if (metric === undefined) return undefined;
  if (metric.statistic === 'SampleCount') return 'Count';
  return metric.unit ?? findMetrics(metric.metricName, metric.namespace)[0]?.unit;
}

function describeFailures(failures: ReadonlyMap<string, ReadonlySet<number>>): string[] {
  return [...failures].slice(0, MAX_WARNINGS).map(([message, numbers]) => {
    const named = [...numbers].sort((a, b) => a - b);
    return `Values of widget ${listSome(named, MAX_NAMED_WIDGETS)}: ${message}`;
  });
}
