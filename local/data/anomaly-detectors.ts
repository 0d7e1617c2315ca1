import type { AnomalyDetector } from '@aws-sdk/client-cloudwatch';
import { SHOP } from '../scenario.ts';
import { BUSINESS_NAMESPACE } from './metrics/edge.ts';

/** Anomaly detectors of account prod in us-east-1, of both kinds and in each state. */
export const ANOMALY_DETECTORS: readonly AnomalyDetector[] = [
  describeSingle('5b1f7c9e-0d5a-4b8e-9a61-0c6d2f1e7a01', BUSINESS_NAMESPACE, 'OrdersPlaced', {}, 'Sum', 'TRAINED'),
  describeSingle(
    '5b1f7c9e-0d5a-4b8e-9a61-0c6d2f1e7a02',
    'AWS/Lambda',
    'Duration',
    { FunctionName: SHOP.checkoutFunction },
    'p99',
    'TRAINED',
  ),
  describeSingle(
    '5b1f7c9e-0d5a-4b8e-9a61-0c6d2f1e7a03',
    BUSINESS_NAMESPACE,
    'Revenue',
    { Currency: 'EUR' },
    'Sum',
    'PENDING_TRAINING',
  ),
  {
    AnomalyDetectorId: '5b1f7c9e-0d5a-4b8e-9a61-0c6d2f1e7a04',
    StateValue: 'TRAINED_INSUFFICIENT_DATA',
    MetricMathAnomalyDetector: {
      MetricDataQueries: [
        { Id: 'rate', Expression: '100 * errors / count', ReturnData: true },
        ...(['5XXError', 'Count'] as const).map((metricName) => ({
          Id: metricName === 'Count' ? 'count' : 'errors',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/ApiGateway',
              MetricName: metricName,
              Dimensions: [{ Name: 'ApiName', Value: SHOP.api }],
            },
            Period: 300,
            Stat: 'Sum',
          },
          ReturnData: false,
        })),
      ],
    },
  },
];

function describeSingle(
  id: string,
  namespace: string,
  metricName: string,
  dimensions: Readonly<Record<string, string>>,
  stat: string,
  state: 'TRAINED' | 'PENDING_TRAINING',
): AnomalyDetector {
  const metric = {
    Namespace: namespace,
    MetricName: metricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Stat: stat,
  };
  return {
    ...metric,
    AnomalyDetectorId: id,
    StateValue: state,
    Configuration: { ExcludedTimeRanges: [], MetricTimezone: 'UTC' },
    MetricCharacteristics: { PeriodicSpikes: false },
    SingleMetricAnomalyDetector: metric,
  };
}
