import type { MetricsPort } from '../../../aws/ports/metrics.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { DAY_MS, type TimeRange } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { MetricPlan, PlannedQuery } from './arguments-metrics.ts';

/** Each is a call of its own; with more series a unit is not worth it. */
const MAX_LOOKUPS = 5;
/** A short range may hold no datapoint of a rare metric. */
const MIN_RANGE_MS = 3 * DAY_MS;

/**
 * Units by query id, as far as they can be known: GetMetricData does not tell them, GetMetricStatistics does.
 * A lookup that fails is left out, since the values are there without it.
 */
export async function findUnits(
  port: MetricsPort,
  plan: MetricPlan,
  range: TimeRange,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const units = new Map<string, string>();
  const open = plan.queries.filter((query) => {
    const known = unitOfStatistic(query) ?? query.metric?.unit;
    if (known !== undefined) units.set(query.id, known);
    // GetMetricStatistics knows no accounts: it would tell the unit of an own metric of equal name.
    const isOwn = query.metric !== undefined && query.metric.accountId === undefined;
    return known === undefined && isOwn && query.isReturned;
  });
  if (open.length > MAX_LOOKUPS) return units;
  const wider = { ...range, startEpochMs: Math.min(range.startEpochMs, range.endEpochMs - MIN_RANGE_MS) };
  await inParallel(open, MAX_LOOKUPS, async ({ id, metric }) => {
    if (metric === undefined) return;
    const found = await attempt(signal, port.findUnit(metric, wider, signal));
    if ('value' in found && found.value !== undefined) units.set(id, found.value);
  });
  return units;
}

/** Counts of samples and shares have a unit of their own, whatever was measured. */
function unitOfStatistic({ metric }: PlannedQuery): string | undefined {
  if (metric === undefined) return undefined;
  if (/^(SampleCount$|tc|TC)/.test(metric.statistic)) return 'Count';
  return metric.statistic.startsWith('PR') ? 'Percent' : undefined;
}
