/** Reads pages until there are enough items or the time is over. */
import type { Pages } from '../../../aws/ports/pages.ts';

export interface CollectLimits {
  readonly maxItems: number;
  readonly maxPages?: number;
  /** Asked after each page; false = stop with what there is. */
  readonly hasTime: () => boolean;
}

export interface Collected<Item> {
  readonly items: readonly Item[];
  /** False when there is more than was read, or may be: the list did not come to its end. */
  readonly isComplete: boolean;
}

export async function collectPages<Item>(pages: Pages<Item>, limits: CollectLimits): Promise<Collected<Item>> {
  const items: Item[] = [];
  let page = await pages.next();
  for (let count = 1; page.done !== true; page = await pages.next(), count += 1) {
    for (const item of page.value) items.push(item);
    if (items.length > limits.maxItems || count === limits.maxPages || !limits.hasTime()) {
      await pages.return(false);
      return { items: items.slice(0, limits.maxItems), isComplete: false };
    }
  }
  return { items, isComplete: page.value };
}
