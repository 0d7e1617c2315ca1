import { evaluateMetricDataQueries } from './cloudwatch/math/evaluate.ts';
import type { Content } from './data/content.ts';
import { createShopContent } from './data/shop-content.ts';
import type { World } from './world.ts';

/** The made-up online shop, its alarms evaluated by this service's own metric math. */
export function createShop(world: World): Content {
  return createShopContent(world, evaluateMetricDataQueries);
}
