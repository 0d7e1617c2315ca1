import type {
  DescribeAlarmsForMetricInput,
  DescribeAlarmsForMetricOutput,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { metricKey } from '../data/metric-model.ts';
import type { Operation } from '../types.ts';
import { toDimensions } from './dimensions.ts';
import type { RegionData } from './region-data.ts';
import { checkLength, requireMember } from './validation.ts';

/** DescribeAlarmsForMetric: alarms on exactly this metric; those on expressions are not found by it, as in the service. */
export function createDescribeAlarmsForMetric(dataOf: RegionData): Operation {
  return (input: DescribeAlarmsForMetricInput, context): DescribeAlarmsForMetricOutput => {
    requireMember(input.Namespace, 'Namespace');
    requireMember(input.MetricName, 'MetricName');
    checkLength(input.Dimensions, 'dimensions', [0, 30]);
    const key = metricKey(input.Namespace ?? '', input.MetricName ?? '', toDimensions(input.Dimensions));
    return {
      MetricAlarms: dataOf(context)
        .alarmsAt(context.nowEpochMs)
        .metricAlarms.filter((alarm) => isOn(alarm, key, input)),
    };
  };
}

function isOn(alarm: MetricAlarm, key: string, input: DescribeAlarmsForMetricInput): boolean {
  if (alarm.Namespace === undefined || alarm.MetricName === undefined) return false;
  return (
    metricKey(alarm.Namespace, alarm.MetricName, toDimensions(alarm.Dimensions)) === key &&
    (input.Statistic === undefined || alarm.Statistic === input.Statistic) &&
    (input.ExtendedStatistic === undefined || alarm.ExtendedStatistic === input.ExtendedStatistic) &&
    (input.Period === undefined || alarm.Period === input.Period) &&
    (input.Unit === undefined || alarm.Unit === input.Unit)
  );
}
