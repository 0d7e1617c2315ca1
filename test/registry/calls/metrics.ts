import type { ToolCalls } from './tool-calls.ts';

const INVOCATIONS = { namespace: 'AWS/Lambda', metric_name: 'Invocations', statistic: 'Sum' };
const DURATION = { namespace: 'AWS/Lambda', metric_name: 'Duration' };
const CHECKOUT_DURATION = { ...DURATION, dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }] };
const CHEKOUT = { ...DURATION, dimensions: [{ name: 'FunctionName', value: 'shop-chekout' }] };

export const METRIC_CALLS: Readonly<Record<string, ToolCalls>> = {
  list_metrics: {
    question: 'Which metrics are there: namespaces, their metrics with dimension sets, the values of the dimensions?',
    example: { question: 'Which metrics does Lambda publish?', args: { namespace: 'AWS/Lambda', max_items: 10 } },
    minimal: {},
    operation: 'ListMetrics',
    empty: [
      { region: 'ap-south-1' },
      { namespace: 'AWS/Lamda' },
      { namespace: 'AWS/S3', metric_name: 'BucketSizeBytes' },
      CHEKOUT,
    ],
  },
  get_metric_metadata: {
    question: 'What does a metric of AWS mean: unit, statistics, dimensions, alarm advice?',
    example: { question: 'What does this metric mean?', args: { namespace: 'AWS/Lambda', metric_name: 'Throttles' } },
    minimal: { namespace: 'AWS/Lambda' },
    empty: [{ namespace: 'AWS/Lamda' }, { metric_name: 'Duraton' }, { search: 'xyzzy' }],
  },
  get_metric_data: {
    question: 'What did a metric do: values, summary, trend, one series per dimension value, metric math?',
    example: {
      question: 'How slow is checkout?',
      args: { ...CHECKOUT_DURATION, statistic: 'p99', start_time: '-1h' },
    },
    minimal: INVOCATIONS,
    operation: 'GetMetricData',
    empty: [
      { ...DURATION, namespace: 'AWS/Lamda' },
      { ...DURATION, metric_name: 'Duraton' },
      { ...DURATION, dimensions: [{ name: 'functionname', value: 'x' }] },
      CHEKOUT,
      { ...DURATION, start_time: '2024-01-01', end_time: '2024-02-01' },
      { ...DURATION, group_by_dimension: 'Function' },
      { ...CHEKOUT, group_by_dimension: 'FunctionName' },
      { queries: [{ expression: `SEARCH('{Nothing} MetricName="x"', 'Sum', 300)` }] },
    ],
  },
  get_metric_chart: {
    question: 'What does it look like: as a picture, or as an interactive page with thresholds and alarm states?',
    example: {
      question: 'Show me a chart of it.',
      args: { ...CHECKOUT_DURATION, statistic: 'p99', annotations: [{ label: 'time-out', value: 15000 }] },
    },
    minimal: { queries: ['SELECT SUM(Invocations) FROM "AWS/Lambda"'] },
    operation: 'GetMetricData',
    empty: [CHEKOUT],
  },
  analyze_metric: {
    question:
      'How does a metric behave: season, trend with an interval, level shifts, outliers, is the last hour unusual?',
    example: {
      question: 'Has it a season, a trend, a shift?',
      args: {
        namespace: 'AWS/Lambda',
        metric_name: 'Invocations',
        dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
        statistic: 'Sum',
      },
    },
    minimal: INVOCATIONS,
    operation: 'GetMetricData',
    empty: [CHEKOUT, { ...DURATION, metric_name: 'Duraton' }],
  },
  get_recommended_metric_alarms: {
    question: 'Which alarms should this metric have, how often would they have fired, and as what template?',
    example: {
      question: 'Which alarms should watch it?',
      args: {
        namespace: 'AWS/RDS',
        metric_name: 'DatabaseConnections',
        dimensions: [{ name: 'DBInstanceIdentifier', value: 'shop-orders-db' }],
      },
    },
    minimal: INVOCATIONS,
    operation: 'GetMetricData',
    empty: [
      { namespace: 'Shop/Nothing', metric_name: 'Duraton' },
      { namespace: 'AWS/SQS', metric_name: 'NumberOfMessagesSent' },
    ],
  },
};
