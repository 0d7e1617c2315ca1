/** Gathered metrics and alarms → what a picture or a page is to show. Pure. */
import { createHash } from 'node:crypto';
import type { WidgetImageRequest, WidgetLine } from '../../../aws/ports/metrics.ts';
import type { AlarmState } from '../../../domain/alarms/alarm.ts';
import { describeThreshold } from '../../../domain/alarms/alarm-watch.ts';
import type { AlarmBand, ChartPage, ChartSeries, TimedValues } from '../../../domain/metrics/chart/chart-page.ts';
import { isOpen } from '../../../domain/metrics/describe-newest.ts';
import { formatNumber } from '../../../domain/metrics/metric-value.ts';
import { inAccount } from '../../../domain/metrics/owner-account.ts';
import { listPoints } from '../../../domain/metrics/period-state.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { listSome } from '../../../domain/text/counts.ts';
import { formatDuration, SECOND_MS } from '../../../domain/time.ts';
import type { Link } from '../../../tool/types.ts';
import type { MetricFacts } from '../get-metric-data/answer.ts';
import { formatShortTime } from '../shared/render-series.ts';
import type { SeriesView } from '../shared/view-series.ts';
import type { MarkedFinding } from './answer-findings.ts';
import type { Annotation } from './arguments.ts';
import type { ThresholdAlarm } from './read-alarms.ts';

const MAX_TITLE_CHARS = 120;
const MAX_TITLE_LABELS = 3;
const MAX_LABEL_CHARS = 80;
/** A threshold that leaves the curve less than this share of the height would flatten it. */
const MIN_CURVE_SHARE = 0.15;
const STATE_COLORS: Readonly<Record<AlarmState, string>> = {
  ALARM: '#d13212',
  INSUFFICIENT_DATA: '#879596',
  OK: '#1d8102',
};
const ANNOTATION_COLOR = '#5f6b7a';
const ID_CHARS = 16;

export interface ChartContent extends MetricFacts {
  readonly annotations: readonly Annotation[];
  readonly alarms: readonly ThresholdAlarm[];
  readonly bands: readonly AlarmBand[];
  readonly marked: readonly MarkedFinding[];
  /** At the times of this week. */
  readonly weekBefore: ReadonlyMap<SeriesView, TimedValues>;
}

