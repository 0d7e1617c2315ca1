/** Resources at work without the alarm that AWS advises for them. Pure. */
import { listMetricsOf } from '../../metrics/catalogue/metric-catalogue.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { listSome } from '../../text/counts.ts';
import type { Alarm } from '../alarm.ts';
import type { Finding } from './finding.ts';
import { watchedMetrics } from './judge-silence.ts';

interface Series {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
}

/** What fails, what ends in an outage, what is slow: the order in which they are told. Of other advice there is too much for a list. */
const MATTERS = [
  /error|fault|5xx|fail|reject|deadletter|unhealthy|ageofoldest|freestorage/i,
  /throttl|connections|freeablememory|iteratorage|lag/i,
  /latency|duration|cpuutilization/i,
];
const MAX_SHOWN = 5;

/** @param active series with data in the last three hours: what has no traffic has none */
export function findUnwatched(active: readonly Series[], alarms: readonly Alarm[]): Finding[] {
  const watched = new Set(alarms.flatMap((alarm) => watchedMetrics(alarm).map(keyOf)));
  const expressions = alarms.flatMap(({ watch }) =>
    watch.type === 'math' || watch.type === 'anomaly'
      ? watch.queries.flatMap(({ expression }) => expression ?? [])
      : [],
  );
  const advised = new Map<string, readonly [Series, ...Series[]]>();
  const watchedToo = new Map<string, number>();
  const setsOf = new Map<string, ReadonlySet<string>>();
  for (const series of active) {
    const name = `${series.namespace} ${series.metricName}`;
    const sets = setsOf.get(name) ?? findAdvisedSets(series);
    setsOf.set(name, sets);
    if (!sets.has(namesOf(series))) continue;
    const before = advised.get(name);
    if (watched.has(keyOf(series)) || expressions.some((text) => looksUp(text, series)))
      watchedToo.set(name, (watchedToo.get(name) ?? 0) + 1);
    else advised.set(name, before === undefined ? [series] : [...before, series]);
  }
  return [...advised]
    .map(([name, missing]) => toFinding(missing, watchedToo.get(name) ?? 0))
    .sort((a, b) => rankOf(a.metric?.metricName) - rankOf(b.metric?.metricName) || b.names.length - a.names.length);
}

function rankOf(metricName = ''): number {
  return MATTERS.findIndex((pattern) => pattern.test(metricName));
}

function toFinding(missing: readonly [Series, ...Series[]], watchedToo: number): Finding {
  const [first] = missing;
  const names = missing.map(({ dimensions }) => cleanLine(dimensions.map(({ value }) => value).join('/')));
  const total = missing.length + watchedToo;
  const shown = listSome(names, MAX_SHOWN);
  return {
    kind: 'unwatched',
    names,
    metric: first,
    why: cleanLine(
      `${first.namespace} ${first.metricName} of ${missing.length} of ${total} by ${namesOf(first)}: ${shown}`,
    ),
  };
}

/** The sets of dimensions for which AWS advises an alarm on the metric. */
function findAdvisedSets({ namespace, metricName }: Series): ReadonlySet<string> {
  if (rankOf(metricName) < 0) return new Set();
  const known = listMetricsOf(namespace).find((metric) => metric.metricName === metricName);
  return new Set((known?.alarms ?? []).filter(({ dimensions }) => dimensions.length > 0).map(namesOf));
}

/** A SEARCH or a SELECT finds its metrics by itself. */
function looksUp(expression: string, { namespace, metricName }: Series): boolean {
  return /\b(?:SEARCH|SELECT)\b/i.test(expression) && expression.includes(namespace) && expression.includes(metricName);
}

function namesOf({ dimensions }: { readonly dimensions: readonly { readonly name: string }[] }): string {
  return dimensions
    .map(({ name }) => name)
    .sort()
    .join(' + ');
}

function keyOf({ namespace, metricName, dimensions }: Series): string {
  return JSON.stringify([namespace, metricName, dimensions.map(({ name, value }) => `${name}=${value}`).sort()]);
}
