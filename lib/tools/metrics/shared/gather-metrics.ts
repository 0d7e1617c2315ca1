/** A plan → series with their figures, or why there are none: the reading half of the tools that show metrics. */

import type { Target } from '../../../aws/ports/targets.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import { formatCount } from '../../../domain/text/counts.ts';
import type { TimeRange } from '../../../domain/time.ts';
import type { ToolContext } from '../../../tool/types.ts';
import type { GroupsPlan, MetricPlan } from './arguments-metrics.ts';
import { lookAround } from './empty-elsewhere.ts';
import { explainInsights } from './empty-insights.ts';
import { type EmptyExplanation, type EmptyQuestion, explainEmpty } from './empty-series.ts';
import { type FetchedMetrics, type FetchSettings, fetchMetrics } from './fetch-metrics.ts';
import { findUnits } from './find-units.ts';
import { type ExpandedGroups, expandGroups } from './read-groups.ts';
import { sortGroups } from './sort-groups.ts';
import { MAX_DETAILED, OTHER_GROUP, type SeriesView, viewSeries } from './view-series.ts';

/** Each explanation is some calls to CloudWatch. */
const MAX_EXPLAINED = 3;
const DETAIL_WIDTH = 60;
const ROW_WIDTH = 16;
/** A rare metric whose last datapoint is older than so many of its periods has stopped. */
const MAX_MISSED_PERIODS = 3;

export interface MetricQuestion {
  readonly plan: MetricPlan;
  readonly target: Target;
  readonly range: TimeRange;
  /** How many datapoints a series should have, as far as periods allow. */
  readonly targetDatapoints: number;
  /** Whether the samples inside of averages are asked for too, of a few. */
  readonly hasSamples?: boolean;
}

export interface GatheredMetrics {
  /** As it was asked, groups expanded. */
  readonly plan: MetricPlan;
  readonly fetched: FetchedMetrics;
  readonly views: readonly SeriesView[];
  /** There are more groups than were asked for. */
  readonly isMoreGroups: boolean;
  /** For each metric without datapoints, the first few. */
  readonly explanations: readonly EmptyExplanation[];
  readonly warnings?: readonly string[];
}

export async function gatherMetrics(question: MetricQuestion, context: ToolContext): Promise<GatheredMetrics> {
  const { groups } = question.plan;
  const { target } = question;
  const port = context.aws(target).metrics;
  const settings: FetchSettings = {
    range: question.range,
    nowEpochMs: context.nowEpochMs,
    targetDatapoints: question.targetDatapoints,
    hasTime: context.hasTime,
    hasSamples: question.hasSamples === true,
  };
  const { endEpochMs } = question.range;
  const expanded =
    groups === undefined ? undefined : await expandGroups(question.plan, groups, port, { ...context, endEpochMs });
  const plan = expanded?.plan ?? question.plan;
  if (groups !== undefined && expanded !== undefined)
    return await gatherGroups({ groups, expanded, settings }, question, context);
  const [first, units] = await Promise.all([
    fetchMetrics(port, plan, settings, context.signal),
    findUnits(port, plan, settings.range, context.signal),
  ]);
  const explanations = await explainGaps(plan, first, context, target);
  const publishingSeconds = findRarity(plan, explanations, context.nowEpochMs);
  const fetched =
    publishingSeconds === undefined
      ? first
      : await fetchMetrics(port, plan, { ...settings, publishingSeconds }, context.signal);
  const isFilled = fetched.series.some(({ values }) => values.length > 0);
  const views = await viewAll(plan, fetched, units, context.nowEpochMs);
  const groupLimit = plan.insights?.groupLimit ?? views.length;
  return {
    plan,
    fetched,
    views: views.slice(0, groupLimit),
    isMoreGroups: views.length > groupLimit,
    explanations: publishingSeconds !== undefined && isFilled ? [] : explanations,
  };
}

interface Groups {
  readonly groups: GroupsPlan;
  readonly expanded: ExpandedGroups;
  readonly settings: FetchSettings;
}

