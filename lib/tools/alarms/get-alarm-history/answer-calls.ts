/** Arguments, ready to pass, for the calls that look into a window: the alarm's metric and its logs. */
import type { Target } from '../../../aws/ports/targets.ts';
import { type Alarm, type AlarmWatch, firstMetric, type WatchedMetric } from '../../../domain/alarms/alarm.ts';
import type { InvestigationWindow } from '../../../domain/alarms/alarm-windows.ts';
import { formatTime } from '../../../domain/time.ts';

export interface NextCall {
  readonly tool: 'get_metric_data' | 'execute_log_insights_query';
  /** JSON. */
  readonly args: string;
}

/** An expression over more than this is shown by its first metric alone. */
const MAX_QUERIES = 10;

const ERRORS_QUERY =
  'fields @timestamp, @message | filter @message like /(?i)(error|exception|timed out|fatal)/ | sort @timestamp desc | limit 50';

/** Calls for the first of the alarms that says which metric or logs belong to it. */
export function suggestCalls(
  alarms: readonly Alarm[],
  window: InvestigationWindow,
  target: Target,
): readonly NextCall[] {
  const place = {
    start_time: formatTime(window.startEpochMs),
    end_time: formatTime(window.endEpochMs),
    region: target.region,
    ...(target.account !== 'default' && { account: target.account }),
  };
  const write = (args: Arguments): string =>
    JSON.stringify({ ...args, ...place, ...(args.account !== undefined && { account: args.account }) });
  const metrics = alarms.map(({ watch }) => metricArguments(watch)).find((found) => found !== undefined);
  const logs = alarms.map(findLogs).find((found) => found !== undefined);
  return [
    ...(metrics === undefined ? [] : [{ tool: 'get_metric_data' as const, args: write(metrics) }]),
    ...(logs === undefined ? [] : [{ tool: 'execute_log_insights_query' as const, args: write(logs) }]),
  ];
}

interface Arguments {
  /** Where it is another than the alarm's. */
  readonly account?: string;
  readonly [name: string]: unknown;
}

/** One metric, or the expression with all it is computed from. */
function metricArguments(watch: AlarmWatch): Arguments | undefined {
  if (watch.type === 'metric') return { ...describeStat(watch.metric), ...placeOf(watch.metric) };
  if (watch.type !== 'math' && watch.type !== 'anomaly') return undefined;
  const metrics = watch.queries.flatMap(({ metric }) => metric ?? []);
  // One call asks one account: metrics of equal names in another would be read in their stead.
  if (new Set(metrics.map(({ accountId }) => accountId)).size > 1) return undefined;
  if (watch.queries.length > MAX_QUERIES) {
    const metric = firstMetric(watch);
    return metric === undefined ? undefined : { ...describeStat(metric), ...placeOf(metric) };
  }
  return {
    ...(metrics[0] !== undefined && placeOf(metrics[0])),
    queries: watch.queries.map(({ id, metric, expression, label, isReturned }) => ({
      id,
      ...(metric !== undefined && { metric_stat: describeStat(metric) }),
      expression,
      ...(label !== undefined && label !== '' && { label }),
      ...(!isReturned && { return_data: false }),
    })),
  };
}

/** The account to ask, where the metric is of another than the alarm. */
function placeOf({ accountId }: WatchedMetric): Arguments {
  return accountId === undefined ? {} : { account: accountId };
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

function findLogs({
  watch,
}: Alarm): { log_group_names: readonly string[]; query_string: string; account?: string } | undefined {
  if (watch.type === 'log') {
    return watch.logGroups.length === 0 ? undefined : { log_group_names: watch.logGroups, query_string: watch.query };
  }
  const metric = firstMetric(watch);
  const logGroup = metric === undefined ? undefined : guessLogGroup(metric);
  return logGroup === undefined || metric === undefined
    ? undefined
    : { log_group_names: [logGroup], query_string: ERRORS_QUERY, ...placeOf(metric) };
}

/** Names that the services themselves give to log groups. */
function guessLogGroup({ namespace, dimensions }: WatchedMetric): string | undefined {
  const dimensionValue = (name: string): string | undefined =>
    dimensions.find((dimension) => dimension.name === name)?.value;
  const functionName = dimensionValue('FunctionName');
  if (namespace === 'AWS/Lambda' && functionName !== undefined) return `/aws/lambda/${functionName}`;
  const cluster = dimensionValue('ClusterName');
  if (namespace === 'ContainerInsights' && cluster !== undefined)
    return `/aws/containerinsights/${cluster}/application`;
  return namespace === 'AWS/Logs' ? dimensionValue('LogGroupName') : undefined;
}
