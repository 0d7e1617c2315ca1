import { ACCOUNTS, HISTORY_MS } from '../../scenario.ts';
import type { World } from '../../world.ts';
import { createLogCatalog } from '../logs/catalog.ts';
import { createMetricFactory } from '../metric-factory.ts';
import { createMetricCatalog, type MetricCatalog } from '../metric-reader.ts';
import { createStory } from '../story.ts';
import { createContainerMetrics } from './containers.ts';
import { createEdgeMetrics } from './edge.ts';
import { createLogMetrics } from './logs.ts';
import { createServerlessMetrics } from './serverless.ts';
import { createSmallPlaceMetrics } from './small-places.ts';
import { createStatefulMetrics } from './stateful.ts';
import { createWorkerMetrics } from './workers.ts';

export const EMPTY_CATALOG: MetricCatalog = createMetricCatalog([], 0);

/** Functions of the places besides account prod in us-east-1. */
export const SMALL_PLACES: Readonly<Record<string, { functions: readonly string[]; isFailing: boolean }>> = {
  'prod/eu-west-1': { functions: ['shop-eu-checkout', 'shop-eu-cart'], isFailing: false },
  'dev/us-east-1': { functions: ['dev-checkout', 'dev-cart'], isFailing: true },
  'data/eu-west-1': { functions: ['etl-orders', 'etl-customers', 'etl-clicks'], isFailing: false },
  'data/us-east-1': { functions: ['etl-replica'], isFailing: false },
};

/** All metrics of one account and region. */
export function buildMetricCatalog(world: World, alias: keyof typeof ACCOUNTS, region: string): MetricCatalog {
  const place = `${alias}/${region}`;
  const make = createMetricFactory(world, place);
  const story = createStory(world);
  const groups = createLogCatalog(world.seed, world.anchorEpochMs);
  const here = groups.filter((group) => group.account === ACCOUNTS[alias].id && group.region === region);
  const oldestEpochMs = world.anchorEpochMs - HISTORY_MS;
  if (place === 'prod/us-east-1') {
    const models = [
      ...createServerlessMetrics(make, story),
      ...createContainerMetrics(make, story),
      ...createStatefulMetrics(make, story),
      ...createEdgeMetrics(make, story),
      ...createWorkerMetrics(make),
      ...createLogMetrics(here),
    ];
    return createMetricCatalog(models, oldestEpochMs);
  }
  const small = SMALL_PLACES[place];
  if (small === undefined) return EMPTY_CATALOG;
  const models = createSmallPlaceMetrics(make, story, small.functions, small.isFailing);
  return createMetricCatalog([...models, ...createLogMetrics(here)], oldestEpochMs);
}
