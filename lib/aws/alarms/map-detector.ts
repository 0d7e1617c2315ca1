/** Anomaly detectors as the SDK gives them → ours. */
import type { MetricDataQuery, AnomalyDetector as SdkDetector } from '@aws-sdk/client-cloudwatch';
import type { AnomalyDetector } from '../../domain/alarms/anomaly-detector.ts';
import { mapQuery } from './map-alarms.ts';

export function mapDetector(detector: SdkDetector): AnomalyDetector {
  const { Configuration: configuration } = detector;
  return {
    ...mapSubject(detector),
    state: detector.StateValue,
    excluded: (configuration?.ExcludedTimeRanges ?? []).flatMap(({ StartTime: start, EndTime: end }) =>
      start === undefined || end === undefined ? [] : [{ startEpochMs: start.getTime(), endEpochMs: end.getTime() }],
    ),
    timeZone: configuration?.MetricTimezone,
    adaptationSpeed: configuration?.AdaptationSpeed,
    outlierFiltering: configuration?.OutlierFilteringStrength,
    hasPeriodicSpikes: detector.MetricCharacteristics?.PeriodicSpikes,
  };
}

/** The members beside `SingleMetricAnomalyDetector` are its deprecated form: read where that is not sent. */
function mapSubject(detector: SdkDetector): Pick<AnomalyDetector, 'metric' | 'queries'> {
  const math = detector.MetricMathAnomalyDetector?.MetricDataQueries;
  if (math !== undefined) return { queries: math.map((query) => mapQuery(query, undefined)) };
  const single = detector.SingleMetricAnomalyDetector;
  const { Namespace, MetricName, Dimensions, Stat } = single ?? detector;
  const query: MetricDataQuery = {
    Id: 'm1',
    AccountId: single?.AccountId,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: undefined, Stat },
  };
  return { metric: mapQuery(query, undefined).metric };
}