/** What a datapoint is: `Sum every 5m`, `every 5m` of an expression. */
export function measureOf({ statistic, periodSeconds }: SeriesView): string | undefined {
  const parts = [statistic, everyOf({ periodSeconds })].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

function everyOf(view: { readonly periodSeconds?: number | undefined } | undefined): string | undefined {
  return view?.periodSeconds === undefined ? undefined : `every ${formatDuration(view.periodSeconds * SECOND_MS)}`;
}

/** Where all series with data are of the same. */
function commonMeasure(views: readonly SeriesView[]): string | undefined {
  const [measure, ...others] = new Set(views.filter(({ points }) => points.length > 0).map(measureOf));
  return others.length === 0 ? measure : undefined;
}

/** E.g. `Duration p99 · FunctionName=shop-checkout`. */
function titleOf({ plan, views }: Pick<MetricFacts, 'plan' | 'views'>): string {
  const metric = plan.mode === 'metric' ? plan.queries[0]?.metric : undefined;
  if (metric !== undefined) {
    const dimensions = metric.dimensions.map(({ name, value }) => `${name}=${value}`).join(', ');
    const owner = metric.accountId === undefined ? '' : `account ${metric.accountId}`;
    return clip(
      cleanLine(
        [`${metric.metricName} ${metric.statistic}`, dimensions, owner].filter((part) => part !== '').join(' · '),
      ),
      MAX_TITLE_CHARS,
    );
  }
  const labels = views.map(nameSeries);
  return clip(listSome(labels, MAX_TITLE_LABELS), MAX_TITLE_CHARS);
}

/** Series of several accounts have equal labels. */
function nameSeries({ label, id, accountId }: SeriesView): string {
  return `${cleanLine(label || id)}${inAccount(accountId)}`;
}

export function toPage(
  content: ChartContent,
  link: Link | undefined,
  size: { readonly width: number | undefined; readonly height: number | undefined },
): ChartPage {
  const { plan, fetched, target, annotations, alarms, bands, views, marked } = content;
  const [metric] = plan.queries.flatMap((query) => query.metric ?? []);
  return {
    title: titleOf(content),
    subtitle: [
      plan.mode === 'metric' ? metric?.namespace : undefined,
      `${target.account}/${target.region}`,
      commonMeasure(views),
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
    ...fetched.range,
    series: views.map((view) => toChartSeries(view, content)),
    thresholds: [
      ...alarms.map(({ name, state, condition }) => ({ label: name, value: condition.threshold, state })),
      ...annotations,
    ],
    alarmBands: bands,
    findings: marked.map(({ view, text, ...place }) => ({ ...place, text: `${nameSeries(view)} ${text}` })),
    link,
    ...(size.width !== undefined && { width: size.width }),
    ...(size.height !== undefined && { height: size.height }),
  };
}

function toChartSeries(view: SeriesView, { fetched, weekBefore }: ChartContent): ChartSeries {
  const measure = measureOf(view);
  const samples = fetched.samples.get(view.id);
  const before = weekBefore.get(view);
  const points = listPoints(view);
  return {
    label: nameSeries(view),
    ...(view.unit !== undefined && { unit: view.unit }),
    ...(measure !== undefined && { measure }),
    ...(view.periodSeconds !== undefined && { periodSeconds: view.periodSeconds }),
    timestampsEpochMs: points.map(({ epochMs }) => epochMs),
    values: points.map(({ value }) => value),
    openEpochMs: view.open.map(({ epochMs }) => epochMs),
    ...(samples !== undefined && { samples }),
    ...(before !== undefined && { weekBefore: before }),
  };
}

/** The same content has the same address, so that a client may keep it. */
export function pageUri(html: string): `ui://${string}` {
  return `ui://cloudwatch-mcp/metric-chart/${createHash('sha256').update(html).digest('hex').slice(0, ID_CHARS)}`;
}

export function toWidget(
  content: ChartContent,
  size: { readonly widthPixels: number; readonly heightPixels: number },
): WidgetImageRequest {
  const { plan, fetched, views, annotations, alarms, marked } = content;
  const measure = plan.mode === 'metric' ? everyOf(views[0]) : commonMeasure(views);
  const units = new Set(views.map(({ unit }) => unit ?? 'None'));
  const [unit] = units;
  const lines: WidgetLine[] = [
    ...alarms.map(({ name, state, condition }) => ({
      value: condition.threshold,
      label: `${clip(cleanLine(name), MAX_LABEL_CHARS)} ${describeThreshold(condition)} (${state})`,
      color: STATE_COLORS[state],
    })),
    ...annotations.map(({ label, value }) => ({
      value,
      color: ANNOTATION_COLOR,
      label: [clip(cleanLine(label), MAX_LABEL_CHARS), formatNumber(value)].filter((part) => part !== '').join(': '),
    })),
  ];
  return {
    queries: fetched.queries,
    title: [titleOf(content), ...(measure === undefined ? [] : [measure])].join(' · '),
    startEpochMs: fetched.range.startEpochMs,
    endEpochMs: lastFinalPeriod(content),
    ...size,
    lines,
    marks: marked.map(({ startEpochMs }, index) => ({
      epochMs: Math.max(startEpochMs, fetched.range.startEpochMs),
      label: `${index + 1}: ${formatShortTime(startEpochMs, fetched.range)}`,
    })),
    ...(units.size === 1 && unit !== undefined && unit !== 'None' && { unit }),
  };
}

/** What is not final looks like a drop; it is drawn where it tells more than all that is final. */
function lastFinalPeriod({ views, fetched }: Pick<MetricFacts, 'views' | 'fetched'>): number {
  const filled = views.filter(({ points }) => points.length > 0);
  const firstOpen = filled.map(({ open, points }) =>
    open.find(({ epochMs }) => epochMs > (points.at(-1)?.epochMs ?? Number.POSITIVE_INFINITY)),
  );
  const isWorth = filled.some(
    ({ summary, isProvisional }) => isProvisional || (summary !== undefined && isOpen(summary.max)),
  );
  if (isWorth || firstOpen.length === 0 || firstOpen.includes(undefined)) return fetched.range.endEpochMs;
  return Math.min(...firstOpen.flatMap((point) => point?.epochMs ?? []));
}

/** Whether a line at `value` would leave the curves of a picture, whose axis holds all of it, next to no height. */
export function isFar(value: number, views: readonly SeriesView[]): boolean {
  const summaries = views.flatMap(({ summary }) => summary ?? []);
  const low = Math.min(...summaries.map(({ min }) => min.value));
  const high = Math.max(...summaries.map(({ max }) => max.value));
  const span = high - low;
  // A flat line has no shape to lose.
  if (!(span > 0)) return false;
  return span / (Math.max(high, value) - Math.min(low, value)) < MIN_CURVE_SHARE;
}
