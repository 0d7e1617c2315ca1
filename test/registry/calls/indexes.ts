import type { ToolCalls } from './tool-calls.ts';

const CHECKOUT = '/aws/lambda/shop-checkout';

export const INDEX_CALLS: Readonly<Record<string, ToolCalls>> = {
  recommend_indexes_loggroup: {
    question: 'Which fields of this log group should be indexed, so that queries scan less?',
    example: { question: 'Which fields should be indexed?', args: { log_group_identifier: CHECKOUT } },
    operation: 'DescribeQueries',
    empty: [{ log_group_identifier: '/aws/lambda/shop-cart' }],
    unknown: [{ log_group_identifier: '/aws/lambda/chekout' }],
  },
  recommend_indexes_account: {
    question: 'Which fields of which log groups of the account should be indexed?',
    example: { question: 'And in the whole account?', args: {} },
    operation: 'DescribeQueries',
    empty: [{ region: 'ap-south-1' }],
  },
};
