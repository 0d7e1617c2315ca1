/** Makes lists of metrics small: which namespaces, which metrics with which dimension sets, which values. Pure. */

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

/** Namespaces by name, without regard to case. */
export function countNamespaces(metrics: readonly ListedMetric[]): NamespaceCount[] {
  const found = groupBy(metrics, ({ namespace }) => namespace);
  return [...found]
    .map(([namespace, own]) => ({
      namespace,
      metrics: new Set(own.map(({ metricName }) => metricName)).size,
      series: own.length,
    }))
    .sort((a, b) => compareNames(a.namespace, b.namespace));
}

/** Metrics by namespace and name, with the sets of dimensions under which they exist. */
export function countMetrics(metrics: readonly ListedMetric[]): MetricCount[] {
  const found = groupBy(metrics, ({ namespace, metricName }) => JSON.stringify([namespace, metricName]));
  return [...found.values()]
    .flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const { namespace, metricName } = first;
      return [{ namespace, metricName, series: own.length, sets: countSets(own) }];
    })
    .sort((a, b) => compareNames(a.namespace, b.namespace) || compareNames(a.metricName, b.metricName));
}

/** The sets of dimension names that occur, the one with most series first. */
export function countSets(metrics: readonly ListedMetric[]): DimensionSet[] {
  const found = groupBy(metrics, ({ dimensions }) => JSON.stringify(dimensions.map(({ name }) => name).sort()));
  return [...found.values()]
    .map((own) => ({ names: (own[0]?.dimensions ?? []).map(({ name }) => name).sort(), series: own.length }))
    .sort((a, b) => b.series - a.series || compareNames(a.names.join('\n'), b.names.join('\n')));
}

/** How many different values each dimension has; by name. */
export function countValues(metrics: readonly ListedMetric[]): ValueCount[] {
  const values = new Map<string, Set<string>>();
  for (const { name, value } of metrics.flatMap(({ dimensions }) => dimensions)) {
    const own = values.get(name) ?? new Set<string>();
    values.set(name, own.add(value));
  }
  return [...values].map(([name, own]) => ({ name, values: own.size })).sort((a, b) => compareNames(a.name, b.name));
}

/** Those with fewest dimensions first, then by namespace, name and values. */
export function sortSeries<Metric extends ListedMetric>(metrics: readonly Metric[]): Metric[] {
  return metrics
    .map((metric) => ({ metric, key: seriesKey(metric) }))
    .sort((a, b) => a.metric.dimensions.length - b.metric.dimensions.length || compareNames(a.key, b.key))
    .map(({ metric }) => metric);
}

function seriesKey({ namespace, metricName, dimensions }: ListedMetric): string {
  return [namespace, metricName, ...dimensions.map(({ name, value }) => `${name}\n${value}`)].join('\n');
}

/** The same order on every machine and in every call: pages are cut from it. */
function compareNames(a: string, b: string): number {
  const [lowA, lowB] = [a.toLowerCase(), b.toLowerCase()];
  if (lowA !== lowB) return lowA < lowB ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
