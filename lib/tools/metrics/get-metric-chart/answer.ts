/** What was drawn → the answer of get_metric_chart, whose text stands alone. Pure. */
import { z } from 'zod';
import { formatValue } from '../../../domain/metrics/metric-value.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { listSome } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime } from '../../../domain/time.ts';
import type { Answer, Link, Media } from '../../../tool/types.ts';
import { collectHints, collectWarnings, describeHeadline } from '../get-metric-data/answer.ts';
import { renderRow, TABLE_HEAD } from '../shared/render-series.ts';
import type { SeriesView } from '../shared/view-series.ts';
import { type ChartContent, measureOf } from './answer-content.ts';

/** The chart shows the rest; get_metric_data tells it. */
const MAX_ROWS = 25;
const FIGURE_DIGITS = 12;
const MAX_NAMED = 3;

const seriesOutput = z.strictObject({
  label: z.string(),
  account_id: z.string().optional(),
  unit: z.string().optional(),
  statistic: z.string().optional(),
  period_seconds: z.number().optional(),
  min: z.number().optional(),
  mean: z.number().optional(),
  max: z.number().optional(),
  last: z.number().optional(),
});

export const chartOutput = z.strictObject({
  chart: z.string().optional(),
  series: z.array(seriesOutput),
});

export interface ChartFacts extends ChartContent {
  /** What is attached, e.g. `PNG, 800×400`; undefined = nothing. */
  readonly chart: string | undefined;
  readonly media: Media | undefined;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly link: Link | undefined;
}

export function answerChart(facts: ChartFacts): Answer<z.input<typeof chartOutput>> {
  const { fetched, views, chart, media, target } = facts;
  const { startEpochMs, endEpochMs } = fetched.range;
  const warnings = [
    ...facts.warnings,
    ...collectWarnings(fetched),
    ...facts.explanations.flatMap((explanation) => explanation.warnings),
  ];
  return {
    headline: `${describeChart(facts)}${describeHeadline(facts)}`,
    targets: [target],
    facts: [
      `Range: ${formatTime(startEpochMs)} to ${formatTime(endEpochMs)} (${formatDuration(endEpochMs - startEpochMs)})`,
      ...describeMeasures(views),
      ...describeSamples(facts),
      ...(chart === undefined ? [] : [...describeLines(facts), ...describeMarks(facts)]),
      ...facts.notes,
      ...fetched.notes,
    ],
    list: {
      noun: 'series',
      nounPlural: 'series',
      isUntrusted: true,
      head: TABLE_HEAD,
      items: views.slice(0, MAX_ROWS).map(renderRow),
      total: views.length,
      continueBy: () => 'The chart has all; get_metric_data with the same queries gives their figures.',
      narrowBy: 'ask for fewer queries or a narrower SEARCH',
    },
    hints: collectHints(facts),
    warnings,
    link: facts.link,
    ...(media !== undefined && { media: [media] }),
    structured: ({ shown }) => ({
      chart,
      series: views.slice(0, shown).map(toSeriesOutput),
    }),
  };
}

function describeChart({ chart, views }: ChartFacts): string {
  if (chart !== undefined) return `Chart (${chart}): `;
  return views.some(({ points }) => points.length > 0) ? 'No picture, but figures: ' : '';
}

/** What the datapoints are: the same Sum is twice as high over periods twice as long. */
function describeMeasures(views: readonly SeriesView[]): string[] {
  const ids = new Map<string, string[]>();
  for (const view of views.filter(({ points }) => points.length > 0)) {
    const measure = measureOf(view);
    if (measure !== undefined) ids.set(measure, [...(ids.get(measure) ?? []), view.id]);
  }
  const told = [...ids].map(
    ([measure, some]) => `${measure}${ids.size === 1 ? '' : ` (${listSome([...new Set(some)], MAX_NAMED)})`}`,
  );
  return told.length === 0 ? [] : [`Datapoints: ${listSome(told, MAX_NAMED, '; ')}`];
}

/** A mean hides what was inside of it. */
function describeSamples({ fetched, views }: ChartContent): string[] {
  const told = views.flatMap(({ id, label, unit, summary }) => {
    const { low, high } = fetched.samples.get(id) ?? {};
    if (summary === undefined || low === undefined || high === undefined) return [];
    const least = low.values.reduce((a, b) => Math.min(a, b), summary.min.value);
    const most = high.values.reduce((a, b) => Math.max(a, b), summary.max.value);
    const of = views.length === 1 ? '' : ` ${inlineName(label || id)}`;
    return least < most ? [`${of} ${formatValue(least, unit)} to ${formatValue(most, unit)}`] : [];
  });
  return told.length === 0 ? [] : [`Single samples inside these averages:${told.join(';')}`];
}

/** One alone is in the headline. */
function describeMarks({ marked, weekBefore, views }: ChartContent): string[] {
  const marks = marked.map(
    ({ view, text }, index) =>
      `(${index + 1})${views.length === 1 ? '' : ` ${inlineName(view.label || view.id)}`} ${text}`,
  );
  return [
    ...(marks.length > 1 ? [`Marked: ${marks.join('; ')}`] : []),
    ...(weekBefore.size > 0 ? ['Dotted: a week before'] : []),
  ];
}

function describeLines({ alarms, annotations, views }: ChartContent): string[] {
  const [unit, ...others] = new Set(views.map((view) => view.unit));
  const show = (value: number): string => formatValue(value, others.length === 0 ? unit : undefined);
  const lines = [
    ...alarms.map(
      ({ name, state, condition }) => `${show(condition.threshold)} of alarm ${inlineName(name)} (${state})`,
    ),
    ...annotations.map(({ label, value }) => `${show(value)}${label === '' ? '' : ` ${inlineName(label)}`}`),
  ];
  return lines.length === 0 ? [] : [`Lines at: ${lines.join(', ')}`];
}

function toSeriesOutput({
  label,
  id,
  accountId,
  unit,
  statistic,
  periodSeconds,
  summary,
}: SeriesView): z.input<typeof seriesOutput> {
  return {
    label: label || id,
    account_id: accountId,
    unit,
    statistic,
    period_seconds: periodSeconds,
    ...(summary !== undefined && {
      min: tidy(summary.min.value),
      mean: tidy(summary.mean),
      max: tidy(summary.max.value),
      last: tidy(summary.last.value),
    }),
  };
}

/** Computed figures without the dust of binary fractions (`616.0000000000001`). */
function tidy(value: number): number {
  return Number(value.toPrecision(FIGURE_DIGITS));
}
