import { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { createSlices, runInSlices } from '../../../domain/async/slices.ts';
import { renderChartPage } from '../../../domain/metrics/chart/render-chart-page.ts';
import { REGIONS } from '../../../domain/regions.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { resolveRange } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { timeRange, where } from '../../../tool/params.ts';
import type { Media, ToolContext } from '../../../tool/types.ts';
import { linkTo } from '../get-metric-data/answer.ts';
import { analyzeViews } from '../shared/analyze-fetched.ts';
import type { MetricPlan } from '../shared/arguments-metrics.ts';
import { gatherMetrics } from '../shared/gather-metrics.ts';
import { findMetricAlarms } from '../shared/metric-alarms.ts';
import { answerChart, chartOutput } from './answer.ts';
import { type ChartContent, isFar, pageUri, toPage, toWidget } from './answer-content.ts';
import { listMarked } from './answer-findings.ts';
import { chartArguments, DEFAULT_HEIGHT, DEFAULT_WIDTH, MAX_CHART_QUERIES, planChart } from './arguments.ts';
import { chooseAlarms, readBands } from './read-alarms.ts';
import { drawPicture } from './read-picture.ts';
import { readWeekBefore } from './read-week-before.ts';

/** A page can be zoomed into: it holds more than it shows at once, and less of each of many series, to stay small. */
const PAGE_DATAPOINTS = 12_000;
const MIN_PAGE_DATAPOINTS = 720;
const MAX_PAGE_DATAPOINTS = 2_880;
/** Closer points cannot be told apart. */
const PIXELS_PER_DATAPOINT = 2;
const MIN_DATAPOINTS = 60;
/** Where GetMetricWidgetImage does not exist (its API reference). */
const PARTITION_WITHOUT_PICTURES = 'aws-us-gov';

export const getMetricChart = defineTool({
  name: 'get_metric_chart',
  title: 'Get metric chart',
  description:
    'Draws metrics with the thresholds of their alarms: a PNG, or an interactive HTML page (ui:// resource). Only when the user wants a chart: some clients give pictures to the model.',
  toolset: 'metrics',
  annotations: READ_ONLY,
  inputSchema: z.object({ ...chartArguments, ...timeRange('-3h'), ...where }),
  outputSchema: chartOutput,
  async handler(input, context) {
    const plan = planChart(input);
    const annotations = (input.annotations ?? []).map(({ label = '', value }) => ({ label, value }));
    const target = context.targets.one(input);
    const range = resolveRange(input.start_time, input.end_time, context.nowEpochMs);
    const { width = DEFAULT_WIDTH, height = DEFAULT_HEIGHT } = input;
    const targetDatapoints =
      input.format === 'html'
        ? countPageDatapoints(plan)
        : Math.max(MIN_DATAPOINTS, Math.floor(width / PIXELS_PER_DATAPOINT));
    const [gathered, found] = await Promise.all([
      gatherMetrics({ plan, target, range, targetDatapoints, hasSamples: true }, context),
      findAlarms(plan, target, context),
    ]);
    const views = gathered.views.slice(0, MAX_CHART_QUERIES);
    const left = gathered.views.length - views.length;
    const warnings = [
      ...found.warnings,
      ...(left > 0 ? [`${left} more series are not drawn: a chart holds ${MAX_CHART_QUERIES}.`] : []),
    ];
    const analyses = await analyzeViews(views);
    const content: ChartContent = {
      ...gathered,
      views,
      analyses,
      plan,
      target,
      annotations,
      alarms: [],
      bands: [],
      marked: listMarked(views, analyses, gathered.fetched.range),
      weekBefore: new Map(),
    };
    const link = linkTo(content);
    if (views.every(({ points }) => points.length === 0))
      return answerChart({ ...content, chart: undefined, media: undefined, notes: [], warnings, link });
    const [query] = plan.queries;
    const chosen = chooseAlarms(found.alarms, {
      statistic: query?.metric?.statistic ?? '',
      periodSeconds: gathered.fetched.periodSeconds.get(query?.id ?? ''),
    });
    const drawn =
      input.format === 'html'
        ? await drawHtml({ ...content, alarms: chosen.drawn }, input, context)
        : await drawPng({ ...content, alarms: chosen.drawn }, { widthPixels: width, heightPixels: height }, context);
    return answerChart({
      ...drawn,
      link,
      notes: [...chosen.notes, ...drawn.notes],
      warnings: [...warnings, ...drawn.warnings],
    });
  },
});

/** Of each series, by how many are asked for. */
function countPageDatapoints({ queries }: MetricPlan): number {
  const count = Math.max(1, queries.filter(({ isReturned }) => isReturned).length);
  return Math.max(MIN_PAGE_DATAPOINTS, Math.min(MAX_PAGE_DATAPOINTS, Math.floor(PAGE_DATAPOINTS / count)));
}

/** The alarms on the one metric that a chart is of; of several metrics none, since their lines could not be told apart. */
async function findAlarms(plan: MetricPlan, target: Target, context: ToolContext) {
  const [query] = plan.queries;
  if (plan.mode !== 'metric' || query?.metric === undefined) return { alarms: [], warnings: [] };
  const found = await findMetricAlarms(context.aws(target).alarms, query.metric, context);
  return 'value' in found
    ? { alarms: found.value, warnings: [] }
    : { alarms: [], warnings: [`Thresholds of alarms are missing: ${found.error.publicMessage}`] };
}

interface Drawn extends ChartContent {
  readonly chart: string | undefined;
  readonly media: Media | undefined;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

async function drawHtml(
  content: ChartContent,
  size: { readonly width?: number | undefined; readonly height?: number | undefined },
  context: ToolContext,
): Promise<Drawn> {
  const { alarms, metrics } = context.aws(content.target);
  const [{ bands, warnings }, before] = await Promise.all([
    readBands(alarms, content.alarms, content.fetched.range, context),
    readWeekBefore(metrics, content, context),
  ]);
  const whole = { ...content, bands, weekBefore: before.lines };
  const slices = createSlices();
  await slices.next();
  const page = toPage(whole, linkTo(content), { width: size.width, height: size.height });
  const text = await runInSlices(renderChartPage(page), slices);
  const media: Media = { kind: 'page', uri: pageUri(text), mimeType: 'text/html', text };
  return {
    ...whole,
    chart: 'interactive HTML page',
    media,
    notes: [],
    warnings: [...warnings, ...before.warnings],
  };
}

async function drawPng(
  content: ChartContent,
  size: { readonly widthPixels: number; readonly heightPixels: number },
  context: ToolContext,
): Promise<Drawn> {
  const { target, plan, views } = content;
  const far = content.alarms.filter(({ condition }) => isFar(condition.threshold, views));
  const near = { ...content, alarms: content.alarms.filter((alarm) => !far.includes(alarm)) };
  const notes = [
    ...(far.length === 0
      ? []
      : [
          `Not drawn, being far from the values: ${far.map(({ name, condition }) => `${condition.threshold} of ${inlineName(name)}`).join(', ')}.`,
        ]),
    ...(plan.queries.some(({ metric }) => metric?.unit !== undefined)
      ? ['The picture shows data of every unit; the figures below only that of the unit asked for.']
      : []),
  ];
  if (REGIONS[target.region] === PARTITION_WITHOUT_PICTURES) {
    const warnings = ['CloudWatch draws no pictures in AWS GovCloud (US) → pass format=html.'];
    return { ...near, chart: undefined, media: undefined, notes, warnings };
  }
  const port = context.aws(target).metrics;
  const made = await attempt(context.signal, drawPicture(port, toWidget(near, size), context.hasTime, context.signal));
  if ('error' in made) {
    const warnings = [`There is no picture: ${made.error.publicMessage}`];
    return { ...near, chart: undefined, media: undefined, notes, warnings };
  }
  const { bytes, widthPixels, heightPixels, isSmaller } = made.value;
  return {
    ...near,
    chart: `PNG, ${widthPixels}×${heightPixels}`,
    media: { kind: 'image', mimeType: 'image/png', bytes },
    notes: isSmaller ? [...notes, 'The picture is smaller than asked for, to stay below 100 kB.'] : notes,
    warnings: [],
  };
}
