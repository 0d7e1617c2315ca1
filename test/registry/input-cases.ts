/** What callers write, and what it means; what is refused stands in refused-inputs.ts. */

export interface InputCase {
  readonly tool: string;
  /** On top of the least that the tool needs. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Members of what the tool gets; `undefined`: left out, the default stands. */
  readonly meaning: Readonly<Record<string, unknown>>;
  /** What the answer says of it; without one it says nothing. */
  readonly says?: RegExp;
}

const ALARMS = 'get_active_alarms';
const DESCRIBE = 'describe_alarms';
const HISTORY = 'get_alarm_history';
const GROUPS = 'describe_log_groups';
const SEARCH = 'search_log_events';
const INSIGHTS = 'execute_log_insights_query';
const BATCH = 'execute_cwl_insights_batch';
const METRICS = 'list_metrics';
const DATA = 'get_metric_data';
const CHART = 'get_metric_chart';

const sayLeftOut = / was taken as left out\.$/;
const FUNCTION = { name: 'FunctionName', value: 'shop' };

/** [tool, argument, value sent, value taken, what is said] */
type Row = readonly [string, string, unknown, unknown, RegExp?];

const ONE_ARGUMENT: readonly Row[] = [
  // Nothing at all.
  [ALARMS, 'name_prefix', null, undefined],
  [ALARMS, 'name_prefix', '', undefined],
  [ALARMS, 'name_prefix', '   ', undefined],
  [ALARMS, 'max_items', 0, 50],
  [ALARMS, 'max_items', '', 50],
  [ALARMS, 'max_items', null, 50],
  [ALARMS, 'include_autoscaling', '', false],
  [ALARMS, 'include_autoscaling', null, false],
  [ALARMS, 'regions', [], undefined],
  [ALARMS, 'regions', '', undefined],
  [ALARMS, 'regions', [''], undefined],
  [ALARMS, 'regions', [null], undefined],
  [ALARMS, 'next_token', '', undefined],
  [DESCRIBE, 'states', [], undefined],
  [DESCRIBE, 'names', ['', 'shop'], ['shop']],
  [HISTORY, 'start_time', '', '-24h'],
  [HISTORY, 'history_item_type', '', 'StateUpdate'],
  [METRICS, 'dimensions', [], undefined],
  [METRICS, 'dimensions', {}, undefined],
  [METRICS, 'dimensions', [{}], undefined],
  [METRICS, 'dimensions', [{ name: '', value: '' }], undefined],
  [METRICS, 'dimensions', [{ name: 'FunctionName', value: '' }], [{ name: 'FunctionName' }]],
  [METRICS, 'recently_active', null, true],
  [INSIGHTS, 'max_scan_gb', 0, undefined],
  [INSIGHTS, 'log_group_identifiers', [], undefined],
  [DATA, 'queries', [], undefined],
  [DATA, 'period', 0, undefined],
  // The words for nothing, where they can be nothing else.
  [ALARMS, 'name_prefix', 'null', undefined, sayLeftOut],
  [ALARMS, 'name_prefix', 'None', undefined, sayLeftOut],
  [ALARMS, 'name_prefix', 'undefined', undefined, sayLeftOut],
  [ALARMS, 'name_prefix', 'N/A', undefined, sayLeftOut],
  [ALARMS, 'region', 'null', undefined, sayLeftOut],
  [ALARMS, 'account', 'none', undefined, sayLeftOut],
  [ALARMS, 'next_token', 'null', undefined, sayLeftOut],
  [ALARMS, 'max_items', 'null', 50, sayLeftOut],
  [ALARMS, 'include_autoscaling', 'None', false, sayLeftOut],
  [ALARMS, 'regions', 'None', undefined, sayLeftOut],
  [ALARMS, 'regions', ['null'], undefined, sayLeftOut],
  [DESCRIBE, 'states', 'null', undefined, sayLeftOut],
  [HISTORY, 'end_time', 'None', 'now', sayLeftOut],
  [HISTORY, 'alarm_name', 'None', undefined, sayLeftOut],
  [HISTORY, 'history_item_type', 'null', 'StateUpdate', sayLeftOut],
  [DATA, 'statistic', 'undefined', undefined, sayLeftOut],
  [DATA, 'group_by_dimension', 'None', undefined, sayLeftOut],
  [METRICS, 'namespace', 'null', undefined, sayLeftOut],
  // … and where they can be meant.
  [SEARCH, 'filter_pattern', 'null', 'null'],
  [SEARCH, 'filter_pattern', 'None', 'None'],
  [INSIGHTS, 'query_string', 'None', 'None'],
  [GROUPS, 'log_group_name_pattern', 'null', 'null'],
  ['get_metric_metadata', 'search', 'undefined', 'undefined'],
  [BATCH, 'account_label', 'N/A', 'N/A'],
  ['get_log_group_fields', 'log_group', 'None', 'None'],
  ['get_promql_labels', 'match', ['null'], ['null']],
  [METRICS, 'dimensions', [{ name: 'Stage', value: 'null' }], [{ name: 'Stage', value: 'null' }]],
  [METRICS, 'dimensions', { Stage: 'None' }, [{ name: 'Stage', value: 'None' }]],
  [
    DATA,
    'queries',
    [{ metric_stat: { namespace: 'A', metric_name: 'b', unit: 'None' } }],
    [{ metric_stat: { namespace: 'A', metric_name: 'b', unit: 'None' } }],
  ],
  // Numbers.
  [ALARMS, 'max_items', '42', 42],
  [ALARMS, 'max_items', ' 42 ', 42],
  [ALARMS, 'max_items', '42.0', 42],
  [ALARMS, 'max_items', 42.0, 42],
  [ALARMS, 'max_items', [7], 7],
  [ALARMS, 'max_items', 1000, 500, /^max_items 1000 was lowered to 500/],
  [ALARMS, 'max_items', '1,000', 500, /^max_items 1000 was lowered to 500/],
  [DATA, 'target_datapoints', 5000, 1440, /^target_datapoints 5000 was lowered to 1440/],
  ['recommend_indexes_account', 'max_queries', 0, 5000],
  ['recommend_indexes_account', 'max_queries', 1e6, 10000, /^max_queries 1000000 was lowered/],
  [INSIGHTS, 'max_timeout', 4000, 3600, /^max_timeout 4000 was lowered to 3600/],
  [INSIGHTS, 'max_timeout', '30s', 30],
  [INSIGHTS, 'limit', '1_000', 1000],
  [INSIGHTS, 'max_scan_gb', '5 GB', 5],
  [INSIGHTS, 'max_scan_gb', '500MB', 0.5],
  [INSIGHTS, 'max_scan_gb', '2.5', 2.5],
  ['get_logs_insight_query_results', 'wait_seconds', '10 seconds', 10],
  ['get_logs_insight_query_results', 'wait_seconds', 0, 0],
  [DATA, 'period', '300', 300],
  [DATA, 'period', '5m', 300],
  [DATA, 'period', '5 minutes', 300],
  [DATA, 'period', 'PT5M', 300],
  [DATA, 'period', '1h', 3600],
  [DATA, 'period', '1d', 86400],
  [CHART, 'width', 4000, 2000, /^width 4000 was lowered to 2000/],
  // Yes and no.
  [ALARMS, 'include_autoscaling', 'True', true],
  [ALARMS, 'include_autoscaling', 'FALSE', false],
  [ALARMS, 'include_autoscaling', 'yes', true],
  [ALARMS, 'include_autoscaling', 'No', false],
  [ALARMS, 'include_autoscaling', 1, true],
  [ALARMS, 'include_autoscaling', '0', false],
  [METRICS, 'recently_active', false, false],
  [METRICS, 'recently_active', 'off', false],
  // Choices.
  [DESCRIBE, 'states', ['alarm'], ['ALARM']],
  [DESCRIBE, 'states', 'ALARM,OK', ['ALARM', 'OK']],
  [DESCRIBE, 'states', 'alarm; insufficient data', ['ALARM', 'INSUFFICIENT_DATA']],
  [DESCRIBE, 'states', '[ALARM, OK]', ['ALARM', 'OK']],
  [DESCRIBE, 'states', "['ALARM', 'OK']", ['ALARM', 'OK']],
  [DESCRIBE, 'states', ['ALL'], undefined],
  [DESCRIBE, 'states', 'any', undefined],
  [DESCRIBE, 'types', ['Metric'], ['metric']],
  [DESCRIBE, 'types', 'COMPOSITE', ['composite']],
  [DESCRIBE, 'types', ['all', 'metric'], undefined],
  [GROUPS, 'log_group_class', 'standard', 'STANDARD'],
  [GROUPS, 'log_group_class', 'ALL', undefined],
  [GROUPS, 'log_group_class', 'infrequent access', 'INFREQUENT_ACCESS'],
  [HISTORY, 'history_item_type', 'stateupdate', 'StateUpdate'],
  [HISTORY, 'history_item_type', 'state_update', 'StateUpdate'],
  [HISTORY, 'history_item_type', 'ALL', 'All'],
  [INSIGHTS, 'query_language', 'cwli', 'CWLI'],
  [INSIGHTS, 'query_language', 'Sql', 'SQL'],
  [CHART, 'format', 'PNG', 'png'],
  [DATA, 'sort_order', 'desc', 'DESC'],
  [DATA, 'include_datapoints', 'Always', 'always'],
  [DATA, 'include_datapoints', ['never'], 'never'],
  // Where.
  [ALARMS, 'region', ' US-EAST-1 ', 'us-east-1'],
  [ALARMS, 'region', 'us_east_1', 'us-east-1'],
  [ALARMS, 'region', '"eu-west-1"', 'eu-west-1'],
  [ALARMS, 'region', ['eu-west-1'], 'eu-west-1'],
  [ALARMS, 'regions', 'us-east-1,eu-west-1', ['us-east-1', 'eu-west-1']],
  [ALARMS, 'regions', 'us-east-1, EU-WEST-1', ['us-east-1', 'eu-west-1']],
  [ALARMS, 'regions', 'us-east-1', ['us-east-1']],
  [ALARMS, 'regions', '["us-east-1"]', ['us-east-1']],
  [ALARMS, 'regions', ['ALL'], ['all']],
  [ALARMS, 'regions', 'All', ['all']],
  [ALARMS, 'regions', '*', ['all']],
  [ALARMS, 'account', 111122223333, '111122223333'],
  [ALARMS, 'account', '1111-2222-3333', '111122223333'],
  [ALARMS, 'account', ' prod ', 'prod'],
  [ALARMS, 'accounts', 'prod,stage', ['prod', 'stage']],
  [ALARMS, 'accounts', ['ALL'], ['all']],
  // Names, lists of them, beginnings.
  [DESCRIBE, 'names', 'shop-health', ['shop-health']],
  [DESCRIBE, 'names', 'errors, all regions', ['errors, all regions']],
  [DESCRIBE, 'names', '["a", "b"]', ['a', 'b']],
  [DESCRIBE, 'names', "['a', 'b']", ['a', 'b']],
  [DESCRIBE, 'names', '[prod] shop', ['[prod] shop']],
  [HISTORY, 'alarm_name', 12, '12'],
  [HISTORY, 'alarm_name', ['shop-health'], 'shop-health'],
  [ALARMS, 'name_prefix', 'shop-*', 'shop-', /beginning, not a pattern/],
  [ALARMS, 'name_prefix', '*', undefined, /beginning, not a pattern/],
  [INSIGHTS, 'log_group_names', '/a,/b', ['/a', '/b']],
  [INSIGHTS, 'log_group_names', ' /a ', ['/a']],
  [SEARCH, 'log_group', '`/aws/lambda/x`', '/aws/lambda/x'],
  ['get_promql_series', 'match', '{a="b",c="d"}', ['{a="b",c="d"}']],
  ['get_promql_series', 'match', '{"Duration"}', ['{"Duration"}']],
  // Dimensions.
  [METRICS, 'dimensions', { FunctionName: 'shop' }, [FUNCTION]],
  [METRICS, 'dimensions', '{"FunctionName":"shop"}', [FUNCTION]],
  [METRICS, 'dimensions', { FunctionName: 'shop', Version: 3 }, [FUNCTION, { name: 'Version', value: '3' }]],
  [METRICS, 'dimensions', FUNCTION, [FUNCTION]],
  [METRICS, 'dimensions', { Name: 'FunctionName', Value: 'shop' }, [FUNCTION]],
  [METRICS, 'dimensions', { Key: 'FunctionName', Value: 'shop' }, [FUNCTION]],
  [METRICS, 'dimensions', [{ FunctionName: 'shop' }], [FUNCTION]],
  [METRICS, 'dimensions', 'FunctionName=shop', [FUNCTION]],
  [METRICS, 'dimensions', 'FunctionName=shop,Stage=x', [FUNCTION, { name: 'Stage', value: 'x' }]],
  [METRICS, 'dimensions', 'Name=FunctionName,Value=shop', [FUNCTION]],
  [METRICS, 'dimensions', ['FunctionName=shop'], [FUNCTION]],
  [METRICS, 'dimensions', ['Path=a=b,c'], [{ name: 'Path', value: 'a=b,c' }]],
  [METRICS, 'dimensions', ['FunctionName'], [{ name: 'FunctionName' }]],
  [DATA, 'dimensions', '[{"Name":"FunctionName","Value":"shop"}]', [FUNCTION]],
  // Queries.
  [INSIGHTS, 'query_string', '```sql\nfields @message\n```', 'fields @message'],
  [INSIGHTS, 'query_string', '```\nfields a\n| limit 5\n```\n', 'fields a\n| limit 5'],
  [INSIGHTS, 'query_string', 'fields `a`', 'fields `a`'],
  ['execute_promql_query', 'query', '```promql\nup\n```', 'up'],
  [CHART, 'queries', { expression: 'm1' }, ['{"expression":"m1"}']],
  [CHART, 'annotations', { label: 'SLO', value: '5' }, [{ label: 'SLO', value: 5 }]],
  [
    DATA,
    'queries',
    [{ Id: 'a', MetricStat: { Namespace: 'A', MetricName: 'b', Stat: 'Sum', Period: '5m' }, ReturnData: 'True' }],
    [{ id: 'a', metric_stat: { namespace: 'A', metric_name: 'b', statistic: 'Sum', period: 300 }, return_data: true }],
  ],
  [
    DATA,
    'queries',
    [
      {
        id: 'e',
        expression: 'a*2',
        label: '',
        metric_stat: { namespace: '', metric_name: '', dimensions: [], period: 0 },
      },
    ],
    [{ id: 'e', expression: 'a*2' }],
  ],
];

