/** Planned queries → periods → data. The one place where get_metric_data asks for datapoints. */
import type { MetricData, MetricDataQuery, MetricsPort } from '../../../aws/ports/metrics.ts';
import { readExpression } from '../../../domain/metrics/expression.ts';
import {
  alignDown,
  choosePeriod,
  finestStoredSeconds,
  knownPublishingSeconds,
  RETENTION_MS,
  widenStart,
} from '../../../domain/metrics/period.ts';
import { DAY_MS, formatDuration, formatTime, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import type { MetricPlan, PlannedQuery } from './arguments-metrics.ts';
import { listSampleQueries, MAX_SAMPLED, type SeriesSamples, takeSamples } from './sample-queries.ts';

/** As many as one page of GetMetricData holds: more is too much to read, and seconds of paging. */
export const MAX_DATAPOINTS = 100_800;

/** A range that begins earlier by more than this share is worth a word. */
const NOTED_SHARE = 0.05;
/** How far Metrics Insights reaches back (User Guide, "Metrics Insights quotas"). */
export const INSIGHTS_REACH_MS = 14 * DAY_MS;

export interface FetchSettings {
  readonly range: TimeRange;
  readonly nowEpochMs: number;
  readonly targetDatapoints: number;
  /** Found out from the data; known ones are looked up. */
  readonly publishingSeconds?: number;
  readonly hasTime: () => boolean;
  /** Whether the samples inside of averages are asked for too, of a few. */
  readonly hasSamples?: boolean;
}

export interface FetchedMetrics extends MetricData {
  /** As they were asked, with their periods. */
  readonly queries: readonly MetricDataQuery[];
  readonly range: TimeRange;
  /** The period by query id; of an expression, that of its operands or the one that its text names, where there is any. */
  readonly periodSeconds: ReadonlyMap<string, number>;
  /** Of averages, by query id, as far as they were asked for. */
  readonly samples: ReadonlyMap<string, SeriesSamples>;
  /** What became different from what was asked for. */
  readonly notes: readonly string[];
}

export async function fetchMetrics(
  port: MetricsPort,
  plan: MetricPlan,
  settings: FetchSettings,
  signal: AbortSignal,
): Promise<FetchedMetrics> {
  const { range: fitted, notes: rangeNotes } = fitRange(plan, settings);
  const seriesCount = plan.insights?.groupLimit ?? plan.queries.filter(({ isReturned }) => isReturned).length;
  const sampled = settings.hasSamples === true ? Math.min(MAX_SAMPLED, seriesCount) * 2 : 0;
  const notes = new Set(rangeNotes);
  const periodSeconds = new Map<string, number>();
  const queries = plan.queries.map((query): MetricDataQuery => {
    const choice = choosePeriod({
      ...fitted,
      nowEpochMs: settings.nowEpochMs,
      targetDatapoints: settings.targetDatapoints,
      maxDatapoints: Math.max(1, Math.floor(MAX_DATAPOINTS / (seriesCount + sampled))),
      publishingPeriodSeconds: publishingOf(query, settings),
      requestedSeconds: query.requestedSeconds,
    });
    if (choice.note !== undefined) notes.add(`Note: ${choice.note}.`);
    const isPeriodSent = query.metric !== undefined || query.requestedSeconds !== undefined || isSql(query.expression);
    if (isPeriodSent) periodSeconds.set(query.id, choice.periodSeconds);
    return toDataQuery(query, isPeriodSent ? choice.periodSeconds : undefined);
  });
  for (const [id, seconds] of readPeriods(plan, periodSeconds)) periodSeconds.set(id, seconds);
  const range = alignRange(fitted, Math.max(0, ...periodSeconds.values()), settings.nowEpochMs);
  if (fitted.startEpochMs - range.startEpochMs > (fitted.endEpochMs - fitted.startEpochMs) * NOTED_SHARE) {
    notes.add(`Note: the range begins at ${formatTime(range.startEpochMs)}, so that its first period is a whole one.`);
  }
  if (range.endEpochMs !== fitted.endEpochMs) {
    notes.add(`Note: the range ends at ${formatTime(range.endEpochMs)}, so that its last period is a whole one.`);
  }
  const more = settings.hasSamples === true ? listSampleQueries(queries) : { queries: [], ids: new Map() };
  const data = await port.getMetricData(
    { ...range, queries: [...queries, ...more.queries], maxDatapoints: MAX_DATAPOINTS, hasTime: settings.hasTime },
    signal,
  );
  return { ...data, ...takeSamples(data.series, more), queries, range, periodSeconds, notes: [...notes] };
}

function toDataQuery(query: PlannedQuery, periodSeconds: number | undefined): MetricDataQuery {
  const base = {
    id: query.id,
    isReturned: query.isReturned,
    ...(query.label !== undefined && { label: query.label }),
  };
  if (query.metric !== undefined && periodSeconds !== undefined)
    return { ...base, metricStat: { ...query.metric, periodSeconds } };
  return {
    ...base,
    expression: query.expression ?? '',
    ...(periodSeconds !== undefined && { periodSeconds }),
    ...(query.accountId !== undefined && { accountId: query.accountId }),
  };
}

/** Only Metrics Insights needs a period from outside; math takes that of its operands, SEARCH has its own. */
export function isSql(expression: string | undefined): boolean {
  return expression !== undefined && /^\s*select\b/i.test(expression);
}

function publishingOf(query: PlannedQuery, settings: FetchSettings): number | undefined {
  if (settings.publishingSeconds !== undefined) return settings.publishingSeconds;
  return query.metric === undefined
    ? undefined
    : knownPublishingSeconds(query.metric.namespace, query.metric.metricName);
}

/** Of expressions to which no period is sent. Operands come before what is made of them, as a rule; the others stay open. */
function readPeriods({ queries }: MetricPlan, known: ReadonlyMap<string, number>): Map<string, number> {
  const found = new Map(known);
  for (const { id, expression } of queries) {
    if (expression === undefined || found.has(id)) continue;
    const { names, periodSeconds } = readExpression(expression);
    const operands = names.flatMap((name) => found.get(name) ?? []);
    const longest = Math.max(periodSeconds ?? 0, ...operands);
    if (longest > 0) found.set(id, longest);
  }
  return found;
}

/**
 * Begins and ends with a whole period: a sum over a part of one looks like a jump. Not where the start would be too old
 * for the period, or the last one is still running.
 */
function alignRange(range: TimeRange, periodSeconds: number, nowEpochMs: number): TimeRange {
  if (periodSeconds === 0) return range;
  const startEpochMs = alignDown(range.startEpochMs, periodSeconds);
  const endEpochMs = alignDown(range.endEpochMs + periodSeconds * SECOND_MS - 1, periodSeconds);
  return {
    startEpochMs:
      periodSeconds % finestStoredSeconds(startEpochMs, nowEpochMs) === 0 ? startEpochMs : range.startEpochMs,
    endEpochMs: endEpochMs <= nowEpochMs ? endEpochMs : range.endEpochMs,
  };
}

/** A range that holds datapoints of rare metrics, and nothing older than CloudWatch keeps. */
function fitRange(plan: MetricPlan, settings: FetchSettings): { range: TimeRange; notes: string[] } {
  const { endEpochMs } = settings.range;
  const notes: string[] = [];
  let { startEpochMs } = settings.range;
  const oldestEpochMs = settings.nowEpochMs - RETENTION_MS;
  if (startEpochMs < oldestEpochMs && endEpochMs > oldestEpochMs) {
    startEpochMs = oldestEpochMs;
    notes.push(`Note: CloudWatch keeps metrics for 455 days, so the range begins at ${formatTime(startEpochMs)}.`);
  }
  if (plan.insights !== undefined && startEpochMs < settings.nowEpochMs - INSIGHTS_REACH_MS) {
    notes.push(
      'Note: Metrics Insights reaches back two weeks; older data comes only from one metric with its exact dimensions.',
    );
  }
  const rates = plan.queries.flatMap((query) =>
    query.metric === undefined ? [] : [publishingOf(query, settings) ?? 0],
  );
  const slowest = rates.every((seconds) => seconds > 0) ? Math.max(0, ...rates) : 0;
  const widened = slowest === 0 ? startEpochMs : widenStart(startEpochMs, endEpochMs, slowest);
  if (widened < startEpochMs) {
    notes.push(
      `Note: the metric is published every ${formatDuration(slowest * SECOND_MS)}, so the range was widened to begin at ${formatTime(widened)}.`,
    );
  }
  return { range: { startEpochMs: widened, endEpochMs }, notes };
}
