/** Arguments, ready to pass, for the calls that look into a window: what the alarm itself saw, and its logs. */
import type { Target } from '../../../aws/ports/targets.ts';
import { type Alarm, firstMetric, type WatchedMetric, type WatchedQuery } from '../../../domain/alarms/alarm.ts';
import { queriesOf } from '../../../domain/alarms/alarm-queries.ts';
import type { InvestigationWindow } from '../../../domain/alarms/alarm-windows.ts';
import { guessLogGroup } from '../../../domain/alarms/guess-log-group.ts';
import { writeLogGroupArn } from '../../../domain/logs/log-group-id.ts';
import { ownerArgument } from '../../../domain/metrics/owner-account.ts';
import { fitStep } from '../../../domain/promql/step.ts';
import { formatTime } from '../../../domain/time.ts';

export interface NextCall {
  readonly tool:
    | 'get_metric_data'
    | 'execute_log_insights_query'
    | 'execute_promql_range_query'
    | 'describe_log_groups';
  /** JSON. */
  readonly args: string;
}

const ERRORS_QUERY =
  'fields @timestamp, @message | filter @message like /(?i)(error|exception|timed out|fatal)/ | sort @timestamp desc | limit 50';

/** Calls for the first of the alarms that says which metric or logs belong to it. */
export function suggestCalls(
  alarms: readonly Alarm[],
  window: InvestigationWindow,
  target: Target,
): readonly NextCall[] {
  const [start, end] = [formatTime(window.startEpochMs), formatTime(window.endEpochMs)];
  const place = { region: target.region, ...(target.account !== 'default' && { account: target.account }) };
  const write = ({ tool, args }: Call): NextCall => {
    const times = TIMES[tool](start, end);
    return {
      tool,
      args: JSON.stringify({
        ...args,
        ...times,
        ...place,
      }),
    };
  };
  const found = [
    alarms.map((alarm) => callForValues(alarm, window)),
    alarms.map((alarm) => callForLogs(alarm, target.region)),
  ].flatMap((calls) => calls.find((call) => call !== undefined) ?? []);
  return found.map(write);
}

/** How the tools name the ends of a range. */
const TIMES: Readonly<Record<NextCall['tool'], (start: string, end: string) => object>> = {
  get_metric_data: (start_time, end_time) => ({ start_time, end_time }),
  execute_log_insights_query: (start_time, end_time) => ({ start_time, end_time }),
  execute_promql_range_query: (start, end) => ({ start, end }),
  describe_log_groups: () => ({}),
};

interface Call {
  readonly tool: NextCall['tool'];
  readonly args: object;
}

/** The alarm's own datapoints: its queries with their periods and accounts, or its PromQL at its pace. */
function callForValues(alarm: Alarm, window: InvestigationWindow): Call | undefined {
  const { watch, condition } = alarm;
  if (watch.type === 'promql') {
    const { periodSeconds } = condition;
    const step = periodSeconds === undefined ? {} : { step: `${fitStep(window, periodSeconds)}s` };
    return { tool: 'execute_promql_range_query', args: { query: watch.query, ...step } };
  }
  if (watch.type === 'metric') {
    const { accountId, unit } = watch.metric;
    const owner = ownerArgument(accountId);
    // Only a query can name a unit.
    if (unit === undefined) return { tool: 'get_metric_data', args: { ...describeStat(watch.metric), ...owner } };
  }
  const found = queriesOf(alarm);
  return found === undefined
    ? undefined
    : { tool: 'get_metric_data', args: { queries: found.queries.map(describeQuery) } };
}

function describeQuery({ id, metric, expression, label, periodSeconds, accountId, isReturned }: WatchedQuery): object {
  return {
    id,
    ...(metric !== undefined && { metric_stat: { ...describeStat(metric), unit: metric.unit } }),
    expression,
    // The period of an expression is its own, not that of its operands.
    ...(metric === undefined && periodSeconds !== undefined && { period: periodSeconds }),
    ...(accountId !== undefined && { account_id: accountId }),
    ...(label !== undefined && label !== '' && { label }),
    ...(!isReturned && { return_data: false }),
  };
}

/** With the alarm's own period: a sum or a band over another one would not be what the alarm saw. */
function describeStat({ namespace, metricName, dimensions, statistic, periodSeconds }: WatchedMetric): object {
  return {
    namespace,
    metric_name: metricName,
    dimensions,
    statistic,
    period: periodSeconds,
  };
}

/** Logs of a linked account are asked where its metric is: through the account of the alarm, whose reader may know no other. */
function callForLogs({ watch }: Alarm, region: string): Call | undefined {
  const tool = 'execute_log_insights_query';
  if (watch.type === 'log') {
    return watch.logGroups.length === 0
      ? undefined
      : { tool, args: { log_group_names: watch.logGroups, query_string: watch.query } };
  }
  const metric = firstMetric(watch);
  const found = metric === undefined ? undefined : guessLogGroup(metric);
  if (metric === undefined || found === undefined) return undefined;
  const { accountId } = metric;
  if ('prefix' in found) {
    const owner = accountId === undefined ? {} : { account_identifiers: [accountId] };
    return { tool: 'describe_log_groups', args: { log_group_name_prefix: found.prefix, ...owner } };
  }
  const groups =
    accountId === undefined
      ? { log_group_names: [found.name] }
      : { log_group_identifiers: [writeLogGroupArn(found.name, region, accountId)] };
  return { tool, args: { ...groups, query_string: ERRORS_QUERY } };
}
