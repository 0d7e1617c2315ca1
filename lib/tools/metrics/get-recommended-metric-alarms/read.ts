/** The history on which thresholds are derived and tried. */
import type { MetricIdentity, MetricsPort } from '../../../aws/ports/metrics.ts';
import { knownPublishingSeconds } from '../../../domain/metrics/period.ts';
import { detectPublishingSeconds } from '../../../domain/metrics/period-density.ts';
import { settledEnd } from '../../../domain/metrics/period-state.ts';
import { DAY_MS, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectWarnings } from '../get-metric-data/answer.ts';
import { fetchMetrics } from '../shared/fetch-metrics.ts';
import { type SeriesView, viewSeries } from '../shared/view-series.ts';

/** Minutes live 15 days; from periods of five minutes on four weeks are there. */
const FINE_HISTORY_MS = 14 * DAY_MS;
const HISTORY_MS = 28 * DAY_MS;
const COARSE_SECONDS = 300;

export interface HistoryQuestion {
  readonly statistic: string;
  readonly periodSeconds: number;
}

export interface History extends HistoryQuestion {
  readonly range: TimeRange;
  /** Datapoints in time order; none is an answer too. */
  readonly view: SeriesView;
  /** How far datapoints regularly stand apart. */
  readonly publishingSeconds?: number;
  readonly warnings: readonly string[];
}

/** Up to the last period that is final: an unfinished one would look low. */
export async function readHistory(
  port: MetricsPort,
  metric: MetricIdentity,
  question: HistoryQuestion,
  context: ToolContext,
): Promise<History> {
  const { nowEpochMs } = context;
  const known = knownPublishingSeconds(metric.namespace, metric.metricName) ?? 0;
  const periodSeconds = Math.max(question.periodSeconds, known);
  const endEpochMs = settledEnd({ periodMs: periodSeconds * SECOND_MS, endEpochMs: nowEpochMs, nowEpochMs });
  const lengthMs = periodSeconds % COARSE_SECONDS === 0 ? HISTORY_MS : FINE_HISTORY_MS;
  const range = { startEpochMs: endEpochMs - lengthMs, endEpochMs };
  const query = {
    id: 'm1',
    isReturned: true,
    metric: { ...metric, statistic: question.statistic },
    requestedSeconds: periodSeconds,
  };
  const fetched = await fetchMetrics(
    port,
    { mode: 'metric', queries: [query] },
    {
      range,
      nowEpochMs,
      targetDatapoints: Math.ceil(lengthMs / (periodSeconds * SECOND_MS)),
      hasTime: context.hasTime,
    },
    context.signal,
  );
  const series = fetched.series.find(({ values }) => values.length > 0) ?? {
    id: 'm1',
    label: '',
    timestampsEpochMs: [],
    values: [],
    status: 'Complete',
    messages: [],
  };
  const view = viewSeries(series, query, {
    ...fetched.range,
    nowEpochMs,
    sparklineWidth: 1,
    periodSeconds,
    unit: undefined,
    statistic: undefined,
  });
  const publishing = detectPublishingSeconds(view.points.map(({ epochMs }) => epochMs));
  return {
    statistic: question.statistic,
    periodSeconds: question.periodSeconds,
    range: fetched.range,
    view,
    ...(publishing !== undefined && { publishingSeconds: publishing }),
    warnings: collectWarnings(fetched),
  };
}
