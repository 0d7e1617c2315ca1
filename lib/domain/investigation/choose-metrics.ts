/** Which of the metrics of an account are worth a look when something is wrong with some of its resources. Pure. */
import { type Layer, layerOf, type MetricRole, roleOf } from './metric-role.ts';
import { type MetricName, metricKey, resourceOf, sharedParts } from './resource.ts';

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

/** @returns at most `most`, the nearest and most telling first; of one metric with several sets of dimensions the least divided */
export function chooseMetrics(
  metrics: readonly MetricName[],
  surroundings: Surroundings,
  most: number,
): { readonly chosen: readonly ChosenMetric[]; readonly left: number } {
  const known = new Map([...surroundings.own, ...metrics].map((metric) => [metricKey(metric), metric]));
  const described = leastDivided([...known.values()].filter((metric) => isInScope(metric, surroundings)));
  const distanceOf = createDistance(surroundings);
  const own = new Set(surroundings.own.map(metricKey));
  const ranked = [...Map.groupBy(described, resourceOf)].flatMap(([resource, group]) => {
    const distance = Math.min(...group.map((metric) => distanceOf(metric, resource)));
    return group
      .map((metric) => ({
        ...metric,
        resource,
        distance,
        role: roleOf(metric.metricName),
        layer: layerOf(metric),
      }))
      .sort((a, b) => BY_ROLE[a.role] - BY_ROLE[b.role] || (a.metricName < b.metricName ? -1 : 1))
      .map((metric, place) => ({ metric, order: own.has(metricKey(metric)) ? -1 : orderOf(distance, place) }));
  });
  const chosen = ranked
    .sort((a, b) => a.order - b.order)
    .slice(0, most)
    .map(({ metric }) => metric);
  return { chosen, left: ranked.length - chosen.length };
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
  const references = [...new Set([...own, ...near].map(resourceOf))];
  const cache = new Map<string, number>();
  return (metric: MetricName, resource: string): number => {
    if (ownNames?.has(resource) === true) return 0;
    if (nearNames?.has(resource) === true) return 0.5;
    if (metric.dimensions.some(({ value }) => ownValues.has(value))) return 1;
    const known = cache.get(resource);
    if (known !== undefined) return known;
    const shared = Math.max(0, ...references.map((name) => sharedParts(name, resource)));
    const distance = 3 - Math.min(1.5, shared * 0.75) + (watchedNames?.has(resource) === true ? 0 : 0.5);
    cache.set(resource, distance);
    return distance;
  };
}

/** Lambda, API Gateway and others publish the same number again for each version, method or zone. */
function leastDivided(metrics: readonly MetricName[]): readonly MetricName[] {
  const groups = Map.groupBy(metrics, (metric) =>
    [metric.accountId ?? '', metric.namespace, metric.metricName, resourceOf(metric)].join('\u0000'),
  );
  return [...groups.values()].flatMap((group) => {
    const least = Math.min(...group.map(({ dimensions }) => dimensions.length));
    return group.filter(({ dimensions }) => dimensions.length === least);
  });
}

function isInScope(metric: MetricName, { scope = '', dimensions: wanted = [] }: Surroundings): boolean {
  const { namespace, metricName, dimensions } = metric;
  if (!wanted.every(({ name, value }) => dimensions.some((one) => one.name === name && one.value === value)))
    return false;
  const texts = [namespace, metricName, ...dimensions.map(({ value }) => value)];
  return texts.some((text) => text.toLowerCase().includes(scope.toLowerCase()));
}
