import type { MetricIdentity, MetricsPort } from '../../../aws/ports/metrics.ts';
import { RETENTION_MS } from '../../../domain/metrics/period.ts';
import { detectPublishingSeconds } from '../../../domain/metrics/period-density.ts';
import { DAY_MS, DAY_SECONDS, HOUR_SECONDS, SECOND_MS } from '../../../domain/time.ts';

const NEAR_MS = 30 * DAY_MS;

export interface LastSeen {
  /** Begin of the period that holds the newest datapoint. */
  readonly lastEpochMs: number;
  readonly resolutionSeconds: number;
  /** When datapoints come regularly, and rarer than hourly. */
  readonly publishingSeconds?: number;
}

/** The newest datapoint of a metric as far back as CloudWatch keeps any; undefined when there is none. */
export async function findLastSeen(
  port: MetricsPort,
  metric: MetricIdentity,
  nowEpochMs: number,
  signal: AbortSignal,
): Promise<LastSeen | undefined> {
  const steps = [
    { backMs: NEAR_MS, periodSeconds: HOUR_SECONDS },
    { backMs: RETENTION_MS - DAY_MS, periodSeconds: DAY_SECONDS },
  ];
  for (const { backMs, periodSeconds } of steps) {
    const { namespace, metricName, dimensions, accountId } = metric;
    const metricStat = { namespace, metricName, dimensions, accountId, periodSeconds, statistic: 'SampleCount' };
    const { series } = await port.getMetricData(
      {
        queries: [{ id: 'seen', isReturned: true, metricStat }],
        startEpochMs: nowEpochMs - backMs,
        endEpochMs: nowEpochMs,
        maxDatapoints: Math.ceil(backMs / (periodSeconds * SECOND_MS)) + 1,
      },
      signal,
    );
    const timestamps = series[0]?.timestampsEpochMs ?? [];
    const lastEpochMs = timestamps.at(-1);
    if (lastEpochMs === undefined) continue;
    const publishing = detectPublishingSeconds(timestamps);
    return {
      lastEpochMs,
      resolutionSeconds: periodSeconds,
      ...(publishing !== undefined && publishing > periodSeconds && { publishingSeconds: publishing }),
    };
  }
  return undefined;
}
