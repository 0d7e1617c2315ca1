/** A metric's history by periods of an alarm. Pure. */
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
 * Of several datapoints in a period the last one stays.
 * @param points in time order
 */
export function toPeriodValues(
  points: readonly { readonly epochMs: number; readonly value: number }[],
  periodSeconds: number,
  endEpochMs: number,
): PeriodValues {
  const periodMs = periodSeconds * SECOND_MS;
  const startEpochMs = Math.floor((points[0]?.epochMs ?? endEpochMs) / periodMs) * periodMs;
  const values = new Float64Array(Math.max(0, Math.floor((endEpochMs - startEpochMs) / periodMs))).fill(Number.NaN);
  let count = 0;
  for (const { epochMs, value } of points) {
    const index = Math.floor((epochMs - startEpochMs) / periodMs);
    if (index < 0 || index >= values.length) continue;
    if (Number.isNaN(values[index])) count += 1;
    values[index] = value;
  }
  return { startEpochMs, periodMs, values, count };
}

export function spanMs({ values, periodMs }: PeriodValues): number {
  return values.length * periodMs;
}