/** [tool, arguments, meaning] */
const WHOLE_CALLS: readonly (readonly [string, Record<string, unknown>, Record<string, unknown>])[] = [
  [ALARMS, { kwargs: {} }, { max_items: 50 }],
  [ALARMS, { kwargs: { max_items: 5 } }, { max_items: 5 }],
  [ALARMS, { kwargs: '' }, { max_items: 50 }],
  [ALARMS, { arguments: { max_items: 5 } }, { max_items: 5 }],
  [ALARMS, { args: [], kwargs: {} }, { max_items: 50 }],
  [ALARMS, { explanation: 'to see what burns' }, { max_items: 50 }],
  ['list_targets', { random_string: 'x' }, {}],
  ['list_targets', { reasoning: 'x', dummy: true }, {}],
  [ALARMS, { maxItems: 7 }, { max_items: 7 }],
  [ALARMS, { MaxItems: '7' }, { max_items: 7 }],
  [ALARMS, { 'max-items': 7 }, { max_items: 7 }],
  [ALARMS, { limit: 7 }, { max_items: 7 }],
  [ALARMS, { region: 'us-east-1,eu-west-1' }, { region: undefined, regions: ['us-east-1', 'eu-west-1'] }],
  [ALARMS, { region: ['us-east-1', 'eu-west-1'] }, { region: undefined, regions: ['us-east-1', 'eu-west-1'] }],
  [ALARMS, { region: 'ALL' }, { region: undefined, regions: ['all'] }],
  [ALARMS, { account: 'all' }, { account: undefined, accounts: ['all'] }],
  [SEARCH, { regions: ['EU-WEST-1'] }, { region: 'eu-west-1' }],
  [DESCRIBE, { alarm_name: 'shop' }, { names: ['shop'] }],
  [DESCRIBE, { AlarmNames: ['shop'], StateValue: 'ALARM' }, { names: ['shop'], states: ['ALARM'] }],
  [DATA, { startTime: '-1h', EndTime: 'now' }, { start_time: '-1h', end_time: 'now' }],
  ['get_promql_labels', { start_time: '-1h', end_time: 'now' }, { start: '-1h', end: 'now' }],
];

export const TAKEN: readonly InputCase[] = [
  ...ONE_ARGUMENT.map(([tool, argument, sent, taken, says]) => ({
    tool,
    args: { [argument]: sent },
    meaning: { [argument]: taken },
    ...(says !== undefined && { says }),
  })),
  ...WHOLE_CALLS.map(([tool, args, meaning]) => ({ tool, args, meaning })),
];
