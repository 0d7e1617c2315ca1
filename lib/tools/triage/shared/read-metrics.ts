/** Values of many metrics in one window, in one request; fewer of them where CloudWatch throttles. */
import type { MetricDataQuery, MetricSeries } from '../../../aws/ports/metrics.ts';
import type { MetricName } from '../../../domain/investigation/resource.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import { miss, type Session } from './session.ts';

/** Datapoints of one request: quotas are counted in them (GetMetricData, 180,000 a second), and memory is. */
const MAX_DATAPOINTS = 150_000;
/** How often half of the metrics are given up. */
const MAX_HALVINGS = 2;

export interface AskedMetric extends MetricName {
  readonly statistic: string;
}

/** In the order of the metrics; shorter where the last ones were given up. */
export type ReadMetrics = readonly (MetricSeries | undefined)[];

/** Undefined where nothing could be read; then the session says why. */
export async function readMetrics(
  session: Session,
  about: string,
  metrics: readonly AskedMetric[],
  range: TimeRange,
  periodSeconds: number,
): Promise<ReadMetrics | undefined> {
  let asked = metrics;
  for (let halving = 0; ; halving += 1) {
    if (asked.length === 0) return [];
    const request = {
      queries: asked.map((metric, index) => toQuery(metric, index, periodSeconds)),
      startEpochMs: range.startEpochMs,
      endEpochMs: range.endEpochMs,
      maxDatapoints: MAX_DATAPOINTS,
      hasTime: session.hasTime,
    };
    session.cost.metrics += asked.length;
    const read = await attempt(session.context.signal, session.aws.metrics.getMetricData(request, session.signal));
    if ('value' in read) {
      const byId = new Map(read.value.series.map((series) => [series.id, series]));
      if (asked.length < metrics.length)
        session.notLookedAt.push(
          `${about}: ${metrics.length - asked.length} of ${metrics.length} metrics, CloudWatch throttles`,
        );
      return asked.map((_, index) => byId.get(`m${index}`));
    }
    if (read.error.code !== 'throttled' || halving === MAX_HALVINGS || !session.hasTime() || session.callsLeft() <= 0) {
      miss(session, about, read.error);
      return undefined;
    }
    asked = asked.slice(0, Math.ceil(asked.length / 2));
  }
}

function toQuery(metric: AskedMetric, index: number, periodSeconds: number): MetricDataQuery {
  const { namespace, metricName, dimensions, accountId, statistic } = metric;
  return {
    id: `m${index}`,
    isReturned: true,
    metricStat: {
      namespace,
      metricName,
      dimensions,
      statistic,
      periodSeconds,
      ...(accountId !== undefined && { accountId }),
    },
  };
}
