/** What callers write that may mean more than one thing, or nothing: refused with words that show the right form. */

const ALARMS = 'get_active_alarms';
const DESCRIBE = 'describe_alarms';
const HISTORY = 'get_alarm_history';
const INSIGHTS = 'execute_log_insights_query';
const GROUPS = 'describe_log_groups';
const SEARCH = 'search_log_events';
const DATA = 'get_metric_data';

/** [tool, arguments, words of the refusal] */
export const REFUSED: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
  [ALARMS, { max_items: -1 }, /max_items must be a whole number from 1 to 500, such as 50 \(-1 was given\)/],
  [ALARMS, { max_items: 1.5 }, /max_items must be a whole number .* \(1\.5 was given\)/],
  [ALARMS, { max_items: 'many' }, /max_items must be a whole number .* \("many" was given\)/],
  [ALARMS, { max_items: true }, /max_items must be a whole number .* \(true was given\)/],
  [ALARMS, { max_items: [1, 2] }, /max_items must be a whole number .* \(a list of 2 was given\)/],
  [ALARMS, { include_autoscaling: 'maybe' }, /include_autoscaling must be true or false \("maybe" was given\)/],
  [ALARMS, { name_prefix: { a: 1 } }, /name_prefix must be one text \(an object was given\)/],
  [ALARMS, { name_prefix: true }, /name_prefix must be one text \(true was given\)/],
  [ALARMS, { name_prefix: ['a', 'b'] }, /name_prefix must be one text \(a list of 2 was given\)/],
  [ALARMS, { regions: { a: 'b' } }, /regions must be a list of texts, such as \["…"\] \(an object was given\)/],
  [ALARMS, { name_prefx: 'x' }, /unknown argument "name_prefx" \(did you mean name_prefix\?\)/],
  [ALARMS, { since_when: 'x' }, /unknown argument "since_when"/],
  [ALARMS, { kwargs: { bogus: 1 } }, /unknown argument "bogus"/],
  [ALARMS, { kwargs: 'max_items=5' }, /unknown argument "kwargs"/],
  [SEARCH, { regions: ['us-east-1', 'eu-west-1'] }, /region must be one text \(a list of 2 was given\)/],
  [
    DESCRIBE,
    { names: ['shop-*'] },
    /names takes whole names, and "shop-\*" is a pattern: pass name_prefix="shop-" instead/,
  ],
  [DESCRIBE, { names: '*' }, /names takes whole names, and "\*" is a pattern: leave names out for all/],
  [DESCRIBE, { states: ['FIRING'] }, /states\.0 must be one of .*ALARM.* \("FIRING" was given\)/],
  [DESCRIBE, { states: { ALARM: true } }, /states must be a list of these words, such as \["\w+"\]/],
  ['get_log_group_fields', { log_group: '' }, /log_group must not be empty/],
  ['get_log_group_fields', { log_group: null }, /log_group: missing/],
  [HISTORY, { history_item_type: 'State' }, /history_item_type must be one of .*StateUpdate/],
  [
    DATA,
    { period: '5 parsecs' },
    /period must be a whole number from 1 to 2592000, in seconds \("5 parsecs" was given\)/,
  ],
  [DATA, { period: 'a while' }, /period must be a whole number/],
  [DATA, { sort_order: 'all' }, /sort_order must be one of DESC, ASC/],
  [DATA, { dimensions: 'FunctionName' }, /dimensions\.0\.value is missing: it takes one text/],
  [
    DATA,
    { dimensions: [{ name: 'A', value: 'b', unit: 'c' }] },
    /dimensions\.0 has an unknown member "unit"; it takes an object such as \{"name":"…","value":"…"\}/,
  ],
  [
    DATA,
    { dimensions: [{ name: 'A', vlaue: 'b' }] },
    /dimensions\.0\.value is missing.*"vlaue" \(did you mean value\?\)/,
  ],
  [
    DATA,
    { dimensions: 5 },
    /dimensions must be a list of objects, such as \[\{"name":"…","value":"…"\}\] \(5 was given\)/,
  ],
  [
    DATA,
    { dimensions: [['A', 'b']] },
    /dimensions\.0 must be an object such as \{"name":"…","value":"…"\} \(a list of 2 was given\)/,
  ],
  [DATA, { dimensions: { A: { B: 'c' } } }, /dimensions\.0\.(name|value)/],
  [DATA, { queries: 'm1*2' }, /queries\.0 must be an object such as/],
  [DATA, { queries: [{ id: 'A b', expression: 'x' }] }, /queries\.0\.id: must begin with a lower-case letter/],
  [GROUPS, { account_identifiers: ['12'] }, /account_identifiers\.0: must be a 12-digit account id/],
  [
    INSIGHTS,
    { query_string: 'x'.repeat(10_001) },
    /query_string is too long: 10001 characters were given, at most 10000 are taken/,
  ],
  [
    'get_logs_insight_query_results',
    { offset: 1e9 },
    /offset must be a whole number from 0 to \d+, such as 0 \(1000000000 was given\)/,
  ],
  ['get_promql_series', { match: [] }, /match must not be empty: it takes a list of texts/],
  ['list_targets', { region: 'us-east-1' }, /unknown argument "region" → list_targets takes no arguments/],
];