/** The unit of one group is that of all; groups without data are left out, unless all are. */
async function gatherGroups(
  { groups, expanded, settings }: Groups,
  { target }: MetricQuestion,
  context: ToolContext,
): Promise<GatheredMetrics> {
  const { plan, labels, notes, warnings } = expanded;
  const port = context.aws(target).metrics;
  const [first] = plan.queries.filter(({ isReturned }) => isReturned);
  const one: MetricPlan = { ...plan, queries: first === undefined ? [] : [first] };
  const [fetched, units] = await Promise.all([
    fetchMetrics(port, plan, settings, context.signal),
    findUnits(port, one, settings.range, context.signal),
  ]);
  const unit = units.get(first?.id ?? '');
  const isSame = groups.templates.filter(({ isReturned }) => isReturned).length === 1;
  const known = new Map(unit === undefined || !isSame ? [] : plan.queries.map(({ id }) => [id, unit]));
  const views = await viewAll(plan, fetched, known, context.nowEpochMs);
  const sorted = sortGroups(
    views.map((view) => ({ ...view, label: labels.get(view.id) ?? view.label })),
    groups,
  );
  const silent = labels.size - sorted.length;
  return {
    plan,
    fetched: {
      ...fetched,
      notes: [
        ...notes,
        ...fetched.notes,
        ...(silent > 0 ? [`${formatCount(silent)} of them have no data in the range.`] : []),
      ],
    },
    views: sorted.slice(0, groups.limit),
    isMoreGroups: sorted.length > groups.limit,
    explanations: sorted.length === 0 ? await explainGaps(one, fetched, context, target) : [],
    warnings,
  };
}

/** For each metric without datapoints (the first few): why, and what to try. */
async function explainGaps(
  plan: MetricPlan,
  fetched: FetchedMetrics,
  context: ToolContext,
  target: Target,
): Promise<EmptyExplanation[]> {
  const filled = new Set(fetched.series.filter(({ values }) => values.length > 0).map(({ id }) => id));
  const question: Omit<EmptyQuestion, 'metric'> = {
    range: fetched.range,
    nowEpochMs: context.nowEpochMs,
    ...lookAround(context, target),
  };
  if (plan.insights !== undefined) {
    const isAnyNamed = fetched.series.some(({ label, values }) => values.length > 0 && label !== OTHER_GROUP);
    const isGrouped = plan.insights.groupBy !== undefined;
    return (isGrouped ? isAnyNamed : filled.size > 0) ? [] : [await explainInsights(plan.insights, question)];
  }
  const empty = plan.queries.filter(
    ({ id, isReturned, metric }) => isReturned && metric !== undefined && !filled.has(id),
  );
  const asked = empty.flatMap(({ id, metric }) =>
    metric === undefined ? [] : [{ ...metric, periodSeconds: fetched.periodSeconds.get(id) }],
  );
  return await inParallel(asked.slice(0, MAX_EXPLAINED), MAX_EXPLAINED, (metric) =>
    explainEmpty({ ...question, metric }),
  );
}

/** The publishing period of the one metric asked for, when it is so rare that the range just missed it. */
function findRarity(
  plan: MetricPlan,
  explanations: readonly EmptyExplanation[],
  nowEpochMs: number,
): number | undefined {
  const seen = plan.mode === 'metric' ? explanations[0]?.lastSeen : undefined;
  if (seen?.publishingSeconds === undefined) return undefined;
  return nowEpochMs - seen.lastEpochMs <= MAX_MISSED_PERIODS * seen.publishingSeconds * 1_000
    ? seen.publishingSeconds
    : undefined;
}

async function viewAll(
  plan: MetricPlan,
  fetched: FetchedMetrics,
  units: ReadonlyMap<string, string>,
  nowEpochMs: number,
): Promise<SeriesView[]> {
  const queries = new Map(plan.queries.map((query) => [query.id, query]));
  const sparklineWidth = fetched.series.length <= MAX_DETAILED ? DETAIL_WIDTH : ROW_WIDTH;
  const views = await mapInSlices(fetched.series, (series) =>
    viewSeries(series, queries.get(series.id), {
      ...fetched.range,
      nowEpochMs,
      sparklineWidth,
      periodSeconds: fetched.periodSeconds.get(series.id),
      unit: units.get(series.id),
      statistic: plan.insights?.statistic,
    }),
  );
  return plan.mode === 'queries' ? sortWithinIds(views) : views;
}

/** Several series of one SEARCH: those with the highest maximum first. The queries stay in the caller's order. */
function sortWithinIds(views: readonly SeriesView[]): SeriesView[] {
  const order = new Map([...new Set(views.map(({ id }) => id))].map((id, index) => [id, index]));
  const highest = (view: SeriesView): number => view.summary?.max.value ?? -Number.MAX_VALUE;
  return views.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0) || highest(b) - highest(a));
}
