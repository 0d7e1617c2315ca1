import type { ToolCalls } from './tool-calls.ts';

export const ALARM_CALLS: Readonly<Record<string, ToolCalls>> = {
  get_active_alarms: {
    question: 'What is on fire, since when, and why?',
    example: { question: 'What is on fire?', args: { max_items: 3 } },
    minimal: {},
    operation: 'DescribeAlarms',
    empty: [{ region: 'ap-south-1' }, { name_prefix: 'shop-chekout' }],
  },
  describe_alarms: {
    question: 'How are alarms configured: what they watch, whom they tell, what is above and below them?',
    example: { question: 'What does this alarm watch?', args: { names: ['shop-checkout-error-rate'] } },
    minimal: {},
    operation: 'DescribeAlarms',
    empty: [
      { region: 'ap-south-1' },
      { name_prefix: 'shop-chekout' },
      { name_prefix: 'shop-', states: ['INSUFFICIENT_DATA'], types: ['composite'] },
    ],
    unknown: [{ names: ['shop-helth'] }],
  },
  get_alarm_history: {
    question: 'What did this alarm do, does it flap, and which times are worth a look?',
    example: { question: 'Since when, how often?', args: { alarm_name: 'shop-checkout-duration-p99' } },
    operation: 'DescribeAlarmHistory',
    minimal: {},
    empty: [
      { alarm_name: 'shop-health', start_time: '-2m' },
      { start_time: '-2m', end_time: '-1m' },
    ],
    unknown: [{ alarm_name: 'shop-helth' }],
  },
};
