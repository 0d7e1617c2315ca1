import type { ToolCalls } from './tool-calls.ts';

const AVERAGE = 'histogram_avg({"Duration", FunctionName="shop-checkout"})';
const NO_METRIC = '{"no.such.metric"}';

export const PROMQL_CALLS: Readonly<Record<string, ToolCalls>> = {
  execute_promql_query: {
    question: 'What is the value of this PromQL now, or at a time?',
    example: {
      question: 'How slow is checkout, in PromQL?',
      args: { query: AVERAGE },
    },
    operation: 'QueryMetrics',
    action: 'cloudwatch:GetMetricData and cloudwatch:ListMetrics',
    empty: [{ query: NO_METRIC }],
  },
  execute_promql_range_query: {
    question: 'How did this PromQL develop?',
    example: {
      question: 'And over time?',
      args: {
        query: AVERAGE,
        start: '-1h',
        end: 'now',
        step: '5m',
      },
    },
    minimal: { query: AVERAGE },
    operation: 'QueryMetrics',
    action: 'cloudwatch:GetMetricData and cloudwatch:ListMetrics',
    empty: [{ query: NO_METRIC }],
  },
  get_promql_label_values: {
    question: 'Which metrics can PromQL query; which services, hosts, … are there?',
    example: { question: 'Which metrics are there?', args: { label_name: '__name__' } },
    operation: 'GetLabels',
    action: 'cloudwatch:ListMetrics',
    empty: [{ label_name: 'nope' }],
  },
  get_promql_series: {
    question: 'Which series does this selector match?',
    example: { question: 'Which series has this one?', args: { match: ['{"Duration"}'] } },
    operation: 'GetSeries',
    action: 'cloudwatch:ListMetrics',
    empty: [{ match: [NO_METRIC] }],
  },
  get_promql_labels: {
    question: 'Which labels can I filter by?',
    example: { question: 'Which labels are there?', args: {} },
    operation: 'GetLabels',
    action: 'cloudwatch:ListMetrics',
    empty: [{ match: [NO_METRIC] }],
  },
};
