/** A metric's history by periods of an alarm. Pure. */
import { isAdditive } from '../../metrics/statistic.ts';
import { SECOND_MS } from '../../time.ts';

export interface PeriodValues {
  /** Begin of the first period, which has a datapoint. */
  readonly startEpochMs: number;
  readonly periodMs: number;
  /** One per period; NaN where there is no datapoint. */
  readonly values: Float64Array;
  /** Datapoints. */
  readonly count: number;
}

/**
 * The periods from the first datapoint to the end of the range; what came before the metric existed says nothing.
 * Several datapoints in a period are put together as the statistic allows: added, the extreme, otherwise their mean.
 * @param points in time order
 */
export function toPeriodValues(
  points: readonly { readonly epochMs: number; readonly value: number }[],
  periodSeconds: number,
  endEpochMs: number,
  statistic?: string,
): PeriodValues {
  const periodMs = periodSeconds * SECOND_MS;
  const startEpochMs = Math.floor((points[0]?.epochMs ?? endEpochMs) / periodMs) * periodMs;
  const values = new Float64Array(Math.max(0, Math.floor((endEpochMs - startEpochMs) / periodMs))).fill(Number.NaN);
  const put = joinerOf(statistic);
  let count = 0;
  let inPeriod = 0;
  for (const { epochMs, value } of points) {
    const index = Math.floor((epochMs - startEpochMs) / periodMs);
    if (index < 0 || index >= values.length) continue;
    const known = values[index] ?? Number.NaN;
    const isFirst = Number.isNaN(known);
    if (isFirst) count += 1;
    inPeriod = isFirst ? 1 : inPeriod + 1;
    values[index] = isFirst ? value : put(known, value, inPeriod);
  }
  return { startEpochMs, periodMs, values, count };
}

function joinerOf(statistic: string | undefined): (known: number, value: number, count: number) => number {
  if (isAdditive(statistic)) return (known, value) => known + value;
  if (statistic === 'Maximum') return (known, value) => Math.max(known, value);
  if (statistic === 'Minimum') return (known, value) => Math.min(known, value);
  return (known, value, count) => known + (value / count - known / count);
}

export function spanMs({ values, periodMs }: PeriodValues): number {
  return values.length * periodMs;
}
