/** Reads pages until there are enough items or the time is over. */

export interface CollectLimits {
  readonly maxItems: number;
  /** Asked after each page; false = stop with what there is. */
  readonly hasTime: () => boolean;
}

export interface Collected<Item> {
  readonly items: readonly Item[];
  /** False when there is more than was read. */
  readonly isComplete: boolean;
}

export async function collectPages<Item>(
  pages: AsyncIterable<readonly Item[]>,
  limits: CollectLimits,
): Promise<Collected<Item>> {
  const iterator = pages[Symbol.asyncIterator]();
  const items: Item[] = [];
  for (let page = await iterator.next(); page.done !== true; page = await iterator.next()) {
    items.push(...page.value);
    if (items.length > limits.maxItems || !limits.hasTime()) {
      await iterator.return?.();
      return { items: items.slice(0, limits.maxItems), isComplete: false };
    }
  }
  return { items, isComplete: true };
}
