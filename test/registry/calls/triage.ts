import type { ToolCalls } from './tool-calls.ts';

export const TRIAGE_CALLS: Readonly<Record<string, ToolCalls>> = {
  investigate_alarm: {
    question: 'Why does this alarm fire: since when, what changed first, where to look?',
    example: { question: 'Why does it fire?', args: { alarm_name: 'shop-checkout-duration-p99' } },
    operation: 'DescribeAlarms',
    unknown: [{ alarm_name: 'shop-helth' }],
  },
  review_alarms: {
    question: 'Which alarms are useless, and what has none?',
    example: { question: 'Which alarms are useless, and what has none?', args: {} },
    minimal: {},
    operation: 'DescribeAlarms',
    empty: [{ region: 'ap-south-1' }, { name_prefix: 'shop-chekout' }],
  },
  what_changed: {
    question: 'What changed in this hour, where, and what first?',
    example: {
      question: 'What changed around noon?',
      args: { start_time: '-50m', end_time: '-20m', scope: 'shop-checkout' },
    },
    minimal: { start_time: '-20m', scope: 'shop-orders-dlq' },
    operation: 'DescribeAlarmHistory',
    empty: [{ region: 'ap-south-1', start_time: '-10m' }],
  },
  list_targets: {
    question: 'Who am I for AWS, which accounts and regions may I ask, and what are the limits?',
    example: { question: 'Who am I, and what may I ask?', args: {} },
    operation: 'GetCallerIdentity',
    partial:
      /^(default \(default\) \| 111122223333|Warning: `default`: (AWS denies|CloudWatch throttles|CloudWatch cannot be reached|The answer to sts:GetCallerIdentity .* could not be read|sts:GetCallerIdentity is not offered))/m,
  },
};
