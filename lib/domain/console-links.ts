/** Deep links into the CloudWatch console, as `{ label, url }` for `Answer.links`. Pure; aware of the partition. */
import { REGIONS } from './regions.ts';

export interface ConsoleLink {
  readonly label: string;
  readonly url: string;
}

/** Where a partition has its console; a partition that is not listed here is not reachable from the Internet. */
const CONSOLE_HOSTS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};
const DEFAULT_HOST = 'console.aws.amazon.com';

/** One alarm with its graph and history. */
export function alarmLink(region: string, alarmName: string): ConsoleLink {
  return {
    label: 'Alarm in the console',
    url: `${home(region, 'cloudwatch')}#alarmsV2:alarm/${percentEncode(alarmName)}`,
  };
}

/** The list of alarms that are in ALARM. */
export function alarmsLink(region: string): ConsoleLink {
  return {
    label: `Alarms in ${region} in the console`,
    url: `${home(region, 'cloudwatch')}#alarmsV2:?${jsurl({ alarmStateFilter: 'ALARM' })}`,
  };
}

/** The list of alarms of every state. */
export function allAlarmsLink(region: string): ConsoleLink {
  return { label: `Alarms in ${region} in the console`, url: `${home(region, 'cloudwatch')}#alarmsV2:` };
}

/** One log group with its streams. */
export function logGroupLink(region: string, logGroupName: string): ConsoleLink {
  return {
    label: 'Log group in the console',
    url: `${home(region, 'cloudwatch')}#logsV2:log-groups/log-group/${dollarEncode(percentEncode(logGroupName))}`,
  };
}

/** The list of log groups. */
export function logGroupsLink(region: string): ConsoleLink {
  return {
    label: `Log groups in ${region} in the console`,
    url: `${home(region, 'cloudwatch')}#logsV2:log-groups`,
  };
}

/** Logs Insights without a query. */
export function insightsHomeLink(region: string): ConsoleLink {
  return { label: 'Logs Insights in the console', url: `${home(region, 'cloudwatch')}#logsV2:logs-insights` };
}

export interface InsightsLinkQuery {
  /** Names or ARNs. */
  readonly logGroups: readonly string[];
  readonly query: string;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

/** Logs Insights with the query filled in. */
export function logsInsightsLink(region: string, query: InsightsLinkQuery): ConsoleLink {
  const detail = {
    end: new Date(query.endEpochMs).toISOString(),
    start: new Date(query.startEpochMs).toISOString(),
    timeType: 'ABSOLUTE',
    tz: 'UTC',
    editorString: query.query,
    source: query.logGroups,
  };
  return {
    label: 'Query in the console',
    url: `${home(region, 'cloudwatch')}#logsV2:logs-insights$3FqueryDetail$3D${jsurl(detail)}`,
  };
}

export interface LinkedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  /** As in CloudWatch: `Average`, `p99`, … */
  readonly statistic?: string;
  /** Owner where it is not the account that opens the link. */
  readonly accountId?: string | undefined;
}

export interface MetricsLinkGraph {
  readonly metrics: readonly (LinkedMetric | { readonly expression: string })[];
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly periodSeconds?: number;
}

/** One dashboard. It belongs to the account; the region is the one in which the console opens. */
export function dashboardLink(region: string, name: string): ConsoleLink {
  return {
    label: 'Dashboard in the console',
    url: `${home(region, 'cloudwatch')}#dashboards/dashboard/${percentEncode(name)}`,
  };
}

/** The list of dashboards. */
export function dashboardsLink(region: string): ConsoleLink {
  return { label: 'Dashboards in the console', url: `${home(region, 'cloudwatch')}#dashboards` };
}

/** All metrics, to look around. */
export function metricsHomeLink(region: string): ConsoleLink {
  return { label: 'Metrics in the console', url: `${home(region, 'cloudwatch')}#metricsV2` };
}

/** A graph of metrics and expressions. */
export function metricsLink(region: string, graph: MetricsLinkGraph): ConsoleLink {
  const value = {
    metrics: graph.metrics.map(graphRow),
    view: 'timeSeries',
    stacked: false,
    region,
    ...(graph.periodSeconds !== undefined && { period: graph.periodSeconds }),
    start: new Date(graph.startEpochMs).toISOString(),
    end: new Date(graph.endEpochMs).toISOString(),
  };
  return {
    label: 'Metrics in the console',
    url: `${home(region, 'cloudwatch')}#metricsV2?graph=${jsurl(value)}`,
  };
}

function graphRow(metric: MetricsLinkGraph['metrics'][number]): readonly unknown[] {
  if ('expression' in metric) return [{ expression: metric.expression }];
  return [
    metric.namespace,
    metric.metricName,
    ...metric.dimensions.flatMap(({ name, value }) => [name, value]),
    ...(metric.statistic === undefined && metric.accountId === undefined
      ? []
      : [
          {
            ...(metric.statistic !== undefined && { stat: metric.statistic }),
            ...(metric.accountId !== undefined && { accountId: metric.accountId }),
          },
        ]),
  ];
}

function home(region: string, service: string): string {
  const host = CONSOLE_HOSTS[REGIONS[region] ?? 'aws'] ?? DEFAULT_HOST;
  return `https://${region}.${host}/${service}/home?region=${region}`;
}

/** `encodeURIComponent` that also escapes what ends a markdown link. */
function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[()'*!~]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The logs pages escape the fragment a second time, with `$` for `%`. */
function dollarEncode(text: string): string {
  return encodeURIComponent(text).replaceAll('%', '$');
}

/** The console's notation of JSON in fragments: `~(key~'text~list~(~1~2))`; other characters as `*hh` or `**hhhh`. */
function jsurl(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '~(~)' : `~(${value.map(jsurl).join('')})`;
  if (value !== null && typeof value === 'object') {
    return `~(${Object.entries(value)
      .map(([key, member]) => `${starEncode(key)}${jsurl(member)}`)
      .join('~')})`;
  }
  return typeof value === 'string' ? `~'${starEncode(value)}` : `~${String(value)}`;
}

function starEncode(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]/g, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x100 ? `*${code.toString(16).padStart(2, '0')}` : `**${code.toString(16).padStart(4, '0')}`;
  });
}
