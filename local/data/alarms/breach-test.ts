import type { ComparisonOperator, MetricAlarm } from '@aws-sdk/client-cloudwatch';

/** Whether one datapoint is on the wrong side of the threshold (or of its band). */
export function createBreachTest(
  config: MetricAlarm,
): (value: number, lower: number | undefined, upper: number | undefined) => boolean {
  const comparison: ComparisonOperator = config.ComparisonOperator ?? 'GreaterThanThreshold';
  const threshold = config.Threshold ?? 0;
  const isAbove = (value: number, upper = Number.POSITIVE_INFINITY): boolean => value > upper;
  const isBelow = (value: number, lower = Number.NEGATIVE_INFINITY): boolean => value < lower;
  switch (comparison) {
    case 'GreaterThanThreshold':
      return (value) => value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return (value) => value >= threshold;
    case 'LessThanThreshold':
      return (value) => value < threshold;
    case 'LessThanOrEqualToThreshold':
      return (value) => value <= threshold;
    case 'GreaterThanUpperThreshold':
      return (value, _lower, upper) => isAbove(value, upper);
    case 'LessThanLowerThreshold':
      return (value, lower) => isBelow(value, lower);
    case 'LessThanLowerOrGreaterThanUpperThreshold':
      return (value, lower, upper) => isAbove(value, upper) || isBelow(value, lower);
  }
}
