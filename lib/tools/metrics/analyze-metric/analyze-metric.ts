import { z } from 'zod';
import type { MetricsPort } from '../../../aws/ports/metrics.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { metricsLink } from '../../../domain/console-links.ts';
import { inAccount, ownerArgument } from '../../../domain/metrics/owner-account.ts';
import { detectPublishingSeconds } from '../../../domain/metrics/period-density.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { formatDuration, formatTime, HOUR_MS, MINUTE_SECONDS, resolveRange, SECOND_MS } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { timeRange, where } from '../../../tool/params.ts';
import type { Answer, ToolContext } from '../../../tool/types.ts';
import { collectWarnings } from '../get-metric-data/answer.ts';
import { analyzeMetricSeries, type MetricAnalysis } from '../shared/analyze-fetched.ts';
import { type MetricPlan, metricArguments, planMetricQueries } from '../shared/arguments-metrics.ts';
import { lookAround } from '../shared/empty-elsewhere.ts';
import { type EmptyExplanation, explainEmpty } from '../shared/empty-series.ts';
import { type FetchedMetrics, type FetchSettings, fetchMetrics } from '../shared/fetch-metrics.ts';
import { findUnits } from '../shared/find-units.ts';
import { type SeriesView, viewSeries } from '../shared/view-series.ts';
import { describeFindings, describeShortly } from './answer.ts';
import { analyzeMetricOutput, toAnalysisOutput } from './output.ts';

/** 15 days of 1-minute data: the finest period that a range still has in full. */
const TARGET_DATAPOINTS = 21_600;
const SPARKLINE_WIDTH = 60;
/** Where the publishing period is looked up, since older data is only kept in coarser periods. */
const RECENT_MS = 3 * HOUR_MS;
const PERCENT = 100;

export const analyzeMetric = defineTool({
  name: 'analyze_metric',
  title: 'Analyze metric',
  description:
    'How one CloudWatch metric behaves: season(s) with strength, trend per day with interval, level shifts, outliers, last hour against the usual, publishing period, density, percentiles. A season needs three cycles of data.',
  toolset: 'metrics',
  annotations: READ_ONLY,
  inputSchema: z.object({
    namespace: metricArguments.namespace.unwrap().describe('e.g. AWS/Lambda'),
    metric_name: metricArguments.metric_name.unwrap().describe('e.g. Duration'),
    dimensions: metricArguments.dimensions.describe('Exact set of the metric'),
    statistic: metricArguments.statistic.describe('Default Average'),
    account_id: metricArguments.account_id.describe('Linked source account that owns it'),
    ...timeRange('-28d'),
    ...where,
  }),
  outputSchema: analyzeMetricOutput,
  async handler(input, context) {
    const plan = planMetricQueries(input);
    const target = context.targets.one(input);
    const port = context.aws(target).metrics;
    const settings: FetchSettings = {
      range: resolveRange(input.start_time, input.end_time, context.nowEpochMs),
      nowEpochMs: context.nowEpochMs,
      targetDatapoints: TARGET_DATAPOINTS,
      hasTime: context.hasTime,
    };
    const [fetched, units, recentSeconds] = await Promise.all([
      fetchMetrics(port, plan, settings, context.signal),
      findUnits(port, plan, settings.range, context.signal),
      findRecentSeconds(port, plan, settings, context.signal),
    ]);
    const view = viewOnly(plan, fetched, units, context.nowEpochMs);
    const analysis = view === undefined ? undefined : await analyzeMetricSeries(view);
    if (view === undefined || analysis === undefined) {
      const explanation = await explainNothing(plan, fetched, { context, target });
      return answer(plan, fetched, target, { explanation });
    }
    return answer(plan, fetched, target, { view, analysis, recentSeconds });
  },
});

/** How often the metric was published lately, as far as minutes tell. */
async function findRecentSeconds(
  port: MetricsPort,
  plan: MetricPlan,
  { range, nowEpochMs }: FetchSettings,
  signal: AbortSignal,
): Promise<number | undefined> {
  const metric = plan.queries[0]?.metric;
  const endEpochMs = Math.min(range.endEpochMs, nowEpochMs);
  if (metric === undefined) return undefined;
  const found = await attempt(
    signal,
    port.getMetricData(
      {
        queries: [{ id: 'recent', isReturned: true, metricStat: { ...metric, periodSeconds: MINUTE_SECONDS } }],
        startEpochMs: endEpochMs - RECENT_MS,
        endEpochMs,
        maxDatapoints: RECENT_MS / SECOND_MS / MINUTE_SECONDS + 1,
      },
      signal,
    ),
  );
  return 'value' in found ? detectPublishingSeconds(found.value.series[0]?.timestampsEpochMs ?? []) : undefined;
}

