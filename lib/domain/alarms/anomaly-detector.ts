/** The anomaly detectors behind bands: which one belongs to an alarm, and how it was told to learn. Pure; gives foreign text. */
import { cleanLine } from '../text/clean-text.ts';
import { listSome } from '../text/counts.ts';
import { formatTime } from '../time.ts';
import type { Alarm, WatchedMetric, WatchedQuery } from './alarm.ts';
import { queriesOf } from './alarm-queries.ts';

/** As DescribeAnomalyDetectors tells it. */
export interface AnomalyDetector {
  /** On one metric: with its statistic and, where the service says it, its account. */
  readonly metric?: WatchedMetric | undefined;
  /** On metric math instead. */
  readonly queries?: readonly WatchedQuery[] | undefined;
  /** `PENDING_TRAINING`, `TRAINED_INSUFFICIENT_DATA` or `TRAINED`. */
  readonly state?: string | undefined;
  readonly excluded: readonly { readonly startEpochMs: number; readonly endEpochMs: number }[];
  readonly timeZone?: string | undefined;
  /** `FAST`, `NORMAL` or `SLOW`. */
  readonly adaptationSpeed?: string | undefined;
  /** `MINIMAL`, `MODERATE` or `STRICT`. */
  readonly outlierFiltering?: string | undefined;
  readonly hasPeriodicSpikes?: boolean | undefined;
}

/** What an alarm holds against its band. */
export type Banded =
  | { readonly type: 'metric'; readonly metric: WatchedMetric }
  | { readonly type: 'math'; readonly expression: string; readonly operands: readonly WatchedMetric[] };

/** Undefined for an alarm without a band. */
export function bandedOf(alarm: Pick<Alarm, 'watch' | 'condition'>): Banded | undefined {
  if (alarm.watch.type !== 'anomaly') return undefined;
  const found = queriesOf(alarm);
  const value = found?.queries.find(({ id }) => id === found.valueId);
  if (value?.metric !== undefined) return { type: 'metric', metric: value.metric };
  if (value?.expression === undefined) return undefined;
  return { type: 'math', expression: value.expression, operands: metricsOf(alarm.watch.queries) };
}

/** The detector of just this metric and statistic, or of the same expression over the same metrics. */
export function findDetector(detectors: readonly AnomalyDetector[], banded: Banded): AnomalyDetector | undefined {
  if (banded.type === 'metric')
    return detectors.find(({ metric }) => metric !== undefined && isSameMetric(metric, banded.metric));
  return detectors.find(({ queries = [] }) => {
    const value = queries.find(({ isReturned, expression }) => isReturned && expression !== undefined);
    const operands = metricsOf(queries);
    return (
      value?.expression !== undefined &&
      withoutSpace(value.expression) === withoutSpace(banded.expression) &&
      operands.length === banded.operands.length &&
      banded.operands.every((operand) => operands.some((other) => isSameMetric(operand, other)))
    );
  });
}

function metricsOf(queries: readonly WatchedQuery[]): WatchedMetric[] {
  return queries.flatMap(({ metric }) => metric ?? []);
}

const withoutSpace = (text: string): string => text.replace(/\s+/g, '');

/** An account is compared only where both are told: a detector of one's own metric has none. */
function isSameMetric(one: WatchedMetric, other: WatchedMetric): boolean {
  const isSameAccount =
    one.accountId === undefined || other.accountId === undefined || one.accountId === other.accountId;
  return isSameAccount && identityOf(one) === identityOf(other);
}

function identityOf({ namespace, metricName, statistic, dimensions }: WatchedMetric): string {
  const pairs = dimensions.map(({ name, value }) => [name, value]);
  return JSON.stringify([namespace, metricName, statistic.toLowerCase(), pairs.map(String).sort()]);
}

const MAX_EXCLUDED = 5;
const STATES: Readonly<Record<string, string>> = {
  PENDING_TRAINING: 'PENDING_TRAINING: it has not learned the metric yet, so there is no band to cross',
  TRAINED_INSUFFICIENT_DATA:
    'TRAINED_INSUFFICIENT_DATA: it has had too little data (warm-up), so its band may be missing or poor',
};
/** What is so by default needs no words (AnomalyDetectorConfiguration, API reference). */
const DEFAULTS: ReadonlySet<string | undefined> = new Set([undefined, 'NORMAL', 'MODERATE']);

/** E.g. `anomaly detector: TRAINED; learns by the wall clock in Europe/Berlin; …`. */
export function describeDetector(detector: AnomalyDetector): string {
  const { state, excluded, timeZone, adaptationSpeed, outlierFiltering, hasPeriodicSpikes } = detector;
  const ranges = excluded.map(
    ({ startEpochMs, endEpochMs }) => `${formatTime(startEpochMs)} to ${formatTime(endEpochMs)}`,
  );
  return cleanLine(
    `anomaly detector: ${[
      STATES[state ?? ''] ?? state ?? 'its state is not told',
      ...(timeZone === undefined || timeZone === 'UTC' ? [] : [`learns by the wall clock in ${timeZone}`]),
      ...(ranges.length === 0 ? [] : [`leaves out ${listSome(ranges, MAX_EXCLUDED)}`]),
      ...(DEFAULTS.has(adaptationSpeed) ? [] : [`adapts to a new level ${adaptationSpeed}`]),
      ...(DEFAULTS.has(outlierFiltering) ? [] : [`filters outliers ${outlierFiltering}`]),
      ...(hasPeriodicSpikes === true ? ['expects spikes that recur (PeriodicSpikes)'] : []),
    ].join('; ')}`,
  );
}
