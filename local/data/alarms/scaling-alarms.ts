import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ACCOUNTS, DEFAULT_REGION, SHOP } from '../../scenario.ts';
import type { MetricAlarmSpec } from './alarm-spec.ts';

const DESCRIPTION = 'DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ';

interface ScalingTarget {
  readonly resource: string;
  readonly policyId: string;
  readonly source: MetricAlarm;
  readonly high: number;
  readonly low: number;
}

const TARGETS: readonly ScalingTarget[] = [
  {
    resource: `service/${SHOP.ecsCluster}/${SHOP.ecsService}`,
    policyId: '6d8972f3-efc8-437c-92d1-6270f29a66e7',
    source: {
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Dimensions: [
        { Name: 'ClusterName', Value: SHOP.ecsCluster },
        { Name: 'ServiceName', Value: SHOP.ecsService },
      ],
    },
    high: 92,
    low: 88,
  },
  ...['shop-carts', 'shop-sessions'].map((table, index) => ({
    resource: `table/${table}`,
    policyId: `0f9e4a5${index}-1c2b-4d3e-8f90-a1b2c3d4e5f${index}`,
    source: {
      Namespace: 'AWS/DynamoDB',
      MetricName: 'ConsumedReadCapacityUnits',
      Dimensions: [{ Name: 'TableName', Value: table }],
    },
    high: 60_000,
    low: 40_000,
  })),
];

/** Alarms that auto scaling owns: the low ones are in ALARM most of the time, which is no incident. */
export const SCALING_ALARMS: readonly MetricAlarmSpec[] = TARGETS.flatMap((target) => [
  createScalingAlarm(target, 'AlarmHigh', target.high, 'GreaterThanThreshold', 3),
  createScalingAlarm(target, 'AlarmLow', target.low, 'LessThanThreshold', 15),
]);

function createScalingAlarm(
  target: ScalingTarget,
  side: 'AlarmHigh' | 'AlarmLow',
  threshold: number,
  comparison: 'GreaterThanThreshold' | 'LessThanThreshold',
  evaluationPeriods: number,
): MetricAlarmSpec {
  const policyArn = `arn:aws:autoscaling:${DEFAULT_REGION}:${ACCOUNTS.prod.id}:scalingPolicy:${target.policyId}:resource/${target.resource}:policyName/target-tracking`;
  return {
    createdDaysAgo: 20,
    config: {
      ...target.source,
      AlarmName: `TargetTracking-${target.resource}-${side}-${target.policyId}`,
      AlarmDescription: `${DESCRIPTION}${policyArn}.`,
      AlarmActions: [policyArn],
      Statistic: target.source.Namespace === 'AWS/DynamoDB' ? 'Sum' : 'Average',
      Period: 60,
      EvaluationPeriods: evaluationPeriods,
      Threshold: threshold,
      ComparisonOperator: comparison,
    },
  };
}
