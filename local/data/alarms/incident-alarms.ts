import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { FIRING_ALARMS, SHOP } from '../../scenario.ts';
import { BUSINESS_NAMESPACE } from '../metrics/edge.ts';
import { MAX_CONNECTIONS } from '../metrics/stateful.ts';
import { INFO_TOPIC, ON_CALL_ACTIONS, SHOP_ALARMS, watchFunction } from './alarm-settings.ts';
import type { MetricAlarmSpec } from './alarm-spec.ts';

/** Metric alarms that tell the incident. */
export const INCIDENT_ALARMS: readonly MetricAlarmSpec[] = [
  {
    createdDaysAgo: 212,
    config: {
      AlarmName: FIRING_ALARMS.checkoutLatency,
      AlarmDescription:
        'Checkout is slow: 1 % of requests take more than 3 s. Runbook: https://wiki.example.com/checkout',
      ...watchFunction(SHOP.checkoutFunction, 'Duration'),
      ...ON_CALL_ACTIONS,
      ExtendedStatistic: 'p99',
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      Threshold: 3000,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluateLowSampleCountPercentile: 'evaluate',
    },
  },
  {
    createdDaysAgo: 212,
    config: {
      AlarmName: FIRING_ALARMS.checkoutErrors,
      AlarmDescription: 'More than 5 % of checkout invocations fail.',
      ...ON_CALL_ACTIONS,
      Metrics: [
        {
          Id: 'errorRate',
          Expression: '100 * errors / invocations',
          Label: 'Error rate',
          ReturnData: true,
        },
        lambdaStat('errors', SHOP.checkoutFunction, 'Errors'),
        lambdaStat('invocations', SHOP.checkoutFunction, 'Invocations'),
      ],
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    },
  },
  {
    createdDaysAgo: 340,
    config: {
      AlarmName: FIRING_ALARMS.databaseConnections,
      AlarmDescription: `Connections of the order database above 85 of ${MAX_CONNECTIONS}.`,
      ...ON_CALL_ACTIONS,
      Namespace: 'AWS/RDS',
      MetricName: 'DatabaseConnections',
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: SHOP.database }],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      Threshold: 85,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'missing',
    },
  },
  {
    createdDaysAgo: 340,
    config: {
      AlarmName: FIRING_ALARMS.queueAge,
      AlarmDescription: 'Orders wait more than five minutes to be processed.',
      ...ON_CALL_ACTIONS,
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: SHOP.queue }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 300,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'missing',
    },
  },
  {
    createdDaysAgo: 120,
    config: {
      AlarmName: SHOP_ALARMS.apiServerErrors,
      ...ON_CALL_ACTIONS,
      Namespace: 'AWS/ApiGateway',
      MetricName: '5XXError',
      Dimensions: [
        { Name: 'ApiName', Value: SHOP.api },
        { Name: 'Stage', Value: SHOP.apiStage },
      ],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 5,
      DatapointsToAlarm: 3,
      Threshold: 0.01,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    },
  },
  {
    createdDaysAgo: 60,
    config: {
      AlarmName: SHOP_ALARMS.ordersAnomaly,
      AlarmDescription: 'Fewer orders than the model expects.',
      AlarmActions: [INFO_TOPIC],
      Metrics: [
        {
          Id: 'm1',
          MetricStat: {
            Metric: { Namespace: BUSINESS_NAMESPACE, MetricName: 'OrdersPlaced', Dimensions: [] },
            Period: 300,
            Stat: 'Sum',
          },
          ReturnData: true,
        },
        { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)', Label: 'OrdersPlaced (expected)', ReturnData: true },
      ],
      ThresholdMetricId: 'ad1',
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      ComparisonOperator: 'LessThanLowerThreshold',
      TreatMissingData: 'breaching',
    },
  },
];

function lambdaStat(id: string, functionName: string, metricName: string): NonNullable<MetricAlarm['Metrics']>[number] {
  const { Namespace, MetricName, Dimensions } = watchFunction(functionName, metricName);
  return {
    Id: id,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
    ReturnData: false,
  };
}
