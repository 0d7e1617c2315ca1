/** Deep links into the CloudWatch console, as `{ label, url }` for `Answer.link`: short, since a model reads them too. Pure; aware of the partition. */
import { REGIONS } from './regions.ts';
import { SECOND_MS } from './time.ts';

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
/** Of an address with what stands in it; a longer one costs more than it is worth. */
const MAX_URL_CHARS = 500;

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
    label: 'Alarms in the console',
    url: `${home(region, 'cloudwatch')}#alarmsV2:?${jsurl({ alarmStateFilter: 'ALARM' })}`,
  };
}

/** The list of alarms of every state. */
export function allAlarmsLink(region: string): ConsoleLink {
  return { label: 'Alarms in the console', url: `${home(region, 'cloudwatch')}#alarmsV2:` };
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
    label: 'Log groups in the console',
    url: `${home(region, 'cloudwatch')}#logsV2:log-groups`,
  };
}

export interface InsightsLinkQuery {
  /** Names or ARNs. */
  readonly logGroups: readonly string[];
  readonly query: string;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

/** Logs Insights with the query filled in; undefined where that is too long. */
export function logsInsightsLink(region: string, query: InsightsLinkQuery): ConsoleLink | undefined {
  const detail = {
    end: writeTime(query.endEpochMs),
    start: writeTime(query.startEpochMs),
    timeType: 'ABSOLUTE',
    editorString: query.query,
    source: query.logGroups,
  };
  const url = `${home(region, 'cloudwatch')}#logsV2:logs-insights$3FqueryDetail$3D${jsurl(detail)}`;
  return url.length > MAX_URL_CHARS ? undefined : { label: 'Query in the console', url };
}

export interface LinkedMetric {
  /** By which an expression names it. */
  readonly id?: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  /** As in CloudWatch: `Average`, `p99`, … */
  readonly statistic?: string;
  /** Owner where it is not the account that opens the link. */
  readonly accountId?: string | undefined;
}

export interface LinkedExpression {
  readonly id?: string;
  readonly expression: string;
}

export interface MetricsLinkGraph {
  readonly metrics: readonly (LinkedMetric | LinkedExpression)[];
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

/**
 * A graph of as many of the metrics as there is room for, the first ones; one with expressions is whole or undefined, since
 * they name each other. View, stacking and region are the console's defaults.
 */
export function metricsLink(region: string, graph: MetricsLinkGraph): ConsoleLink | undefined {
  const hasExpressions = graph.metrics.some((metric) => 'expression' in metric);
  const rows = graph.metrics.map((metric) => graphRow(metric, hasExpressions));
  const least = hasExpressions ? rows.length : 1;
  for (let count = rows.length; count >= least && count > 0; count -= 1) {
    const value = {
      metrics: rows.slice(0, count),
      ...(graph.periodSeconds !== undefined && { period: graph.periodSeconds }),
      start: writeTime(graph.startEpochMs),
      end: writeTime(graph.endEpochMs),
    };
    const url = `${home(region, 'cloudwatch')}#metricsV2?graph=${jsurl(value)}`;
    if (url.length <= MAX_URL_CHARS) return { label: 'Metrics in the console', url };
  }
  return undefined;
}

function graphRow(metric: LinkedMetric | LinkedExpression, hasIds: boolean): readonly unknown[] {
  const id = hasIds && metric.id !== undefined ? { id: metric.id } : {};
  if ('expression' in metric) return [{ expression: metric.expression, ...id }];
  const { namespace, metricName, dimensions, statistic, accountId } = metric;
  const options = {
    ...id,
    ...(statistic !== undefined && { stat: statistic }),
    ...(accountId !== undefined && { accountId }),
  };
  const names = [namespace, metricName, ...dimensions.flatMap(({ name, value }) => [name, value])];
  return Object.keys(options).length === 0 ? names : [...names, options];
}

/** ISO without milliseconds, which the console takes as well. */
function writeTime(epochMs: number): string {
  return new Date(Math.floor(epochMs / SECOND_MS) * SECOND_MS).toISOString().replace('.000Z', 'Z');
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
