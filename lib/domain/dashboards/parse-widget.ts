/** One widget of a body. Pure; whatever stands there, a widget comes back that says what could not be read. */
import { cleanLine, cleanText, clip } from '../text/clean-text.ts';
import { readChartQueries } from './chart-queries.ts';
import { type DashboardAlarm, type DashboardMetric, WIDGET_KINDS, type Widget, type WidgetKind } from './dashboard.ts';
import { readDashboardTime } from './dashboard-time.ts';
import { isObject, type JsonObject, lineOf, listOf, objectOf, textOf } from './json-shapes.ts';
import { readLogQuery } from './log-query.ts';
import { MAX_PLACE_CHARS, readMetricRows, readSampling } from './metric-rows.ts';
import {
  describeAlarmList,
  describeCustom,
  describeExplorer,
  describeGraph,
  describeOther,
  describeText,
} from './widget-details.ts';

const ALARM_ARN = /^arn:[^:]+:cloudwatch:([^:]{1,40}):(\d{12}):alarm:(.{1,255})$/s;
const MAX_ALARMS = 100; // of one widget, and DescribeAlarms, AlarmNames
const MAX_TITLE_CHARS = 200;
const MAX_TYPE_CHARS = 40;

export interface Surroundings {
  /** Property or dimension → the default of its dashboard variable. */
  readonly defaults: ReadonlyMap<string, string>;
  /** What may still be read in this and the following widgets. */
  readonly left: { metrics: number };
}

export function readWidget(value: unknown, number: number, surroundings: Surroundings): Widget {
  if (!isObject(value)) return emptyWidget(number, 'it is not an object');
  const type = textOf(value, 'type');
  if (type === undefined) return emptyWidget(number, 'it has no type');
  if (!isObject(value.properties)) return { ...emptyWidget(number, 'it has no properties'), ...kindOf(type) };
  return readProperties(value.properties, kindOf(type), number, surroundings);
}

/** Without reading the widget. */
export function kindOfWidget(value: unknown): WidgetKind {
  const type = isObject(value) ? value.type : undefined;
  return WIDGET_KINDS.find((known) => known === type) ?? 'other';
}

function kindOf(type: string): { readonly kind: WidgetKind; readonly type?: string } {
  const kind = WIDGET_KINDS.find((known) => known === type && known !== 'other');
  return kind === undefined ? { kind: 'other', type: clip(cleanLine(type), MAX_TYPE_CHARS) } : { kind };
}

function emptyWidget(number: number, problem: string): Widget {
  return { number, kind: 'other', metrics: [], promqlQueries: [], alarms: [], details: [], problems: [problem] };
}

function readProperties(
  properties: JsonObject,
  { kind, type }: { readonly kind: WidgetKind; readonly type?: string },
  number: number,
  { defaults, left }: Surroundings,
): Widget {
  const title = lineOf(properties, 'title', MAX_TITLE_CHARS);
  const view = lineOf(properties, 'view', MAX_TYPE_CHARS);
  const region = defaults.get('region') ?? lineOf(properties, 'region', MAX_PLACE_CHARS);
  const accountId = defaults.get('accountId') ?? lineOf(properties, 'accountId', MAX_PLACE_CHARS);
  const times = readTimes(properties);
  const rows = kind === 'metric' ? readMetricRows(properties.metrics, left) : { metrics: [], problems: [] };
  const { periodSeconds, statistic, doubts } = readSampling(kind === 'metric' ? properties : {});
  const chart = kind === 'chart' ? readChartQueries(properties) : { queries: [], details: [], problems: [] };
  const log = kind === 'log' ? readLogQuery(properties) : { problems: [] };
  const alarms = readAlarms(kind === 'alarm' ? properties.alarms : objectOf(properties.annotations).alarms);
  const isEmptyGraph =
    kind === 'metric' && rows.metrics.length + alarms.alarms.length === 0 && !isObject(properties.insightRule);
  return {
    number,
    kind,
    ...(type !== undefined && { type }),
    ...(title !== undefined && { title }),
    ...(view !== undefined && { view }),
    ...(region !== undefined && { region }),
    ...(accountId !== undefined && { accountId }),
    ...(periodSeconds !== undefined && { periodSeconds }),
    ...(statistic !== undefined && { statistic }),
    ...times.found,
    metrics: rows.metrics.map((metric) => withDefaults(metric, defaults)),
    ...(log.logQuery !== undefined && { logQuery: log.logQuery }),
    promqlQueries: chart.queries,
    alarms: alarms.alarms,
    details: [...describe(kind, properties), ...chart.details],
    problems: [
      ...rows.problems,
      ...doubts.map((doubt) => `it ${doubt}`),
      ...log.problems,
      ...chart.problems,
      ...alarms.problems,
      ...times.problems,
      ...(isEmptyGraph && rows.problems.length === 0 ? ['it names no metric'] : []),
    ],
  };
}

function describe(kind: WidgetKind, properties: JsonObject): readonly string[] {
  switch (kind) {
    case 'metric':
      return describeGraph(properties);
    case 'text':
      return describeText(properties);
    case 'alarm':
      return describeAlarmList(properties);
    case 'explorer':
      return describeExplorer(properties);
    case 'custom':
      return describeCustom(properties);
    case 'log':
    case 'chart':
      return [];
    case 'other':
      return describeOther(properties);
  }
}

export interface Times {
  readonly found: { readonly startTime?: string; readonly endTime?: string };
  readonly problems: readonly string[];
}

/** `start` and `end` of a body or of a widget that has its own. */
export function readTimes(object: JsonObject): Times {
  const [start, end] = [textOf(object, 'start'), textOf(object, 'end')];
  const startTime = start === undefined ? undefined : readDashboardTime(start);
  const endTime = end === undefined ? undefined : readDashboardTime(end);
  return {
    found: { ...(startTime !== undefined && { startTime }), ...(endTime !== undefined && { endTime }) },
    problems: [
      ...(start !== undefined && startTime === undefined ? ['its start is not a time'] : []),
      ...(end !== undefined && endTime === undefined ? ['its end is not a time'] : []),
    ],
  };
}

function readAlarms(value: unknown): {
  readonly alarms: readonly DashboardAlarm[];
  readonly problems: readonly string[];
} {
  const entries = listOf(value);
  const alarms = entries.slice(0, MAX_ALARMS).flatMap((entry) => {
    const [, region, accountId, name] = typeof entry === 'string' ? (ALARM_ARN.exec(cleanText(entry)) ?? []) : [];
    return region === undefined || accountId === undefined || name === undefined ? [] : [{ region, accountId, name }];
  });
  const unread = entries.length - alarms.length;
  return { alarms, problems: unread === 0 ? [] : [`${unread} of its ${entries.length} alarms could not be read`] };
}

/** What a property variable sets when the dashboard opens. */
function withDefaults(metric: DashboardMetric, defaults: ReadonlyMap<string, string>): DashboardMetric {
  if (defaults.size === 0) return metric;
  const region = metric.region === undefined ? undefined : (defaults.get('region') ?? metric.region);
  return {
    ...metric,
    ...(region !== undefined && { region }),
    ...(metric.metric !== undefined && {
      metric: {
        ...metric.metric,
        dimensions: metric.metric.dimensions.map(({ name, value }) => ({ name, value: defaults.get(name) ?? value })),
      },
    }),
  };
}
