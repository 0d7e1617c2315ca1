/** What a query over some log groups would read, from what came in or from what is stored. Pure. */
import { DAY_MS, DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS, SECOND_MS, type TimeRange } from '../time.ts';

export interface GroupFacts {
  readonly storedBytes?: number;
  /** Absent: events never expire. */
  readonly retentionDays?: number;
  readonly createdEpochMs?: number;
}

/** Sums of `IncomingBytes` by the beginning of their periods. */
export interface IncomingBytes {
  readonly periodSeconds: number;
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
}

export type ScanEstimate =
  | { readonly bytes: number; readonly source: 'metric' | 'stored' }
  | { readonly source: 'not_known' };

/** Enough that the cut periods at both ends do not count. */
const MIN_PERIODS = 12;
const PERIODS = [DAY_SECONDS, HOUR_SECONDS, 5 * MINUTE_SECONDS, MINUTE_SECONDS];
/** Metrics of 60 s are kept 15 days, of 300 s 63 days (GetMetricData API reference). */
const KEPT_DAYS: Readonly<Record<number, number>> = { [MINUTE_SECONDS]: 15, [5 * MINUTE_SECONDS]: 63 };

/** The longest period that still follows the range, and that CloudWatch keeps so long. */
export function chooseIncomingPeriod(range: TimeRange, nowEpochMs: number): number {
  const seconds = (range.endEpochMs - range.startEpochMs) / SECOND_MS;
  const ageDays = (nowEpochMs - range.startEpochMs) / DAY_MS;
  const isKept = (period: number): boolean => ageDays < (KEPT_DAYS[period] ?? Number.POSITIVE_INFINITY);
  const kept = PERIODS.filter(isKept);
  return kept.find((period) => seconds / period >= MIN_PERIODS) ?? kept.at(-1) ?? HOUR_SECONDS;
}

/**
 * By the metric where it has data in the range; else the share of the range in what is stored, which needs a retention:
 * without one nobody knows over which time the bytes are spread.
 * @param incoming undefined where the metric has no data
 */
export function estimateScan(
  range: TimeRange,
  facts: GroupFacts,
  incoming: IncomingBytes | undefined,
  nowEpochMs: number,
): ScanEstimate {
  const { storedBytes, retentionDays, createdEpochMs = 0 } = facts;
  const retainedMs = retentionDays === undefined ? Number.POSITIVE_INFINITY : retentionDays * DAY_MS;
  const startEpochMs = Math.max(range.startEpochMs, nowEpochMs - retainedMs, createdEpochMs);
  const readMs = Math.max(0, Math.min(range.endEpochMs, nowEpochMs) - startEpochMs);
  if (readMs === 0) return { bytes: 0, source: incoming === undefined ? 'stored' : 'metric' };
  if (incoming !== undefined && incoming.values.length > 0)
    return { bytes: sumWithin(incoming, { ...range, startEpochMs }), source: 'metric' };
  if (storedBytes === undefined || retentionDays === undefined) return { source: 'not_known' };
  const spreadMs = Math.max(readMs, Math.min(retainedMs, nowEpochMs - createdEpochMs));
  return { bytes: Math.round((storedBytes * readMs) / spreadMs), source: 'stored' };
}

/** Of a period that the range cuts only its share. */
function sumWithin({ periodSeconds, timestampsEpochMs, values }: IncomingBytes, range: TimeRange): number {
  const periodMs = periodSeconds * SECOND_MS;
  const sum = timestampsEpochMs.reduce((total, fromEpochMs, index) => {
    const overlapMs = Math.min(fromEpochMs + periodMs, range.endEpochMs) - Math.max(fromEpochMs, range.startEpochMs);
    return total + (Math.max(0, values[index] ?? 0) * Math.max(0, overlapMs)) / periodMs;
  }, 0);
  return Math.round(sum);
}
