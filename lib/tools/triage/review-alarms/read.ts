/** What a review of alarms needs, in one account and region: alarms, changes, mute rules, metrics. Each may be missing. */
import type { MetricIdentity, MetricsPort } from '../../../aws/ports/metrics.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { type Alarm, isAutoScalingAlarm, type WatchedMetric } from '../../../domain/alarms/alarm.ts';
import { readStateChange, type StateChange } from '../../../domain/alarms/alarm-history.ts';
import { maySilent, watchedMetrics } from '../../../domain/alarms/review/judge-silence.ts';
import { PublishedSeries } from '../../../domain/alarms/review/published-series.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';

/** 50 pages of DescribeAlarms, which takes nine calls a second (CloudWatch quotas). */
const MAX_ALARMS = 5_000;
/** Of 100 changes each, of all alarms. */
const MAX_HISTORY_PAGES = 30;
const MAX_ACTIVE_METRICS = 5_000;
/** Metrics of which all series are listed, one call each. */
const MAX_LISTED_METRICS = 25;
const MAX_SERIES = 2_000;
const CONCURRENCY = 5;

export interface ReviewQuery {
  readonly namePrefix?: string | undefined;
  readonly range: TimeRange;
  /** Of several targets, those without alarms are asked nothing more. */
  readonly isOneOfMany: boolean;
}

export interface TargetFacts {
  readonly target: Target;
  /** Without those of auto scaling. */
  readonly alarms: readonly Alarm[];
  readonly hiddenAutoScaling: number;
  readonly changes: readonly StateChange[];
  /** The part of the range whose changes were read; undefined where none could be. */
  readonly covered?: TimeRange | undefined;
  /** Names of the rules that mute an alarm now, by its name. */
  readonly mutedBy: ReadonlyMap<string, readonly { readonly name: string }[]>;
  /** All series of a metric with data in two weeks; undefined where that is not known. */
  readonly published: (metric: WatchedMetric) => PublishedSeries | undefined;
  /** Series with data in the last three hours; empty where resources without alarms are not looked for. */
  readonly active: readonly MetricIdentity[];
  readonly warnings: readonly string[];
}

export async function readFacts(context: ToolContext, target: Target, query: ReviewQuery): Promise<TargetFacts> {
  const { alarms: port, metrics } = context.aws(target);
  const { namePrefix, range, isOneOfMany } = query;
  const limits = { maxItems: MAX_ALARMS, hasTime: context.hasTime };
  const listed = await collectPages(port.describeAlarms({ namePrefix }, context.signal), limits);
  const hasScaling = namePrefix !== undefined && isAutoScalingAlarm(namePrefix);
  const alarms = listed.items.filter(({ name }) => hasScaling || !isAutoScalingAlarm(name));
  const isIdle = listed.items.length === 0 && isOneOfMany;
  const looksForMore = namePrefix === undefined && listed.isComplete && !isIdle;
  const [history, mute, published, active] = await Promise.all([
    alarms.length === 0 ? nothingIn(range) : readHistory(context, target, range),
    alarms.length === 0 ? { value: [] } : attempt(context.signal, port.listMuteRules(['active'], context.signal)),
    listPublished(context, metrics, alarms),
    looksForMore
      ? attempt(context.signal, listActive(context, metrics))
      : { value: { metrics: [], isTruncated: false } },
  ]);
  const rules = 'value' in mute ? mute.value : [];
  return {
    target,
    alarms,
    hiddenAutoScaling: listed.items.length - alarms.length,
    changes: history.changes,
    covered: history.covered,
    mutedBy: Map.groupBy(
      rules.flatMap(({ name, alarmNames }) => [...new Set(alarmNames)].map((alarm) => ({ name, alarm }))),
      ({ alarm }) => alarm,
    ),
    published: published.of,
    active: 'value' in active ? active.value.metrics : [],
    warnings: [
      ...(listed.isComplete
        ? []
        : [`there are more than the ${listed.items.length} alarms that were read: narrow with name_prefix.`]),
      ...(history.warning === undefined ? [] : [history.warning]),
      ...('error' in mute ? [`which alarms are muted is not known: ${mute.error.publicMessage}`] : []),
      ...published.warnings,
      ...('error' in active ? [`resources without alarms were not looked for: ${active.error.publicMessage}`] : []),
      ...('value' in active && active.value.isTruncated
        ? [`resources without alarms were looked for among ${MAX_ACTIVE_METRICS} series only.`]
        : []),
    ],
  };
}

