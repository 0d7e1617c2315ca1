import { evaluateMetricDataQueries } from './cloudwatch/math/evaluate.ts';
import type { Content } from './data/content.ts';
import { createShopContent } from './data/shop-content.ts';
import type { World } from './world.ts';

/** Each of some 15 MB. Of the same world there is one shop: several services of one process tell the same, and what was worked out once stays known. */
const MAX_KNOWN = 8;
const known = new Map<string, Content>();

/** The made-up online shop, its alarms evaluated by this service's own metric math. */
export function createShop(world: World): Content {
  const key = `${world.seed}/${world.anchorEpochMs}`;
  const shop = known.get(key) ?? createShopContent(world, evaluateMetricDataQueries);
  known.delete(key);
  known.set(key, shop);
  for (const oldest of [...known.keys()].slice(0, -MAX_KNOWN)) known.delete(oldest);
  return shop;
}
