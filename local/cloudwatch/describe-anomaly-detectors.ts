import type {
  AnomalyDetector,
  DescribeAnomalyDetectorsInput,
  DescribeAnomalyDetectorsOutput,
} from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../types.ts';
import { pageItems } from './paging.ts';
import type { RegionData } from './region-data.ts';
import { checkEnum, checkInteger, checkLength } from './validation.ts';

const DEFAULT_MAX_RESULTS = 50;

/** DescribeAnomalyDetectors; without AnomalyDetectorTypes only those on single metrics. */
export function createDescribeAnomalyDetectors(dataOf: RegionData): Operation {
  return (input: DescribeAnomalyDetectorsInput, context): DescribeAnomalyDetectorsOutput => {
    checkEnum(input.AnomalyDetectorTypes ?? [], 'anomalyDetectorTypes', ['SINGLE_METRIC', 'METRIC_MATH']);
    checkLength(input.Dimensions, 'dimensions', [0, 30]);
    checkLength(input.AnomalyDetectorIds, 'anomalyDetectorIds', [0, 100]);
    const { NextToken, MaxResults, ...query } = input;
    const pageSize = checkInteger(MaxResults, 'maxResults', [1, 100], DEFAULT_MAX_RESULTS);
    const detectors = dataOf(context).anomalyDetectors.filter((detector) => isAskedFor(detector, input));
    const page = pageItems(detectors, pageSize, NextToken, [
      'AnomalyDetectors',
      context.account,
      context.region,
      query,
    ]);
    const output: DescribeAnomalyDetectorsOutput = { AnomalyDetectors: [...page.items] };
    return page.nextToken === undefined ? output : { ...output, NextToken: page.nextToken };
  };
}

function isAskedFor(detector: AnomalyDetector, input: DescribeAnomalyDetectorsInput): boolean {
  const types: readonly string[] = input.AnomalyDetectorTypes?.length ? input.AnomalyDetectorTypes : ['SINGLE_METRIC'];
  const type = detector.MetricMathAnomalyDetector === undefined ? 'SINGLE_METRIC' : 'METRIC_MATH';
  // The members beside `SingleMetricAnomalyDetector` are its deprecated form.
  const metric = detector.SingleMetricAnomalyDetector ?? detector;
  const hasDimension = (name: string | undefined, value: string | undefined): boolean =>
    (metric.Dimensions ?? []).some((dimension) => dimension.Name === name && dimension.Value === value);
  return (
    types.includes(type) &&
    (!input.AnomalyDetectorIds?.length || input.AnomalyDetectorIds.includes(detector.AnomalyDetectorId ?? '')) &&
    (input.Namespace === undefined || metric.Namespace === input.Namespace) &&
    (input.MetricName === undefined || metric.MetricName === input.MetricName) &&
    (input.Dimensions ?? []).every(({ Name, Value }) => hasDimension(Name, Value))
  );
}