interface History {
  readonly changes: readonly StateChange[];
  readonly covered?: TimeRange | undefined;
  readonly warning?: string | undefined;
}

function nothingIn(range: TimeRange): History {
  return { changes: [], covered: range };
}

/** As far back as pages and time reach; what was read before a failure counts. */
async function readHistory(context: ToolContext, target: Target, range: TimeRange): Promise<History> {
  const pace = context.paces.of('cloudwatch:DescribeAlarmHistory', target);
  const pages = context.aws(target).alarms.describeHistory({ type: 'StateUpdate', ...range }, context.signal);
  const changes: StateChange[] = [];
  let oldestEpochMs = range.endEpochMs;
  for (let count = 0; count < MAX_HISTORY_PAGES && context.hasTime(); count += 1) {
    await pace(context.signal);
    const page = await attempt(context.signal, pages.next());
    if ('error' in page) {
      const warning = `the history of alarms could not be read${count === 0 ? '' : ' to its end'}: ${page.error.publicMessage}`;
      return { changes, covered: count === 0 ? undefined : { ...range, startEpochMs: oldestEpochMs }, warning };
    }
    if (page.value.done === true)
      return { changes, covered: page.value.value ? range : { ...range, startEpochMs: oldestEpochMs } };
    for (const item of page.value.value) oldestEpochMs = Math.min(oldestEpochMs, item.epochMs);
    changes.push(...page.value.value.flatMap((item) => readStateChange(item) ?? []));
  }
  await pages.return(false);
  return { changes, covered: { ...range, startEpochMs: oldestEpochMs } };
}

function listActive(context: ToolContext, metrics: MetricsPort) {
  const request = { isRecentlyActive: true, maxMetrics: MAX_ACTIVE_METRICS, hasTime: context.hasTime };
  return metrics.listMetrics(request, context.signal);
}

/** Asks for the metrics of alarms that may be silent, those without data first. */
async function listPublished(context: ToolContext, metrics: MetricsPort, alarms: readonly Alarm[]) {
  const keyOf = ({ namespace, metricName }: { readonly namespace: string; readonly metricName: string }): string =>
    JSON.stringify([namespace, metricName]);
  const silent = alarms.filter((alarm) => maySilent(alarm, context.nowEpochMs));
  const ordered = silent.toSorted(
    (a, b) => Number(b.state === 'INSUFFICIENT_DATA') - Number(a.state === 'INSUFFICIENT_DATA'),
  );
  const asked = new Map(ordered.flatMap(watchedMetrics).map((metric) => [keyOf(metric), metric]));
  const series = new Map<string, PublishedSeries>();
  const warnings = new Set<string>();
  await inParallel([...asked].slice(0, MAX_LISTED_METRICS), CONCURRENCY, async ([key, { namespace, metricName }]) => {
    if (!context.hasTime()) return;
    const request = { namespace, metricName, maxMetrics: MAX_SERIES, hasTime: context.hasTime };
    const listed = await attempt(context.signal, metrics.listMetrics(request, context.signal));
    if ('error' in listed) warnings.add(`which metrics have data is not known: ${listed.error.publicMessage}`);
    else if (!listed.value.isTruncated)
      series.set(key, new PublishedSeries(listed.value.metrics.map(({ dimensions }) => dimensions)));
  });
  if (asked.size > MAX_LISTED_METRICS)
    warnings.add(`whether there is data was looked up for ${MAX_LISTED_METRICS} of ${asked.size} metrics only.`);
  return { of: (metric: WatchedMetric) => series.get(keyOf(metric)), warnings: [...warnings] };
}
