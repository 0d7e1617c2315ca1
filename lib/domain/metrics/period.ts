/**
 * Which period a metric is asked with. Pure.
 * Three things bound it from below: how old the data is, how often the metric publishes, how many datapoints are wanted.
 */
import {
  DAY_MS,
  DAY_SECONDS,
  formatDuration,
  formatTime,
  HOUR_MS,
  HOUR_SECONDS,
  MINUTE_SECONDS,
  SECOND_MS,
} from '../time.ts';

/** What CloudWatch keeps, and how long (User Guide, "Metrics retention"). A start older than `maxAgeMs` needs the next tier. */
const RETENTION = [
  { periodSeconds: 1, maxAgeMs: 3 * HOUR_MS },
  { periodSeconds: 60, maxAgeMs: 15 * DAY_MS },
  { periodSeconds: 300, maxAgeMs: 63 * DAY_MS },
  { periodSeconds: 3_600, maxAgeMs: 455 * DAY_MS },
] as const;

/** Nothing older than this exists. */
export const RETENTION_MS = 455 * DAY_MS;
/** A request that arrives some seconds after it was planned must not fall into the next tier. */
const AGE_MARGIN_MS = 2 * 60 * SECOND_MS;
const COARSEST_TIER_SECONDS = HOUR_SECONDS;

/** Periods that divide minutes, hours and days evenly, so that datapoints fall on round times; longer ones are whole days. */
const ROUND_PERIODS = [
  1, 5, 10, 20, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200,
];
/** GetMetricData takes no longer one. */
export const MAX_PERIOD_SECONDS = 30 * DAY_SECONDS;
/** Below a minute CloudWatch takes only these (GetMetricData API reference). */
const SUB_MINUTE = [1, 5, 10, 20, 30];

/** Metrics that are published less often than each minute and would look empty otherwise; by namespace. */
const DAILY: Readonly<Record<string, readonly string[]>> = {
  'AWS/S3': ['BucketSizeBytes', 'NumberOfObjects'],
  'AWS/Billing': ['EstimatedCharges'],
};
const PUBLISHING_SECONDS: Readonly<Record<string, number>> = { 'AWS/Billing': 6 * HOUR_SECONDS };

export interface PeriodQuestion {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly nowEpochMs: number;
  /** Datapoints wanted per series, at least 1. */
  readonly targetDatapoints: number;
  /** Most datapoints per series that the request can carry. */
  readonly maxDatapoints: number;
  /** Where it is known; taken for 60 otherwise. */
  readonly publishingPeriodSeconds?: number | undefined;
  /** What the caller asked for; it is kept when it can be. */
  readonly requestedSeconds?: number | undefined;
}

export interface PeriodChoice {
  readonly periodSeconds: number;
  /** Why it is not what the caller asked for. */
  readonly note?: string;
}

/** The period for a range. Always one that CloudWatch accepts and has data for. */
export function choosePeriod(question: PeriodQuestion): PeriodChoice {
  const windowSeconds = Math.max(1, (question.endEpochMs - question.startEpochMs) / SECOND_MS);
  const tierSeconds = finestStoredSeconds(question.startEpochMs, question.nowEpochMs);
  const publishing = question.publishingPeriodSeconds ?? MINUTE_SECONDS;
  if (question.requestedSeconds !== undefined) {
    return checkPeriod(question.requestedSeconds, {
      tierSeconds,
      publishing: question.publishingPeriodSeconds ?? 1,
      leastSeconds: windowSeconds / question.maxDatapoints,
      startEpochMs: question.startEpochMs,
    });
  }
  const wanted = windowSeconds / Math.min(question.targetDatapoints, question.maxDatapoints);
  return { periodSeconds: roundUp(Math.max(wanted, publishing), tierSeconds) };
}

/** The finest period that is still stored for data of this age: 1, 60, 300 or 3,600 seconds. */
export function finestStoredSeconds(startEpochMs: number, nowEpochMs: number): number {
  const ageMs = nowEpochMs - startEpochMs + AGE_MARGIN_MS;
  return RETENTION.find(({ maxAgeMs }) => ageMs <= maxAgeMs)?.periodSeconds ?? COARSEST_TIER_SECONDS;
}

interface Bounds {
  readonly tierSeconds: number;
  readonly publishing: number;
  readonly leastSeconds: number;
  readonly startEpochMs: number;
}

function checkPeriod(requested: number, bounds: Bounds): PeriodChoice {
  const isAligned = requested < MINUTE_SECONDS ? SUB_MINUTE.includes(requested) : requested % MINUTE_SECONDS === 0;
  const reasons = [
    isAligned ? '' : 'CloudWatch takes 1, 5, 10, 20, 30 or a multiple of 60 s',
    isAligned && requested % bounds.tierSeconds !== 0
      ? `data as old as ${formatTime(bounds.startEpochMs)} is only kept in periods of ${bounds.tierSeconds} s`
      : '',
    requested < bounds.publishing
      ? `the metric is published every ${formatDuration(bounds.publishing * SECOND_MS)}`
      : '',
    requested < bounds.leastSeconds ? 'the range would have too many datapoints' : '',
  ].filter((reason) => reason !== '');
  if (reasons.length === 0) return { periodSeconds: requested };
  const smallest = Math.max(requested, bounds.publishing, bounds.leastSeconds);
  const periodSeconds =
    smallest === requested ? toMultiple(requested, bounds.tierSeconds) : roundUp(smallest, bounds.tierSeconds);
  return { periodSeconds, note: `period ${requested} s became ${periodSeconds} s: ${reasons.join('; ')}` };
}

/** The next period that CloudWatch takes and the tier has, without a preference for round ones. */
function toMultiple(seconds: number, tierSeconds: number): number {
  if (tierSeconds === 1 && seconds < MINUTE_SECONDS)
    return SUB_MINUTE.find((period) => period >= seconds) ?? MINUTE_SECONDS;
  const step = Math.max(MINUTE_SECONDS, tierSeconds);
  return Math.ceil(seconds / step) * step;
}

function roundUp(seconds: number, tierSeconds: number): number {
  const round = ROUND_PERIODS.find((period) => period >= seconds && period % tierSeconds === 0);
  return round ?? Math.ceil(seconds / DAY_SECONDS) * DAY_SECONDS;
}

/** How often a metric is published, where that is known and rarer than each minute. */
export function knownPublishingSeconds(namespace: string, metricName: string): number | undefined {
  if (!Object.hasOwn(DAILY, namespace) || DAILY[namespace]?.includes(metricName) !== true) return undefined;
  return PUBLISHING_SECONDS[namespace] ?? DAY_SECONDS;
}

/** So many periods of a rare metric are looked at when the range holds fewer; daily ones come up to two days late. */
const MIN_PUBLISHING_PERIODS = 4;

/**
 * A start that leaves room for some datapoints of a metric that is published rarely; the given one otherwise.
 * Aligned to the publishing period.
 */
export function widenStart(startEpochMs: number, endEpochMs: number, publishingSeconds: number): number {
  const publishingMs = publishingSeconds * SECOND_MS;
  if (publishingMs <= HOUR_MS || endEpochMs - startEpochMs >= MIN_PUBLISHING_PERIODS * publishingMs)
    return startEpochMs;
  return alignDown(endEpochMs - MIN_PUBLISHING_PERIODS * publishingMs, publishingSeconds);
}

/** The last full period's begin at or before a time. */
export function alignDown(epochMs: number, periodSeconds: number): number {
  const periodMs = periodSeconds * SECOND_MS;
  return Math.floor(epochMs / periodMs) * periodMs;
}
