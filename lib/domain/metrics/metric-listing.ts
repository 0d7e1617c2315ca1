/** Makes lists of metrics small: which namespaces, which metrics with which dimension sets, which values. Pure. */

import { sortInSteps } from '../async/sort-in-steps.ts';

interface Dimension {
  readonly name: string;
  readonly value: string;
}

interface ListedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly Dimension[];
}

export interface NamespaceCount {
  readonly namespace: string;
  /** Distinct metric names. */
  readonly metrics: number;
  /** Metrics with their dimension values. */
  readonly series: number;
}

export interface DimensionSet {
  /** Sorted; empty for a metric without dimensions. */
  readonly names: readonly string[];
  readonly series: number;
}

export interface MetricCount {
  readonly namespace: string;
  readonly metricName: string;
  readonly series: number;
  /** The one with most series first. */
  readonly sets: readonly DimensionSet[];
}

export interface ValueCount {
  readonly name: string;
  readonly values: number;
}

const METRICS_PER_STEP = 200;

/** Namespaces by name, without regard to case. Yields after some metrics, as all of these. */
export function* countNamespaces(
  metrics: readonly ListedMetric[],
): Generator<void, readonly NamespaceCount[], undefined> {
  const found = yield* groupBy(metrics, ({ namespace }) => namespace);
  const counts = [...found].map(([namespace, own]) => ({
    namespace,
    metrics: new Set(own.map(({ metricName }) => metricName)).size,
    series: own.length,
  }));
  return yield* sortByKeys(counts, ({ namespace }) => [namespace]);
}

/** Metrics by namespace and name, with the sets of dimensions under which they exist. */
export function* countMetrics(metrics: readonly ListedMetric[]): Generator<void, readonly MetricCount[], undefined> {
  const found = yield* groupBy(metrics, ({ namespace, metricName }) => JSON.stringify([namespace, metricName]));
  const counts: MetricCount[] = [];
  for (const own of found.values()) {
    const [first] = own;
    if (first === undefined) continue;
    const { namespace, metricName } = first;
    counts.push({ namespace, metricName, series: own.length, sets: yield* countSets(own) });
    if (counts.length % METRICS_PER_STEP === 0) yield;
  }
  return yield* sortByKeys(counts, ({ namespace, metricName }) => [namespace, metricName]);
}

/** The sets of dimension names that occur, the one with most series first. */
export function* countSets(metrics: readonly ListedMetric[]): Generator<void, readonly DimensionSet[], undefined> {
  const found = yield* groupBy(metrics, ({ dimensions }) => JSON.stringify(dimensions.map(({ name }) => name).sort()));
  const sets = [...found.values()].map((own) => ({
    names: (own[0]?.dimensions ?? []).map(({ name }) => name).sort(),
    series: own.length,
  }));
  return yield* sortByKeys(
    sets,
    ({ names }) => [names.join('\n')],
    ({ series }) => -series,
  );
}

/** How many different values each dimension has; by name. */
export function* countValues(metrics: readonly ListedMetric[]): Generator<void, readonly ValueCount[], undefined> {
  const values = new Map<string, Set<string>>();
  for (const [index, { dimensions }] of metrics.entries()) {
    for (const { name, value } of dimensions) {
      const own = values.get(name);
      if (own === undefined) values.set(name, new Set([value]));
      else own.add(value);
    }
    if (index % METRICS_PER_STEP === METRICS_PER_STEP - 1) yield;
  }
  const counts = [...values].map(([name, own]) => ({ name, values: own.size }));
  return yield* sortByKeys(counts, ({ name }) => [name]);
}

/** Those with fewest dimensions first, then by namespace, name and values. */
export function* sortSeries<Metric extends ListedMetric>(
  metrics: readonly Metric[],
): Generator<void, readonly Metric[], undefined> {
  return yield* sortByKeys(
    metrics,
    (metric) => [seriesKey(metric)],
    ({ dimensions }) => dimensions.length,
  );
}

function seriesKey({ namespace, metricName, dimensions }: ListedMetric): string {
  return [namespace, metricName, ...dimensions.map(({ name, value }) => `${name}\n${value}`)].join('\n');
}

/** The same order on every machine and in every call, without regard to case first: pages are cut from it. */
function* sortByKeys<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
  rankOf: (item: Item) => number = () => 0,
): Generator<void, readonly Item[], undefined> {
  const keyed: { item: Item; rank: number; keys: readonly string[] }[] = [];
  for (const item of items) {
    keyed.push({ item, rank: rankOf(item), keys: keysOf(item).flatMap((key) => [key.toLowerCase(), key]) });
    if (keyed.length % METRICS_PER_STEP === 0) yield;
  }
  const sorted = yield* sortInSteps(keyed, (a, b) => a.rank - b.rank || compareKeys(a.keys, b.keys));
  return sorted.map(({ item }) => item);
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  const differing = a.findIndex((key, index) => key !== b[index]);
  return differing < 0 ? 0 : (a[differing] ?? '') < (b[differing] ?? '') ? -1 : 1;
}

function* groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Generator<void, Map<string, Item[]>, undefined> {
  const groups = new Map<string, Item[]>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
    if (index % METRICS_PER_STEP === METRICS_PER_STEP - 1) yield;
  }
  return groups;
}