function viewOnly(
  plan: MetricPlan,
  fetched: FetchedMetrics,
  units: ReadonlyMap<string, string>,
  nowEpochMs: number,
): SeriesView | undefined {
  const [query] = plan.queries;
  const series = fetched.series.find(({ values }) => values.length > 0);
  if (query === undefined || series === undefined) return undefined;
  return viewSeries(series, query, {
    ...fetched.range,
    nowEpochMs,
    sparklineWidth: SPARKLINE_WIDTH,
    periodSeconds: fetched.periodSeconds.get(query.id),
    unit: units.get(query.id),
    statistic: undefined,
  });
}

async function explainNothing(
  plan: MetricPlan,
  fetched: FetchedMetrics,
  { context, target }: { readonly context: ToolContext; readonly target: Target },
): Promise<EmptyExplanation | undefined> {
  const [query] = plan.queries;
  if (query?.metric === undefined) return undefined;
  return await explainEmpty({
    metric: { ...query.metric, periodSeconds: fetched.periodSeconds.get(query.id) },
    range: fetched.range,
    nowEpochMs: context.nowEpochMs,
    ...lookAround(context, target),
  });
}

interface Found {
  readonly view?: SeriesView;
  readonly analysis?: MetricAnalysis;
  readonly recentSeconds?: number | undefined;
  readonly explanation?: EmptyExplanation | undefined;
}

function answer(
  plan: MetricPlan,
  fetched: FetchedMetrics,
  target: Target,
  { view, analysis, recentSeconds, explanation }: Found,
): Answer<z.input<typeof analyzeMetricOutput>> {
  const [query] = plan.queries;
  const metric = query?.metric;
  const { range, notes } = fetched;
  const periodSeconds = fetched.periodSeconds.get(query?.id ?? '');
  const publishedSeconds =
    view?.publishingSeconds ??
    recentSeconds ??
    detectPublishingSeconds(view?.points.map(({ epochMs }) => epochMs) ?? []);
  // What is finer than the asked period cannot be seen in it.
  const isLeast =
    publishedSeconds === MINUTE_SECONDS ||
    (recentSeconds === undefined &&
      publishedSeconds === periodSeconds &&
      publishedSeconds !== undefined &&
      publishedSeconds <= HOUR_MS / SECOND_MS);
  const density = view === undefined ? 0 : view.points.length / Math.max(1, view.expectedCount);
  const warnings = [...collectWarnings(fetched), ...(explanation?.warnings ?? [])];
  const span = `Range: ${formatTime(range.startEpochMs)} to ${formatTime(range.endEpochMs)} (${formatDuration(range.endEpochMs - range.startEpochMs)})`;
  const data =
    view === undefined
      ? ''
      : `, in periods of ${formatDuration((periodSeconds ?? 0) * SECOND_MS)}; ${view.points.length.toLocaleString('en-US')} of ${view.expectedCount.toLocaleString('en-US')} datapoints (density ${Math.floor(density * PERCENT)}%)`;
  const published =
    publishedSeconds === undefined
      ? 'Published irregularly, or too rarely to tell how often.'
      : `Published every ${formatDuration(publishedSeconds * SECOND_MS)}${isLeast ? ' or more often' : ''}.`;
  const output = view === undefined || analysis === undefined ? undefined : toAnalysisOutput(view, analysis);
  return {
    headline:
      metric === undefined || view === undefined || analysis === undefined
        ? `No datapoints${inAccount(metric?.accountId)}${explanation === undefined ? '' : `: ${explanation.reason}`}.`
        : `${inlineName(metric.metricName)} ${metric.statistic}${inAccount(metric.accountId)} ${describeShortly(view, analysis)}.`,
    targets: [target],
    facts: [`${span}${data}.`, ...(view === undefined ? [] : [published]), ...notes],
    ...(view !== undefined && analysis !== undefined && { sections: [{ items: describeFindings(view, analysis) }] }),
    hints: explanation?.hints ?? [],
    warnings,
    link: metricsLink(target.region, {
      metrics: metric === undefined ? [] : [metric],
      ...range,
      ...(periodSeconds !== undefined && { periodSeconds }),
    }),
    structured: () => ({
      start_time: formatTime(range.startEpochMs),
      end_time: formatTime(range.endEpochMs),
      statistic: metric?.statistic ?? '',
      ...ownerArgument(metric?.accountId),
      ...(view?.unit !== undefined && { unit: view.unit }),
      ...(periodSeconds !== undefined && { period_seconds: periodSeconds }),
      ...(publishedSeconds !== undefined && { published_every_seconds: publishedSeconds }),
      count: view?.points.length ?? 0,
      density: Number(density.toFixed(4)),
      ...(output !== undefined && { analysis: output }),
    }),
  };
}
