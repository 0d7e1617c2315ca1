/** Which of the metrics of an account are worth a look when something is wrong with some of its resources. Pure. */
import { type Layer, layerOf, type MetricRole, roleOf } from './metric-role.ts';
import { type MetricName, metricKey, partsOf, resourceOf, sharedParts } from './resource.ts';

export interface Surroundings {
  /** Metrics of the alarm itself. */
  readonly own: readonly MetricName[];
  /** Metrics of other alarms that changed at about the same time. */
  readonly near: readonly MetricName[];
  /** Metrics of all other alarms: what somebody thought worth watching. */
  readonly watched?: readonly MetricName[];
  /** Only metrics of which a name or value has this part. */
  readonly scope?: string | undefined;
  /** Only metrics that have all of these. */
  readonly dimensions?: MetricName['dimensions'] | undefined;
}

export interface ChosenMetric extends MetricName {
  readonly resource: string;
  readonly role: MetricRole;
  readonly layer: Layer;
  /** 0 = the alarm's own resource … 4 = nothing in common. */
  readonly distance: number;
}

/** Of each resource the more telling first. */
const BY_ROLE: Readonly<Record<MetricRole, number>> = {
  fault: 0,
  load: 1,
  latency: 2,
  capacity: 3,
  backlog: 4,
  other: 5,
};
/** Of a resource with nothing in common with the alarm's so many metrics are asked for at first. */
const FIRST_OF_FAR = 6;
const FAR = 4;
const METRICS_PER_STEP = 50;

/**
 * Yields after some metrics: thousands with thirty dimensions each.
 * @param metrics those that come twice count once
 * @returns at most `most`, the nearest and most telling first; of one metric with several sets of dimensions the least divided
 */
export function* chooseMetrics(
  metrics: readonly MetricName[],
  surroundings: Surroundings,
  most: number,
): Generator<void, { readonly chosen: readonly ChosenMetric[]; readonly left: number }, undefined> {
  const known = new Map<string, MetricName>();
  for (const [index, metric] of [...surroundings.own, ...metrics].entries()) {
    known.set(metricKey(metric), metric);
    if (index % METRICS_PER_STEP === 0) yield;
  }
  const isInScope = createScope(surroundings);
  const described: { readonly metric: MetricName; readonly key: string }[] = [];
  for (const [index, [key, metric]] of [...known].entries()) {
    if (isInScope(metric)) described.push({ metric, key });
    if (index % METRICS_PER_STEP === 0) yield;
  }
  const distanceOf = createDistance(surroundings);
  const own = new Set(surroundings.own.map(metricKey));
  yield;
  const ranked: { readonly metric: ChosenMetric; readonly order: number }[] = [];
  for (const [resource, group] of Map.groupBy(leastDivided(described), ({ metric }) => resourceOf(metric))) {
    const distance = group.reduce((least, { metric }) => Math.min(least, distanceOf(metric, resource)), FAR);
    const placed = group
      .map(({ metric, key }) => ({ key, metric: describe(metric, resource, distance) }))
      .sort((a, b) => BY_ROLE[a.metric.role] - BY_ROLE[b.metric.role] || compare(a.metric, b.metric));
    for (const [place, { metric, key }] of placed.entries())
      ranked.push({ metric, order: own.has(key) ? -1 : orderOf(distance, place) });
    yield;
  }
  const chosen = ranked
    .sort((a, b) => a.order - b.order)
    .slice(0, most)
    .map(({ metric }) => metric);
  return { chosen, left: ranked.length - chosen.length };
}

function describe(metric: MetricName, resource: string, distance: number): ChosenMetric {
  return { ...metric, resource, distance, role: roleOf(metric.metricName), layer: layerOf(metric) };
}

function compare(a: MetricName, b: MetricName): number {
  return a.metricName < b.metricName ? -1 : 1;
}

/** Nearer resources first, but the first metrics of farther ones before the last of near ones. */
function orderOf(distance: number, place: number): number {
  return distance + place / FIRST_OF_FAR;
}

function createDistance({ own, near, watched = [] }: Surroundings) {
  const valuesOf = (list: readonly MetricName[]) =>
    new Set(list.flatMap(({ dimensions }) => dimensions.map(({ value }) => value)));
  const [ownNames, nearNames, watchedNames] = [own, near, watched].map((list) => new Set(list.map(resourceOf)));
  const ownValues = valuesOf(own);
  const references = [...new Set([...own, ...near].map(resourceOf))].map(partsOf);
  const cache = new Map<string, number>();
  return (metric: MetricName, resource: string): number => {
    if (ownNames?.has(resource) === true) return 0;
    if (nearNames?.has(resource) === true) return 0.5;
    if (metric.dimensions.some(({ value }) => ownValues.has(value))) return 1;
    const known = cache.get(resource);
    if (known !== undefined) return known;
    const parts = partsOf(resource);
    const shared = references.reduce((most, name) => Math.max(most, sharedParts(name, parts)), 0);
    const distance = 3 - Math.min(1.5, shared * 0.75) + (watchedNames?.has(resource) === true ? 0 : 0.5);
    cache.set(resource, distance);
    return distance;
  };
}

/** Lambda, API Gateway and others publish the same number again for each version, method or zone. */
function leastDivided<One extends { readonly metric: MetricName }>(described: readonly One[]): readonly One[] {
  const groups = Map.groupBy(described, ({ metric }) =>
    [metric.accountId ?? '', metric.namespace, metric.metricName, resourceOf(metric)].join('\u0000'),
  );
  return [...groups.values()].flatMap((group) => {
    const least = group.reduce((few, { metric }) => Math.min(few, metric.dimensions.length), Number.POSITIVE_INFINITY);
    return group.filter(({ metric }) => metric.dimensions.length === least);
  });
}

function createScope({ scope = '', dimensions: wanted = [] }: Surroundings): (metric: MetricName) => boolean {
  const sought = scope.toLowerCase();
  return ({ namespace, metricName, dimensions }) => {
    if (!wanted.every(({ name, value }) => dimensions.some((one) => one.name === name && one.value === value)))
      return false;
    if (sought === '') return true;
    return [namespace, metricName, ...dimensions.map(({ value }) => value)].some((text) =>
      text.toLowerCase().includes(sought),
    );
  };
}
