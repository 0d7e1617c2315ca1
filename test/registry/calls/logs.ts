import { POINTER, QUERY_ID, type ToolCalls } from './tool-calls.ts';

const CHECKOUT = '/aws/lambda/shop-checkout';
const NO_GROUP = '/aws/lambda/chekout';
/** In the form of one, and unknown: the answer is an error that says so. */
const NO_QUERY = '12ab3456-12ab-123a-789e-1234567890ab';
/** An event of the embedded CloudWatch at the time of the benches. */
const EVENT = Buffer.from(
  JSON.stringify(['111122223333', 'us-east-1', CHECKOUT, Date.parse('2026-03-01T11:58:00Z'), 0]),
).toString('base64url');

export const LOG_CALLS: Readonly<Record<string, ToolCalls>> = {
  describe_log_groups: {
    question: 'Which log groups are there, how large, how long kept, and which saved queries fit them?',
    example: { question: 'Where does checkout log?', args: { log_group_name_pattern: 'checkout' } },
    minimal: {},
    operation: 'DescribeLogGroups',
    empty: [{ region: 'ap-south-1' }, { log_group_name_prefix: NO_GROUP, log_group_class: 'STANDARD' }],
  },
  get_log_group_fields: {
    question: 'Which fields do the events of a log group have, and how does a query name them?',
    // With a time: without one AWS looks at its own newest quarter of an hour, and its clock runs on.
    example: { question: 'Which fields had its events half an hour ago?', args: { log_group: CHECKOUT, time: '-30m' } },
    operation: 'GetLogGroupFields',
    empty: [{ log_group: CHECKOUT, time: '2025-01-01' }],
    unknown: [{ log_group: NO_GROUP }],
  },
  search_log_events: {
    question: 'Which events match a pattern? (cheap, one log group, newest first)',
    example: {
      question: 'Show me the last time-outs.',
      args: { log_group: CHECKOUT, filter_pattern: '"Task timed out"', max_items: 3 },
    },
    minimal: { log_group: CHECKOUT },
    operation: 'FilterLogEvents',
    beside: {
      operation: 'GetLogEvents',
      args: { log_group: CHECKOUT, max_items: 1, context: 2 },
      expected: /^The newest 1 event found .*\nWarning: Lines around event 1 could not be read: /s,
    },
    empty: [
      { log_group: CHECKOUT, filter_pattern: 'nosuchword', log_stream_prefix: '2026' },
      { log_group: CHECKOUT, start_time: '2024-02-01', end_time: '2024-03-01' },
    ],
    unknown: [{ log_group: NO_GROUP }],
  },
  get_log_record: {
    question: 'What is the whole event behind a shortened row?',
    example: { question: 'Show me this event in full.', args: { pointer: POINTER } },
    minimal: { pointer: EVENT },
    operation: 'GetLogRecord',
    beside: {
      operation: 'GetLogEvents',
      args: { pointer: EVENT, context: 2 },
      expected: /^The log event of .*\nWarning: Lines around event 1 could not be read: /s,
    },
    unknown: [{ pointer: 'gone' }],
  },
  execute_log_insights_query: {
    question: 'What do the logs say? (Logs Insights query, with its cost and a scan budget)',
    example: {
      question: 'Which errors are there?',
      args: {
        log_group_names: [CHECKOUT],
        query_string: 'filter level = "ERROR" | stats count(*) as events by error.message | sort events desc',
        start_time: '-1h',
        end_time: 'now',
      },
    },
    minimal: {
      log_group_names: [CHECKOUT],
      query_string: 'fields @timestamp, @message | limit 5',
      start_time: '-15m',
      end_time: 'now',
    },
    operation: 'StartQuery',
    empty: [{ log_group_names: [CHECKOUT], query_string: 'filter level = "NONE"', start_time: '-15m' }],
    unknown: [{ log_group_names: [NO_GROUP], query_string: 'limit 1' }],
  },
  get_logs_insight_query_results: {
    question: 'What did that query find, or the rows after the first ones?',
    example: { question: 'What did that query find?', args: { query_id: QUERY_ID } },
    minimal: { query_id: NO_QUERY },
    operation: 'GetQueryResults',
    partial: /^CloudWatch throttles or fails at the moment/,
    unknown: [{ query_id: NO_QUERY }],
  },
  cancel_logs_insight_query: {
    question: 'Stop that query.',
    example: { question: 'Stop it.', args: { query_id: QUERY_ID } },
    minimal: { query_id: NO_QUERY },
    operation: 'StopQuery',
    unknown: [{ query_id: NO_QUERY }],
  },
  execute_cwl_insights_batch: {
    question: 'What do the logs of hundreds of log groups, several regions and accounts say, as one answer?',
    example: {
      question: 'Is it checkout alone?',
      args: {
        log_group_names: ['/aws/lambda/shop-cart', CHECKOUT, '/aws/lambda/shop-payment', '/aws/lambda/shop-search'],
        query_string: 'filter level = "ERROR" | stats count(*) as errors by service | sort errors desc',
        start_time: '-1h',
      },
    },
    minimal: { log_group_names: [CHECKOUT], query_string: 'stats count(*) by bin(5m)' },
    operation: 'StartQuery',
    empty: [{ log_group_names: [CHECKOUT], query_string: 'filter level = "NONE"', start_time: '-15m' }],
    unknown: [{ log_group_names: [NO_GROUP], query_string: 'limit 1' }],
  },
  analyze_log_group: {
    question: 'What is new in this log group: which messages and errors came, grew or went?',
    example: { question: 'What is new in these logs?', args: { log_group_arn: CHECKOUT, start_time: '-40m' } },
    operation: 'StartQuery',
    empty: [
      { log_group_arn: '/aws/lambda/shop-cart' },
      { log_group_arn: CHECKOUT, start_time: '2026-02-10', end_time: '2026-02-10T00:00:01Z' },
    ],
    unknown: [{ log_group_arn: NO_GROUP }],
  },
};
