/** A widget → arguments, ready to pass, for the tools that show what it shows. Pure. */
import type { Dashboard, DashboardAlarm, Widget } from '../../../domain/dashboards/dashboard.ts';
import { writeLogGroupArn } from '../../../domain/logs/log-group-id.ts';
import { isStepOf } from '../../../domain/promql/step.ts';
import { parseTime } from '../../../domain/time.ts';
import { groupQueries, type QueryGroup } from './answer-metric-calls.ts';
import { findPlace, type Places, type WidgetPlace } from './widget-place.ts';

/** What the console shows when neither dashboard nor widget says. */
const DEFAULT_START = '-3h';

/** A widget over more regions and accounts than this is shown by the first ones. */
const MAX_CALLS = 6;

type CallTool = 'get_metric_data' | 'execute_log_insights_query' | 'execute_promql_range_query' | 'describe_alarms';

export interface WidgetCall {
  readonly tool: CallTool;
  readonly args: Readonly<Record<string, unknown>>;
  /** What the widget calls its answer. */
  readonly label?: string;
}

export interface WidgetCalls {
  readonly calls: readonly WidgetCall[];
  readonly problems: readonly string[];
}

interface BodyTimes extends Pick<Dashboard, 'startTime' | 'endTime'> {
  readonly nowEpochMs: number;
}

export function callsOf(widget: Widget, body: BodyTimes, places: Places): WidgetCalls {
  const found = [
    ...callMetrics(widget, body, places),
    ...callLogs(widget, body, places),
    ...callPromql(widget, body, places),
    ...callAlarms(widget, places),
  ];
  const calls = found.filter((item) => typeof item !== 'string');
  return {
    calls: calls.slice(0, MAX_CALLS),
    problems: [
      ...new Set(found.filter((item) => typeof item === 'string')),
      ...(calls.length > MAX_CALLS
        ? [`${calls.length - MAX_CALLS} more calls, for other regions, accounts or queries`]
        : []),
    ],
  };
}

type Found = WidgetCall | string;

function callMetrics(widget: Widget, body: BodyTimes, places: Places): Found[] {
  if (widget.metrics.length === 0) return [];
  const { groups, problems } = groupQueries(widget, places.homeAccountId ?? places.home.accountId);
  const { start_time: start, ...end } = timesOf(widget, body);
  const times = { ...(start !== DEFAULT_START && { start_time: start }), ...end };
  return [
    ...problems,
    ...groups.flatMap((group) => [
      makeCall('get_metric_data', { ...metricArguments(group), ...times }, group.place, places),
      ...(group.leftOut === 0
        ? []
        : [
            `${group.leftOut} of ${group.leftOut + group.queries.length} metrics are left out of the arguments, to keep them short`,
          ]),
    ]),
  ];
}

/** One metric by its own arguments, anything else as `queries`. */
function metricArguments({ queries }: QueryGroup): Readonly<Record<string, unknown>> {
  const [only] = queries;
  if (queries.length !== 1 || only?.metric_stat === undefined) return { queries };
  return { ...only.metric_stat, ...(only.account_id !== undefined && { account_id: only.account_id }) };
}

function callLogs(widget: Widget, body: BodyTimes, places: Places): Found[] {
  const { logQuery } = widget;
  if (logQuery === undefined) return [];
  const { region = places.home.region, accountId } = widget;
  const { logGroups } = logQuery;
  const rest = {
    query_string: logQuery.query,
    ...timesOf(widget, body),
    ...(logQuery.language !== 'CWLI' && { query_language: logQuery.language }),
  };
  const isLinked = accountId !== undefined && typeof findPlace(places, { region, accountId }) === 'string';
  if (isLinked && logGroups.length > 0) {
    // As the console does: through the account of the dashboard, to which the other one is linked.
    const identifiers = logGroups.map((group) =>
      group.startsWith('arn:') ? group : writeLogGroupArn(group, region, accountId),
    );
    const args = { log_group_identifiers: identifiers, ...rest };
    return [makeCall('execute_log_insights_query', args, { region, accountId: undefined }, places)];
  }
  const args = { ...(logGroups.length > 0 && { log_group_names: logGroups }), ...rest };
  return [makeCall('execute_log_insights_query', args, widgetPlace(widget), places)];
}

function callPromql(widget: Widget, body: BodyTimes, places: Places): Found[] {
  const { start_time: start, end_time: end = 'now' } = timesOf(widget, body);
  const range = { startEpochMs: parseTime(start, body.nowEpochMs), endEpochMs: parseTime(end, body.nowEpochMs) };
  return widget.promqlQueries.flatMap(({ query, label, stepSeconds, region, accountId, isHidden }) => {
    if (isHidden === true) return [];
    const isFit = stepSeconds !== undefined && isStepOf(range, stepSeconds);
    const args = {
      query,
      ...(start !== DEFAULT_START && { start }),
      ...(end !== 'now' && { end }),
      ...(isFit && { step: `${stepSeconds}s` }),
    };
    const { region: ownRegion, accountId: ownAccount } = widget;
    const place = { region: region ?? ownRegion, accountId: accountId ?? ownAccount };
    const call = makeCall('execute_promql_range_query', args, place, places);
    return [
      typeof call === 'string' || label === undefined ? call : { ...call, label },
      ...(stepSeconds === undefined || isFit
        ? []
        : [`its step of ${stepSeconds}s is too fine for the time range and left out of the arguments`]),
    ];
  });
}

function callAlarms(widget: Widget, places: Places): Found[] {
  const groups = Map.groupBy(widget.alarms, ({ accountId, region }: DashboardAlarm) => `${accountId}/${region}`);
  return [...groups.values()].flatMap((alarms) => {
    const [first] = alarms;
    return first === undefined
      ? []
      : [makeCall('describe_alarms', { names: alarms.map(({ name }) => name) }, first, places)];
  });
}

function makeCall(tool: CallTool, args: object, place: WidgetPlace, places: Places): Found {
  const found = findPlace(places, place);
  if (typeof found === 'string') return found;
  return { tool, args: { ...args, ...found.args } };
}

function widgetPlace({ region, accountId }: Widget): WidgetPlace {
  return { region, accountId };
}

function timesOf(widget: Widget, body: BodyTimes): { readonly start_time: string; readonly end_time?: string } {
  const hasOwn = widget.startTime !== undefined || widget.endTime !== undefined;
  const { startTime = DEFAULT_START, endTime } = hasOwn ? widget : body;
  return { start_time: startTime, ...(endTime !== undefined && { end_time: endTime }) };
}
