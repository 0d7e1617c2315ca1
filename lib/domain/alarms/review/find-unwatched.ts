/** Resources at work without the alarm that AWS advises for them. Pure. */
import { listMetricsOf } from '../../metrics/catalogue/metric-catalogue.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { listSome } from '../../text/counts.ts';
import type { Alarm } from '../alarm.ts';
import type { Finding } from './finding.ts';
import { watchedMetrics } from './judge-silence.ts';
import { namesOf } from './published-series.ts';

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

/**
 * Yields after each alarm and each series.
 * @param active series with data in the last three hours: what has no traffic has none
 */
export function* findUnwatched(
  active: readonly Series[],
  alarms: readonly Alarm[],
): Generator<void, readonly Finding[], undefined> {
  const watched = new Set<string>();
  const lookups = new Set<string>();
  for (const alarm of alarms) {
    for (const metric of watchedMetrics(alarm)) watched.add(keyOf(metric));
    for (const expression of lookupsOf(alarm)) lookups.add(expression);
    yield;
  }
  const isLookedUp = createLookup(lookups);
  const advised = new Map<string, [Series, ...Series[]]>();
  const watchedToo = new Map<string, number>();
  const setsOf = new Map<string, ReadonlySet<string>>();
  for (const series of active) {
    yield;
    const name = `${series.namespace} ${series.metricName}`;
    const sets = setsOf.get(name) ?? findAdvisedSets(series);
    setsOf.set(name, sets);
    if (!sets.has(namesOf(series.dimensions))) continue;
    const before = advised.get(name);
    if (watched.has(keyOf(series)) || isLookedUp(name, series)) watchedToo.set(name, (watchedToo.get(name) ?? 0) + 1);
    else if (before === undefined) advised.set(name, [series]);
    else before.push(series);
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
      `${first.namespace} ${first.metricName} of ${missing.length} of ${total} by ${namesOf(first.dimensions)}: ${shown}`,
    ),
  };
}

/** The sets of dimensions for which AWS advises an alarm on the metric. */
function findAdvisedSets({ namespace, metricName }: Series): ReadonlySet<string> {
  if (rankOf(metricName) < 0) return new Set();
  const known = listMetricsOf(namespace).find((metric) => metric.metricName === metricName);
  return new Set(
    (known?.alarms ?? [])
      .map(({ dimensions }) => dimensions)
      .filter(({ length }) => length > 0)
      .map(namesOf),
  );
}

/** A SEARCH or a SELECT finds its metrics by itself. */
function lookupsOf({ watch }: Alarm): readonly string[] {
  if (watch.type !== 'math' && watch.type !== 'anomaly') return [];
  return watch.queries.flatMap(({ expression = '' }) =>
    /\b(?:SEARCH|SELECT)\b/i.test(expression) ? [expression] : [],
  );
}

/** Whether one of the expressions names namespace and metric, looked up once for each. */
function createLookup(expressions: ReadonlySet<string>): (name: string, series: Series) => boolean {
  const known = new Map<string, boolean>();
  const find = ({ namespace, metricName }: Series): boolean =>
    [...expressions].some((text) => text.includes(namespace) && text.includes(metricName));
  return (name, series) => {
    const is = known.get(name) ?? find(series);
    known.set(name, is);
    return is;
  };
}

function keyOf({ namespace, metricName, dimensions }: Series): string {
  return JSON.stringify([namespace, metricName, dimensions.map(({ name, value }) => `${name}=${value}`).sort()]);
}
