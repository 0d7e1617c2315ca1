/** Fetched series → the answer of get_metric_data, in slices: five hundred of them are a hundred thousand figures. */
import type { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import { type ConsoleLink, metricsLink } from '../../../domain/console-links.ts';
import { describeBreak } from '../../../domain/metrics/describe-break.ts';
import { describeExcess, describeNewest, describePoint } from '../../../domain/metrics/describe-newest.ts';
import { formatValue } from '../../../domain/metrics/metric-value.ts';
import { inAccount } from '../../../domain/metrics/owner-account.ts';
import { listPoints } from '../../../domain/metrics/period-state.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { thinPoints } from '../../../domain/metrics/series-thin.ts';
import { cleanAwsText, cleanLine, clip, inlineName } from '../../../domain/text/clean-text.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime } from '../../../domain/time.ts';
import type { Answer } from '../../../tool/types.ts';
import type { MetricAnalysis } from '../shared/analyze-fetched.ts';
import type { MetricPlan } from '../shared/arguments-metrics.ts';
import { tellFindings } from '../shared/describe-findings.ts';
import type { EmptyExplanation } from '../shared/empty-series.ts';
import { type FetchedMetrics, MAX_DATAPOINTS } from '../shared/fetch-metrics.ts';
import { findLeftRange } from '../shared/left-range.ts';
import { formatShortTime, renderDetail, renderRow, TABLE_HEAD } from '../shared/render-series.ts';
import { describeGroups } from '../shared/sort-groups.ts';
import { MAX_DETAILED, OTHER_GROUP, type SeriesView } from '../shared/view-series.ts';
import { type metricOutput, toSeriesOutput } from './output.ts';

/** Datapoints of one answer when the caller did not say. */
const AUTO_POINTS = 180;
const AUTO_POINTS_PER_SERIES = 60;
const MIN_AUTO_POINTS = 12;
/** What a written datapoint takes, and the share of the answer that all may take. */
const POINT_CHARS = 24;
const POINTS_SHARE = 0.5;
const MAX_SQL_CHARS = 600;
const MAX_LINKED = 10;
const MAX_NAMED = 3;
/** Of what CloudWatch says of its data; each series may have words of its own. */
const MAX_SAID = 10;

/** What every answer about metrics is made of. */
export interface MetricFacts {
  readonly plan: MetricPlan;
  readonly fetched: FetchedMetrics;
  readonly views: readonly SeriesView[];
  readonly isMoreGroups: boolean;
  readonly explanations: readonly EmptyExplanation[];
  readonly warnings?: readonly string[];
  readonly target: Target;
  /** Of the series that are told in detail, as far as they were analyzed. */
  readonly analyses?: ReadonlyMap<SeriesView, MetricAnalysis>;
}

export interface AnswerFacts extends MetricFacts {
  readonly includeDatapoints: 'auto' | 'always' | 'never';
  readonly maxChars: number;
}

export async function answerMetrics(facts: AnswerFacts): Promise<Answer<z.input<typeof metricOutput>>> {
  const { plan, fetched, target, views } = facts;
  const pointsPerSeries = countPoints(facts, views.length);
  const isDetailed = views.length <= MAX_DETAILED || facts.includeDatapoints === 'always';
  const { startEpochMs, endEpochMs } = fetched.range;
  const rows = await mapInSlices(views, (view) => {
    const points = pointsPerSeries === 0 ? undefined : choosePoints(view, pointsPerSeries);
    const analysis = facts.analyses?.get(view);
    const text = isDetailed ? renderDetail(view, { startEpochMs, endEpochMs, points, analysis }) : renderRow(view);
    return { view, points, text };
  });
  const warnings = [
    ...(facts.warnings ?? []),
    ...collectWarnings(fetched),
    ...facts.explanations.flatMap((explanation) => explanation.warnings),
  ];
  const total = facts.isMoreGroups ? undefined : views.length;
  return {
    headline: describeHeadline(facts),
    targets: [target],
    facts: [
      `Range: ${formatTime(startEpochMs)} to ${formatTime(endEpochMs)} (${formatDuration(endEpochMs - startEpochMs)})`,
      ...(plan.insights === undefined
        ? []
        : [`Metrics Insights: ${clip(cleanLine(plan.insights.sql), MAX_SQL_CHARS)}`]),
      ...fetched.notes,
    ],
    list: {
      noun: 'series',
      nounPlural: 'series',
      isUntrusted: true,
      ...(!isDetailed && { head: TABLE_HEAD }),
      items: rows.map(({ text }) => text),
      total,
      narrowBy:
        plan.mode === 'insights' || plan.groups !== undefined
          ? 'lower limit or filter with dimensions'
          : 'ask for fewer queries or a narrower SEARCH',
    },
    hints: collectHints(facts),
    warnings,
    link: linkTo(facts),
    structured: (page) => ({
      mode: plan.mode,
      start_time: formatTime(startEpochMs),
      end_time: formatTime(endEpochMs),
      ...(plan.insights !== undefined && { sql: plan.insights.sql }),
      series: rows.slice(0, page.shown).map(({ view, points }) => toSeriesOutput(view, points)),
      notes: [...fetched.notes],
    }),
  };
}

function countPoints({ includeDatapoints, maxChars }: AnswerFacts, seriesCount: number): number {
  if (includeDatapoints === 'never' || seriesCount === 0) return 0;
  const room = Math.floor((maxChars * POINTS_SHARE) / POINT_CHARS / seriesCount);
  if (includeDatapoints === 'always') return Math.max(room, 1);
  const share = Math.min(AUTO_POINTS_PER_SERIES, Math.floor(AUTO_POINTS / seriesCount), room);
  return share < MIN_AUTO_POINTS ? 0 : share;
}

function choosePoints(view: SeriesView, count: number): readonly Point[] | undefined {
  return view.points.length === 0 ? undefined : thinPoints(listPoints(view), count);
}

/** The newest value and the extremes, or why there is nothing. */
export function describeHeadline(facts: MetricFacts): string {
  const { plan, views, fetched, explanations } = facts;
  const filled = views.filter(({ points }) => points.length > 0);
  const asked = plan.queries[0]?.metric ?? plan.insights?.metric;
  if (filled.length === 0)
    return `No datapoints${inAccount(asked?.accountId)}${explanations[0] === undefined ? '' : `: ${explanations[0].reason}`}.`;
  if (plan.groups !== undefined) return describeGroups(filled, plan.groups);
  const [only] = filled;
  const metric = plan.queries[0]?.metric;
  if (plan.mode === 'metric' && only?.summary !== undefined && metric !== undefined) {
    const time = (epochMs: number): string => formatShortTime(epochMs, fetched.range);
    const value = (number: number): string => formatValue(number, only.unit);
    const { max, p50 } = only.summary;
    const excess = describeExcess(only, { value, time });
    const left = excess === undefined ? tellLeft(only, facts, time) : undefined;
    const found = left === undefined ? tellOf(only, facts, time) : [];
    const said = [
      ...(excess === undefined ? [] : [`is at ${excess}`]),
      ...found,
      ...(left === undefined ? [] : [left]),
      `was ${describeNewest(only, { value, time })}`,
      `its median is ${value(p50)}, its maximum ${describePoint(max, { value, time })}`,
    ];
    return `${inlineName(metric.metricName)} ${metric.statistic}${inAccount(metric.accountId)} ${said.join('; ')}.`;
  }
  const time = (epochMs: number): string => formatShortTime(epochMs, fetched.range);
  const [told] = [...(facts.analyses ?? [])]
    .filter(([view, { findings }]) => findings.length > 0 && tellLeft(view, facts, time) === undefined)
    .toSorted(([, a], [, b]) => (b.findings[0]?.size ?? 0) - (a.findings[0]?.size ?? 0));
  const most = told === undefined ? '' : ` ${nameOf(told[0])} ${tellOf(told[0], facts, time).join('; ')}.`;
  const named = filled.slice(0, MAX_NAMED).map((view) => {
    const value = (number: number): string => formatValue(number, view.unit);
    const excess = describeExcess(view, { value, time });
    const left = excess === undefined && view !== told?.[0] ? tellLeft(view, facts, time) : undefined;
    const before = excess === undefined ? left : `at ${excess}`;
    const newest = `${before === undefined ? '' : `${before}; `}${describeNewest(view, { value })}`;
    const sum = view.sum === undefined ? newest : `sum ${value(view.sum)}${view.open.length > 0 ? ' so far' : ''}`;
    return `${nameOf(view)} ${sum}`;
  });
  const count = `${filled.length}${filled.length < views.length ? ` of ${views.length}` : ''} series ${nounOf(filled.length, 'has', 'have')} data`;
  return `${count}: ${named.join(', ')}${filled.length > MAX_NAMED ? ', …' : ''}.${most}`;
}

function nameOf({ label, id, accountId }: SeriesView): string {
  return `${inlineName(label || id)}${inAccount(accountId)}`;
}

/** Since when a series has left its range, unless its most important finding tells the same. */
function tellLeft(view: SeriesView, { analyses }: MetricFacts, time: (epochMs: number) => string): string | undefined {
  const value = (number: number): string => formatValue(number, view.unit);
  return findLeftRange(view, analyses?.get(view)) === undefined
    ? undefined
    : describeBreak(view.points, { value, time });
}

/** The most important finding of one series. */
function tellOf(view: SeriesView, { analyses }: MetricFacts, time: (epochMs: number) => string): string[] {
  const analysis = analyses?.get(view);
  const value = (number: number): string => formatValue(number, view.unit);
  return analysis === undefined ? [] : tellFindings(analysis, { value, time }, 1);
}

/** What CloudWatch says of data that is not there in full. */
export function collectWarnings({ series, messages, isTruncated, isNewestMissing }: FetchedMetrics): string[] {
  const bad = series.filter(({ status }) => status !== 'Complete');
  const partial = isTruncated ? [] : bad.filter(({ status }) => status === 'PartialData');
  const failed = bad.filter(({ status }) => status === 'InternalError');
  const forbidden = bad.filter(({ status }) => status === 'Forbidden');
  const list = (some: readonly { id: string; label: string }[]): string =>
    `${some
      .slice(0, MAX_NAMED)
      .map(({ id, label }) => inlineName(label || id))
      .join(', ')}${some.length > MAX_NAMED ? `, … (${some.length})` : ''}`;
  const all = [...new Set([...messages, ...series.flatMap((one) => one.messages)])];
  const said = new Set(all.slice(0, MAX_SAID).map(cleanAwsText));
  return [
    ...(isTruncated
      ? [
          `${isNewestMissing ? 'The newest' : 'Older'} datapoints, or whole series, are missing: reading stopped at ${MAX_DATAPOINTS.toLocaleString('en-US')} datapoints or at the time limit → shorten the range, lengthen period or ask for fewer series.`,
        ]
      : []),
    ...(partial.length > 0
      ? [`CloudWatch gave only part of the data of ${list(partial)} → shorten the range or call again.`]
      : []),
    ...(failed.length > 0 ? [`CloudWatch failed inside for ${list(failed)} → call again.`] : []),
    ...(forbidden.length > 0 ? [`CloudWatch forbids ${list(forbidden)} to this caller.`] : []),
    ...[...said].filter((text) => text !== '').map((text) => `CloudWatch says: ${text}.`),
    ...(all.length > MAX_SAID ? [`CloudWatch says ${all.length - MAX_SAID} things more about these series.`] : []),
  ];
}

/** Why something is empty and what to try. */
export function collectHints({ plan, views, explanations, isMoreGroups }: MetricFacts): string[] {
  const hints = explanations.flatMap((explanation, index) =>
    index === 0 && views.every(({ points }) => points.length === 0)
      ? explanation.hints
      : [`${explanation.reason}.`, ...explanation.hints],
  );
  if (isMoreGroups) hints.push('There are more groups than limit: raise limit, or filter with dimensions.');
  if (
    plan.insights?.groupBy !== undefined &&
    explanations.length === 0 &&
    plan.insights.schemaKeys.length === 0 &&
    views.some(({ label }) => label === OTHER_GROUP)
  ) {
    hints.push(
      `Group ${OTHER_GROUP} holds metrics without the dimension ${inlineName(plan.insights.groupBy)}: pass schema_dimension_keys to leave them out.`,
    );
  }
  const isExpressionEmpty = plan.queries.some(
    ({ id, expression, isReturned }) =>
      plan.mode === 'queries' &&
      plan.groups === undefined &&
      isReturned &&
      expression !== undefined &&
      views.every((view) => view.id !== id || view.points.length === 0),
  );
  if (isExpressionEmpty) {
    hints.push(
      'An expression gave no datapoints: a SEARCH may match no metric (list_metrics tells which exist), or one of its operands has no data; set return_data=true on the operands to see which.',
    );
  }
  return [...new Set(hints)];
}

/** The same graph in the console; of groups, those that are shown. */
export function linkTo({ plan, fetched, target, views }: MetricFacts): ConsoleLink | undefined {
  const [periodSeconds] = fetched.periodSeconds.values();
  const shown = new Set(views.map(({ id }) => groupOf(id)));
  const ofShown = plan.groups === undefined ? [] : plan.queries.filter(({ id }) => shown.has(groupOf(id)));
  const metrics = (ofShown.length === 0 ? plan.queries : ofShown)
    .slice(0, MAX_LINKED)
    .map(({ id, metric, expression = '' }) => ({ id, ...(metric ?? { expression }) }));
  return metricsLink(target.region, {
    metrics,
    ...fetched.range,
    ...(periodSeconds !== undefined && { periodSeconds }),
  });
}

/** The number that the ids of a group's queries end with. */
function groupOf(id: string): string {
  return id.slice(id.lastIndexOf('_') + 1);
}
